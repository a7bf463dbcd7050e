import type { ContactId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import type { PlannedWithContact } from '../privacy/index.ts'
import { cancelBooking } from './cancel-booking.ts'

const ahead = (tx: WorkspaceTx, contactIds: readonly ContactId[]) =>
  tx.db
    .selectFrom('booking')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('status', 'in', ['held', 'pending', 'confirmed'])
    .where('ends_at', '>', tx.now)
    .where((or) => or.or([or('contact_id', 'in', [...contactIds]), or('attendee_id', 'in', [...contactIds])]))
    .orderBy('id')
    .execute()

/** The appointments ahead of somebody who is about to be erased. They end without a word to her, because her address goes too; the business is told. */
export const bookingsAhead: PlannedWithContact = {
  count: async (tx, contactIds) => (await ahead(tx, contactIds)).length,
  end: async (tx, _by: Principal, contactIds) => {
    const by: Principal = { kind: 'system', workspaceId: tx.workspaceId, job: 'privacy.erase-contact' }
    for (const { id } of await ahead(tx, contactIds)) await cancelBooking(tx, by, { bookingId: id, reason: null, quiet: true })
  },
}
