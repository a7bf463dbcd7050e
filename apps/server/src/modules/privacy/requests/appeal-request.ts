import type { ObjectedUse, Principal } from '@frontdesk/contract'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { maskFromOutside, noteMasked } from '../sensitive/mask-from-outside.ts'
import { lockCase, lockRequest } from './find-request.ts'
import { mailRequester } from './mail-requester.ts'
import { deciders, privacyOffice, tellOfficer } from './office.ts'
import { selfReviewPause } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { deadLink } from './request-link.ts'
import { endsOf, upholdObjection } from './settle-objection.ts'
import { changeRequest, keepStep, moveTo, notNow } from './take-step.ts'

/** Records that she is not satisfied: the case is looked at again, with a clock of its own. */
export async function appealRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly reason: string },
): Promise<StoredRequest> {
  return appeal(tx, by, await lockRequest(tx, by, wish.requestId), wish.reason)
}

/** The same from the page behind her own link. She may also take an answered complaint further. */
export async function appealByLink(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly reason: string },
): Promise<StoredRequest> {
  const row = await lockCase(tx, wish.requestId)
  if (!row) throw deadLink()
  const { fields, found } = maskFromOutside({ reason: wish.reason })
  await noteMasked(tx, by, { contactId: null, source: 'request', found })
  if (row.kind !== 'complaint') return row.state === 'appealed' ? row : appeal(tx, by, row, fields.reason)
  if (row.state === 'escalated') return row
  const escalated = await moveTo(tx, by, row, 'escalated', { appeal_reason: fields.reason })
  await tellOfficer(tx, escalated, 'overdue')
  return escalated
}

async function appeal(tx: WorkspaceTx, by: Principal, row: StoredRequest, reason: string): Promise<StoredRequest> {
  const { appealDays } = await privacyOffice(tx)
  const appealed = await moveTo(tx, by, row, 'appealed', { appealed_at: tx.now, appeal_reason: reason, appeal_days: appealDays })
  await tellOfficer(tx, appealed, 'received')
  return appealed
}

/** A member takes a complaint further to the owner of the business. */
export async function escalateComplaint(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly reason: string },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  const escalated = await moveTo(tx, by, row, 'escalated', { appeal_reason: wish.reason })
  await tellOfficer(tx, escalated, 'overdue')
  return escalated
}

/**
 * Begins to look at one's own decision again. Only where nobody else could: a second owner or privacy officer is the better way. The decision may be taken a day later.
 */
export async function startSelfReview(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly grounds: string },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  if (row.state !== 'appealed') throw notNow(row)
  if ((await deciders(tx)).some(({ id }) => `member:${id}` !== row.answered_by)) throw somebodyElse()
  await keepStep(tx, by, row.id, 'self_review')
  await audit(tx, by, { action: 'request.self_review', object: { type: 'request', id: row.id }, result: 'done' })
  return changeRequest(tx, row, { self_review_at: tx.now, self_review_grounds: wish.grounds })
}

/** Decides an appeal. Whoever answered cannot, but for a self-review with written grounds and a day's pause, which stays marked as such. */
export async function decideAppeal(
  tx: WorkspaceTx,
  by: Principal,
  wish: {
    readonly requestId: string
    readonly outcome: 'upheld' | 'changed'
    readonly text: string
    readonly ends?: readonly ObjectedUse[] | undefined
  },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  if (row.state !== 'appealed') throw notNow(row)
  const own = actorText(by) === row.answered_by
  if (own && row.self_review_at === null) throw somebodyElse()
  if (own && row.self_review_at !== null) {
    const from = row.self_review_at.add(selfReviewPause)
    if (Temporal.Instant.compare(tx.now, from) < 0)
      throw new Refusal('http/conflict', {
        detail: 'A day has to pass between your grounds and your decision. Nothing was changed.',
        from: from.toString(),
      })
  }
  return settleAppeal(tx, by, row, { ...wish, own })
}

type AppealDecision = {
  readonly outcome: 'upheld' | 'changed'
  readonly text: string
  readonly own: boolean
  readonly ends?: readonly ObjectedUse[] | undefined
}

/** Ends an appeal with what was decided. A refused objection that is decided for her after all ends the uses, as an answer does. */
export async function settleAppeal(
  tx: WorkspaceTx,
  by: Principal,
  row: StoredRequest,
  { outcome, text, own, ends: chosen }: AppealDecision,
): Promise<StoredRequest> {
  const ends = outcome === 'changed' && row.refusal_ground !== null ? endsOf(row, chosen) : undefined
  const closed = await moveTo(tx, by, row, 'closed', { appeal_outcome: outcome, outcome: text, self_reviewed: own, closed_at: tx.now })
  const letter = await mailRequester(tx, closed, { news: 'appeal_decided', text, ends })
  if (ends) await upholdObjection(tx, by, closed, { ends, letter })
  return closed
}

const somebodyElse = () =>
  new Refusal('http/conflict', {
    detail:
      'Somebody else has to look at it again: another owner or a privacy officer. Where there is nobody else, write down your grounds and decide a day later. Nothing was changed.',
  })
