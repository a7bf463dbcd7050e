import type { Principal } from '@frontdesk/contract'
import { actorText } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { breachPolicy } from './breach.policy.ts'
import type { StoredBreach } from './breach.tables.ts'

/** What can be done about an incident and is kept. */
export type BreachStep =
  | 'reported'
  | 'corrected'
  | 'risk'
  | 'decided'
  | 'authority'
  | 'telling'
  | 'told'
  | 'due_soon'
  | 'overdue'
  | 'closed'

/** Keeps a step. With `once` it is kept one time only; answers whether it was new. */
export async function keepBreachStep(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly breachId: string; readonly step: BreachStep; readonly note?: string; readonly once?: string },
): Promise<boolean> {
  const kept = await tx.db
    .insertInto('breach_step')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      breach_id: wish.breachId,
      step: wish.step,
      note: wish.note ?? null,
      once: wish.once ?? null,
      done_by: actorText(by),
      at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'breach_id', 'once']).doNothing())
    .executeTakeFirst()
  return kept.numInsertedOrUpdatedRows === 1n
}

/** Locks an incident for a change. Throws 404, and `http/conflict` where it is closed. */
export async function lockBreach(tx: WorkspaceTx, by: Principal, breachId: string): Promise<StoredBreach> {
  breachPolicy.require(by, 'breaches.manage')
  const row = await tx.db
    .selectFrom('breach')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', breachId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw noSuchBreach()
  if (row.state === 'closed') throw new Refusal('http/conflict', { detail: 'This incident is closed. Nothing was changed.' })
  return row
}

/** The refusal for an incident that is not there. */
export const noSuchBreach = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such incident here.' })
