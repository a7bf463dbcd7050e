import type { LegalChecklist, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { type InviteReviewer, isOver, mailReviewer, newInvitation, reviewDoor } from '../../reviewers/invited-reviewer.ts'
import { keepAnswers } from './check-legal-request.ts'
import { reviewerActor } from './legal.rules.ts'
import type { StoredLegalRequest, StoredLegalReviewer } from './legal.tables.ts'
import { reviewTranslator } from './legal-review.words.ts'
import { changeLegalRequest, lockLegalRequest, requireState } from './legal-steps.ts'

/** The page on which an invited reviewer sees one request and answers. */
export const legalReviewLinks = reviewDoor({ purpose: 'legal-review', folder: 'legal-review', over: deadReview })

/**
 * Invites somebody from outside, such as counsel, to be the second one who answers the four questions: by mail, for this request alone, for fourteen days. The mail is
 * confidential, because its link is the invitation.
 */
export async function inviteLegalReviewer(
  tx: WorkspaceTx,
  by: Principal,
  wish: InviteReviewer & { readonly legalRequestId: string },
): Promise<StoredLegalRequest> {
  const row = await lockLegalRequest(tx, by, wish.legalRequestId)
  requireState(row, 'received', 'checking')
  if (row.tables.length === 0)
    throw new Refusal('http/conflict', { detail: 'Say first whose data it is about, and which kinds. Nobody was invited.' })
  if (await worksHere(tx, wish.email))
    throw new Refusal('http/conflict', { detail: 'Whoever works here answers signed in, or not at all. Nobody was invited.' })
  const invited = await tx.db
    .insertInto('legal_reviewer')
    .values({ ...(await newInvitation(tx, by, wish)), legal_request_id: row.id })
    .returningAll()
    .executeTakeFirstOrThrow()
  await mailReviewer(tx, invited, {
    path: legalReviewLinks.path(tx, invited),
    letter: (locale, vars) => {
      const t = reviewTranslator(locale)
      return { subject: t('mailSubject', vars), text: t('mail', vars) }
    },
  })
  return changeLegalRequest(tx, by, row, 'reviewer_invited', {}, invited.name)
}

/** Whether an address is that of somebody who works here: an invitation is no second pair of eyes for the first. */
async function worksHere(tx: WorkspaceTx, email: string): Promise<boolean> {
  const member = await tx.db
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .where(({ eb, fn }) => eb(fn<string>('lower', ['email']), '=', email.toLowerCase()))
    .executeTakeFirst()
  return member !== undefined
}

/** Takes an invitation back; its link ends at once. Throws `http/conflict` where it was used, or is not there. */
export async function revokeLegalReviewer(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly legalRequestId: string; readonly reviewerId: string },
): Promise<StoredLegalRequest> {
  const row = await lockLegalRequest(tx, by, wish.legalRequestId)
  const revoked = await tx.db
    .updateTable('legal_reviewer')
    .set({ revoked_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.reviewerId)
    .where('legal_request_id', '=', row.id)
    .where('decided_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning('name')
    .executeTakeFirst()
  if (!revoked) throw new Refusal('http/conflict', { detail: 'This invitation was used or taken back already. Nothing was changed.' })
  return changeLegalRequest(tx, by, row, 'reviewer_revoked', {}, revoked.name)
}

/** Who was invited to a request, first ones first. */
export const legalReviewersOf = (tx: WorkspaceTx, legalRequestId: string): Promise<StoredLegalReviewer[]> =>
  tx.db
    .selectFrom('legal_reviewer')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('legal_request_id', '=', legalRequestId)
    .orderBy('id')
    .execute()

/** The request behind a reviewer's link, held until the transaction ends. Throws `privacy/link-invalid` once it was used or taken back, its time is over, or the request went on. */
export async function requestOfReviewer(
  tx: WorkspaceTx,
  reviewerId: string,
): Promise<{ readonly row: StoredLegalRequest; readonly reviewer: StoredLegalReviewer }> {
  const reviewer = await tx.db
    .selectFrom('legal_reviewer')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', reviewerId)
    .executeTakeFirst()
  if (!reviewer || isOver(tx, reviewer)) throw deadReview()
  const row = await tx.db
    .selectFrom('legal_request')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', reviewer.legal_request_id)
    .forUpdate()
    .executeTakeFirst()
  if (row?.state !== 'received' && row?.state !== 'checking') throw deadReview()
  return { row, reviewer }
}

/** The invited reviewer answers the four questions, once. Her yes counts beside that of somebody who works here. */
export async function checkAsReviewer(
  tx: WorkspaceTx,
  wish: { readonly reviewerId: string; readonly answers: z.output<typeof LegalChecklist>; readonly note: string },
): Promise<StoredLegalRequest> {
  const by: Principal = { kind: 'visitor', workspaceId: tx.workspaceId }
  const { row, reviewer } = await requestOfReviewer(tx, wish.reviewerId)
  await tx.db
    .updateTable('legal_reviewer')
    .set({ decided_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', reviewer.id)
    .execute()
  const told = await changeLegalRequest(tx, by, row, 'checked_from_outside', {}, reviewer.name)
  return keepAnswers(tx, by, told, { ...wish, actor: reviewerActor(reviewer.id), self: false })
}

function deadReview(): Refusal {
  return new Refusal('privacy/link-invalid', {
    detail: 'This invitation was used or taken back, or its time is over. Ask who invited you.',
  })
}
