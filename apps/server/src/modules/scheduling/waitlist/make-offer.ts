import type { Principal, StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { bookAppointment } from '../book-appointment.ts'
import { bookingById } from '../find-booking.ts'
import { entryChanged } from './find-entry.ts'
import { rememberWaitlist } from './remember-waitlist.ts'
import { tellOffer } from './tell-waiting.ts'
import type { WaitlistEntryRow } from './waitlist.tables.ts'

export type MakeOffer = {
  readonly entry: WaitlistEntryRow
  readonly start: Temporal.Instant
  readonly staffId: StaffId | undefined
  /** The time is held until then. */
  readonly answerBy: Temporal.Instant
  readonly byHand: boolean
  readonly notify: boolean
}

/** What became of an offer: it stands, and whether she was written to. */
export type MadeOffer = { readonly told: boolean }

/**
 * Holds a time for somebody who waits and writes to her, in one transaction: a crash leaves either both or nothing. The caller holds the lock of the waitlist
 * (find-entry.ts). Throws the refusals of booking, and `scheduling/waitlist-changed` where she has an offer or waits no more.
 */
export async function makeOffer(tx: WorkspaceTx, by: Principal, wish: MakeOffer): Promise<MadeOffer> {
  const { entry, start, byHand } = wish
  const hold = await bookAppointment(tx, by, {
    serviceId: entry.service_id,
    staffId: entry.staff_id ?? wish.staffId,
    start,
    who: { contactId: entry.contact_id },
    note: null,
    placeDetail: entry.place_detail,
    source: entry.source,
    outsideHours: false,
    quiet: false,
    holdMinutes: Math.max(1, Math.floor(wish.answerBy.since(tx.now).total('minutes'))),
  })
  await tx.db
    .updateTable('booking')
    .set({
      contact_point_id: entry.contact_point_id,
      booked_as: entry.booked_as,
      contact_zone: entry.contact_zone,
      contact_locale: entry.contact_locale,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', hold.id)
    .execute()
  const answerBy = hold.held_until ?? wish.answerBy
  await tx.db
    .insertInto('waitlist_offer')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      entry_id: entry.id,
      booking_id: hold.id,
      starts_at: start,
      state: 'open',
      by_hand: byHand,
      answer_by: answerBy,
      answered_at: null,
      created_at: tx.now,
    })
    .execute()
  const { numUpdatedRows } = await tx.db
    .updateTable('waitlist_entry')
    .set((update) => ({ state: 'offered', updated_at: tx.now, version: update('version', '+', 1) }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', entry.id)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw entryChanged()
  await rememberWaitlist(tx, by, 'waitlist.offered', entry, start)
  await emit(tx, 'waitlist.offered', { entryId: entry.id, bookingId: hold.id, contactId: entry.contact_id })
  const booking = await bookingById(tx, hold.id)
  return { told: wish.notify && (await tellOffer(tx, by, { entry, booking, answerBy })) }
}
