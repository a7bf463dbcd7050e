import type { Principal } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type InviteReviewer, isOver, mailReviewer, newInvitation, reviewDoor } from '../reviewers/invited-reviewer.ts'
import { settleAppeal } from './appeal-request.ts'
import { lockCase, lockRequest } from './find-request.ts'
import type { StoredRequest, StoredReviewer } from './request.tables.ts'
import { requestTranslator } from './request.words.ts'
import { deadLink } from './request-link.ts'
import { keepStepOnce, notNow } from './take-step.ts'

/** The page on which an invited reviewer sees one case and decides. */
export const reviewLinks = reviewDoor({ purpose: 'request-review', folder: 'rights/review', over: deadLink })

/**
 * Invites somebody from outside to look at an appeal: by mail, for this case alone, for fourteen days. For a business with nobody else who may decide. The mail is
 * confidential, because its link is the invitation.
 */
export async function inviteReviewer(
  tx: WorkspaceTx,
  by: Principal,
  wish: InviteReviewer & { readonly requestId: string },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  if (row.state !== 'appealed') throw notNow(row)
  const invited = await tx.db
    .insertInto('request_reviewer')
    .values({ ...(await newInvitation(tx, by, wish)), request_id: row.id })
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(tx, by, { action: 'request.reviewer_invited', object: { type: 'request', id: row.id }, result: 'done' })
  await mailReviewer(tx, invited, {
    path: reviewLinks.path(tx, invited),
    aboutContactId: row.contact_id ?? undefined,
    letter: (locale, vars) => {
      const t = requestTranslator(locale)
      return { subject: t('review/mailSubject', vars), text: t('review/mail', vars) }
    },
  })
  return row
}

/** Takes an invitation back; the link ends at once. Throws 404. */
export async function revokeReviewer(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly reviewerId: string },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  const revoked = await tx.db
    .updateTable('request_reviewer')
    .set({ revoked_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.reviewerId)
    .where('request_id', '=', row.id)
    .where('decided_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!revoked) throw notNow(row)
  await audit(tx, by, { action: 'request.reviewer_revoked', object: { type: 'request', id: row.id }, result: 'done' })
  return row
}

/** The case behind a reviewer's link. Throws `privacy/link-invalid` once it was taken back, decided, or its time is over. */
export async function caseOfReviewer(tx: WorkspaceTx, reviewerId: string): Promise<{ row: StoredRequest; reviewer: StoredReviewer }> {
  const reviewer = await tx.db
    .selectFrom('request_reviewer')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', reviewerId)
    .executeTakeFirst()
  if (!reviewer || isOver(tx, reviewer)) throw deadLink()
  const row = await lockCase(tx, reviewer.request_id)
  if (row?.state !== 'appealed') throw deadLink()
  return { row, reviewer }
}

/** The invited reviewer decides. The case keeps who it was by the invitation; whoever answered may not have invited herself. */
export async function decideAsReviewer(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly reviewerId: string; readonly outcome: 'upheld' | 'changed'; readonly text: string },
): Promise<StoredRequest> {
  const { row, reviewer } = await caseOfReviewer(tx, wish.reviewerId)
  if (wish.text === '') throw new Refusal('http/invalid-request', { detail: 'Write the reasons of the decision. Nothing was saved.' })
  await tx.db
    .updateTable('request_reviewer')
    .set({ decided_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', reviewer.id)
    .execute()
  await keepStepOnce(tx, by, row.id, 'reviewed_from_outside')
  return settleAppeal(tx, by, row, { outcome: wish.outcome, text: wish.text, own: false })
}
