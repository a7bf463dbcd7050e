import type { Principal, RequestPauseReason } from '@frontdesk/contract'
import { regimes } from '@frontdesk/deadlines'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { lockRequest } from './find-request.ts'
import { mailRequester } from './mail-requester.ts'
import { mayPause } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { changeRequest, moveTo, notNow } from './take-step.ts'

/** Lets the clock stand. Throws `http/conflict` where the law has no such pause, or where it stands already. */
export async function pauseRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly reason: RequestPauseReason },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  if (row.closed_at !== null || row.appealed_at !== null || row.state === 'answered' || row.state === 'refused') throw notNow(row)
  if (row.pauses.some(({ until }) => until === null)) throw notNow(row)
  if (!mayPause(row.regime, wish.reason))
    throw new Refusal('http/conflict', {
      detail: `${regimes[row.regime].law} does not let this clock stand for that reason. It goes on. Nothing was changed.`,
    })
  return setPauses(tx, by, row, 'request.paused', [...row.pauses, { reason: wish.reason, from: tx.now.toString(), until: null }])
}

/** Lets the clock go on; the days on which it stood are added. */
export async function resumeRequest(tx: WorkspaceTx, by: Principal, requestId: string): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, requestId)
  if (!row.pauses.some(({ until }) => until === null)) throw notNow(row)
  return setPauses(
    tx,
    by,
    row,
    'request.resumed',
    row.pauses.map((pause) => (pause.until === null ? { ...pause, until: tx.now.toString() } : pause)),
  )
}

/** Takes the longer term of the law, and tells her why before the first one ends. Throws `http/conflict` where it is too late or there is none. */
export async function extendRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly because: string },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  if (row.state !== 'in_progress') throw notNow(row)
  if (row.extend_before === null)
    throw new Refusal('http/conflict', { detail: `${regimes[row.regime].law} has no longer term. Answer in time. Nothing was changed.` })
  if (Temporal.Instant.compare(tx.now, row.extend_before) >= 0)
    throw new Refusal('http/conflict', { detail: 'The notice had to go out before the first term ended. Answer now. Nothing was changed.' })
  const extended = await moveTo(tx, by, row, 'extended', { extended_at: tx.now, extension_because: wish.because })
  await mailRequester(tx, extended, { news: 'extended', text: wish.because })
  return extended
}

async function setPauses(
  tx: WorkspaceTx,
  by: Principal,
  row: StoredRequest,
  action: 'request.paused' | 'request.resumed',
  pauses: StoredRequest['pauses'],
): Promise<StoredRequest> {
  await audit(tx, by, { action, object: { type: 'request', id: row.id }, result: 'done' })
  return changeRequest(tx, row, { pauses: JSON.stringify(pauses) })
}
