import { type EventPayload, type EventType, events } from '@frontdesk/contract'
import type { WorkspaceTx } from '../database/index.ts'

/**
 * Writes one event to the outbox, in the transaction of the change it tells of. The relay delivers it after the commit, at least once and in no promised order.
 * Throws when the payload is not what its schema lists.
 */
export async function emit<Type extends EventType>(tx: WorkspaceTx, type: Type, payload: EventPayload<Type>): Promise<void> {
  const checked = events[type].parse(payload)
  await tx.db
    .insertInto('outbox')
    .values({ id: tx.newId(), workspace_id: tx.workspaceId, type, payload: JSON.stringify(checked), at: tx.now })
    .execute()
}
