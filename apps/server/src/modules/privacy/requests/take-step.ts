import type { Principal, RequestState } from '@frontdesk/contract'
import type { Updateable } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { recordTimeline } from '../../contacts/index.ts'
import { clocksOf, mayMove } from './request.rules.ts'
import type { RequestRow, StoredRequest } from './request.tables.ts'

/** What changes with a step, beside the state. */
export type StepChange = Omit<Updateable<RequestRow>, 'state' | 'version' | 'pauses'>

/**
 * Moves a case to its next state, in the caller's transaction: the step is kept, the clocks are counted anew where they moved, timeline, audit and outbox are told. Throws
 * `http/conflict` where the case may not go there from where it is.
 */
export async function moveTo(
  tx: WorkspaceTx,
  by: Principal,
  row: StoredRequest,
  state: RequestState,
  change: StepChange = {},
): Promise<StoredRequest> {
  if (!mayMove(row, state)) throw notNow(row)
  await keepStep(tx, by, row.id, state)
  const moved = await changeRequest(tx, row, { ...change, state })
  const noun = row.kind === 'complaint' ? 'complaint' : 'request'
  await audit(tx, by, { action: `${noun}.${state}`, object: { type: 'request', id: row.id }, result: 'done' })
  await emit(tx, `${noun}.changed`, { requestId: row.id, state })
  if (row.kind !== 'complaint') await remember(tx, by, moved, state)
  return moved
}

/** Keeps a step, once. Throws `http/conflict` when it was done before. */
export async function keepStep(tx: WorkspaceTx, by: Principal, requestId: string, step: string): Promise<void> {
  if (await keepStepOnce(tx, by, requestId, step)) return
  throw new Refusal('http/conflict', { detail: 'This step was done before. Load the case again. Nothing was changed.' })
}

/** The same, telling whether it was new. */
export async function keepStepOnce(tx: WorkspaceTx, by: Principal, requestId: string, step: string): Promise<boolean> {
  const kept = await tx.db
    .insertInto('request_step')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), request_id: requestId, step, done_by: actorText(by), at: tx.now })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'request_id', 'step']).doNothing())
    .executeTakeFirst()
  return kept.numInsertedOrUpdatedRows === 1n
}

/** Changes a case. Where something moved its clocks, they are counted anew, with the calendars of today. */
export async function changeRequest(tx: WorkspaceTx, row: StoredRequest, change: Updateable<RequestRow>): Promise<StoredRequest> {
  const changed = await tx.db
    .updateTable('request')
    .set({ ...change, version: row.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  if (change.extended_at === undefined && change.pauses === undefined && change.appealed_at === undefined) return changed
  const clocks = clocksOf(changed, tx.now)
  return tx.db
    .updateTable('request')
    .set({
      respond_before: clocks.respond.before,
      resolve_before: clocks.resolve?.before ?? null,
      extend_before: clocks.extendBefore?.before ?? null,
      calendar_version: clocks.calendarVersion,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Writes a step onto the timeline of whose request it is. Complaints are confidential and do not stand there. */
export async function remember(tx: WorkspaceTx, by: Principal, row: StoredRequest, state: RequestState): Promise<void> {
  if (row.contact_id === null) return
  await recordTimeline(tx, {
    contactId: row.contact_id,
    kind: `request.${state}`,
    actor: by,
    subject: { type: 'request', id: row.id },
    summary: { key: `request_${state}`, values: { kind: row.kind, number: row.number } },
  })
}

/** What cannot be done with a case as it is. */
export const notNow = (row: StoredRequest): Refusal =>
  new Refusal('http/conflict', {
    detail: 'The case went on in the meantime, or is not that far yet. Load it again. Nothing was changed.',
    state: row.state,
  })
