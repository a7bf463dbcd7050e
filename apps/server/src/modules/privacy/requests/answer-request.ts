import type { ObjectedUse, Principal, RefusalGround } from '@frontdesk/contract'
import { actorText } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { hasOpenNotices } from '../registers/disclosures/open-notices.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import { lockRequest } from './find-request.ts'
import { mailRequester } from './mail-requester.ts'
import { refusalGrounds } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { workOfCase } from './request-work.ts'
import { endsOf, resumeAfterLetter, upholdObjection } from './settle-objection.ts'
import { moveTo, notNow } from './take-step.ts'

/** Answers a request or complaint. Answering an objection to a use upholds it: what it ends stays off. */
export async function answerRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly text: string; readonly ends?: readonly ObjectedUse[] | undefined },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  const ends = endsOf(row, wish.ends)
  if (row.kind === 'human_review' && !(await workOfCase(tx, row.id)).some(({ kind }) => kind === 'review'))
    throw new Refusal('http/conflict', { detail: 'Record first that a person looked at it again, and why. Nothing was changed.' })
  const answered = await moveTo(tx, by, row, 'answered', { answer: wish.text, answered_by: actorText(by) })
  const letter = await mailRequester(tx, answered, { news: 'answered', text: wish.text, ends })
  if (ends) await upholdObjection(tx, by, answered, { ends, letter })
  return answered
}

/** Refuses a request with a ground. Whoever has not proven who she is can only be refused for that. */
export async function refuseRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly ground: RefusalGround; readonly text: string },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  const settings = await readPrivacySettings(tx)
  const grounds = refusalGrounds(row, settings['rights.extend_to_all'] === true)
  if (!grounds.includes(wish.ground)) throw groundRefused(row, wish.ground)
  const refused = await moveTo(tx, by, row, 'refused', { answer: wish.text, refusal_ground: wish.ground, answered_by: actorText(by) })
  // Nothing is told about anybody's data to whom nobody knows: her case's page says that it was refused.
  const letter = await mailRequester(tx, refused, { news: 'refused', text: wish.text, ground: wish.ground })
  if (row.kind === 'objection_use') await resumeAfterLetter(tx, by, refused, letter)
  return refused
}

/** Settles a complaint, with what came of it. */
export async function resolveComplaint(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly outcome: string },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  const resolved = await moveTo(tx, by, row, 'resolved', {
    outcome: wish.outcome,
    closed_at: tx.now,
    answered_by: row.answered_by ?? actorText(by),
  })
  await mailRequester(tx, resolved, { news: 'resolved', text: wish.outcome })
  return resolved
}

/** Closes an answered request; she gets a receipt. It is not over before everybody who received the data was told of what became of them (GDPR Art. 19). */
export async function closeRequest(tx: WorkspaceTx, by: Principal, requestId: string): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, requestId)
  if (row.state !== 'answered' && row.state !== 'refused') throw notNow(row)
  if (await hasOpenNotices(tx, row.id))
    throw new Refusal('http/conflict', {
      detail:
        'Others received the data that were corrected, erased or restricted. Record first that each was told, or why that could not be. Nothing was changed.',
    })
  const closed = await moveTo(tx, by, row, 'closed', { closed_at: tx.now })
  await mailRequester(tx, closed, { news: 'closed' })
  return closed
}

function groundRefused(row: StoredRequest, ground: RefusalGround): Refusal {
  if (row.state === 'verifying')
    return new Refusal('http/conflict', { detail: 'Until she has proven who she is, that is the only ground. Nothing was changed.' })
  if (ground === 'outside_law')
    return new Refusal('http/conflict', {
      detail:
        'By its privacy settings this business gives everybody all rights, wherever they live. Take another ground. Nothing was changed.',
    })
  if (ground === 'compelling_grounds')
    return new Refusal('http/invalid-request', { detail: 'This ground is for objections to a use of data alone. Nothing was changed.' })
  return notNow(row)
}
