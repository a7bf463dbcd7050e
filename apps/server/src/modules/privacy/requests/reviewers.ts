import type { Principal } from '@frontdesk/contract'
import { chooseLocale, formats } from '@frontdesk/i18n'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { mailMember } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { settleAppeal } from './appeal-request.ts'
import { lockCase, lockRequest } from './find-request.ts'
import type { StoredRequest, StoredReviewer } from './request.tables.ts'
import { requestTranslator } from './request.words.ts'
import { deadLink, reviewPath } from './request-link.ts'
import { requestSurroundings } from './surroundings.ts'
import { keepStepOnce, notNow } from './take-step.ts'

/** How long an invited reviewer sees the case. */
export const reviewLives = { hours: 24 * 14 } as const

/**
 * Invites somebody from outside to look at an appeal: by mail, for this case alone, for fourteen days. For a business with nobody else who may decide. The mail is
 * confidential, because its link is the invitation.
 */
export async function inviteReviewer(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly name: string; readonly email: string; readonly locale?: string | undefined },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  if (row.state !== 'appealed') throw notNow(row)
  const business = await workspaceFacts(tx)
  const invited = await tx.db
    .insertInto('request_reviewer')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      request_id: row.id,
      name: wish.name,
      email: wish.email,
      locale: wish.locale ?? business.locale,
      invited_by: actorText(by),
      invited_at: tx.now,
      expires_at: tx.now.add(reviewLives),
      decided_at: null,
      revoked_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(tx, by, { action: 'request.reviewer_invited', object: { type: 'request', id: row.id }, result: 'done' })
  await mailInvitation(tx, row, invited)
  return row
}

async function mailInvitation(tx: WorkspaceTx, row: StoredRequest, invited: StoredReviewer): Promise<void> {
  if (invited.email === null) return
  const business = await workspaceFacts(tx)
  const locale = chooseLocale([invited.locale, business.locale])
  const t = requestTranslator(locale)
  const until = formats(locale, row.zone).weekdayDate(invited.expires_at.toString())
  const vars = { business: business.name, name: invited.name ?? '', until }
  await mailMember(tx, {
    memberId: null,
    ...(row.contact_id === null ? {} : { aboutContactId: row.contact_id }),
    to: { name: invited.name ?? undefined, address: invited.email },
    fromName: business.name,
    confidential: true,
    subject: t('review/mailSubject', vars),
    text: `${t('review/mail', vars)}\n\n${requestSurroundings.get().publicUrl()}${reviewPath(tx, invited)}\n`,
    automatic: false,
  })
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
  const over = reviewer && Temporal.Instant.compare(tx.now, reviewer.expires_at) >= 0
  if (!reviewer || over || reviewer.revoked_at !== null || reviewer.decided_at !== null) throw deadLink()
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
