import type { BookingId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import { recordTimeline } from '../contacts/index.ts'
import { serviceById } from './find-service.ts'

/** Ends holds whose time is up and whose claims are freed in the same transaction. What is no hold any more stays as it is. */
export async function endHolds(tx: WorkspaceTx, bookingIds: readonly BookingId[]): Promise<void> {
  if (bookingIds.length === 0) return
  const ended = await tx.db
    .updateTable('booking')
    .set((update) => ({ status: 'expired', held_until: null, updated_at: tx.now, version: update('version', '+', 1) }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', bookingIds)
    .where('status', '=', 'held')
    .returning(['id', 'contact_id', 'service_id', 'starts_at'])
    .execute()
  const actor: Principal = { kind: 'system', workspaceId: tx.workspaceId, job: 'scheduling.expire-hold' }
  for (const hold of ended) {
    const service = await serviceById(tx, hold.service_id)
    await recordTimeline(tx, {
      contactId: hold.contact_id,
      kind: 'hold.expired',
      actor,
      subject: { type: 'booking', id: hold.id },
      summary: { key: 'hold.expired', values: { service: service.name, start: hold.starts_at.toString() } },
    })
    await emit(tx, 'hold.expired', { bookingId: hold.id, contactId: hold.contact_id })
  }
}
