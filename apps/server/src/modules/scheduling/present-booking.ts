import type { Booking, ContactId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import type { BookingRow } from './booking.tables.ts'
import { resourcesOfBookings } from './resources/booked-resources.ts'

/** Bookings as members see them, in the order given. */
export async function presentBookings(tx: WorkspaceTx, bookings: readonly BookingRow[]): Promise<Booking[]> {
  if (bookings.length === 0) return []
  const services = await tx.db
    .selectFrom('service')
    .select(['id', 'name', 'hue'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...new Set(bookings.map((booking) => booking.service_id))])
    .execute()
  const staff = await tx.db
    .selectFrom('staff')
    .select(['id', 'name', 'hue'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...new Set(bookings.map((booking) => booking.staff_id))])
    .execute()
  const resources = await resourcesOfBookings(
    tx,
    bookings.map(({ id }) => id),
  )
  const names = await contactNames(
    tx,
    bookings.flatMap((booking) => [booking.contact_id, booking.attendee_id]),
  )
  const nobody = { name: '', hue: 0 }
  const serviceOf = new Map(services.map((service) => [service.id, service]))
  const staffOf = new Map(staff.map((person) => [person.id, person]))
  return bookings.map((row) => {
    const service = serviceOf.get(row.service_id) ?? nobody
    const person = staffOf.get(row.staff_id) ?? nobody
    return {
      id: row.id,
      status: row.status,
      start: row.starts_at.toString(),
      end: row.ends_at.toString(),
      busyFrom: row.busy_from.toString(),
      busyUntil: row.busy_until.toString(),
      zone: row.zone,
      wallStart: row.wall_start,
      service: { id: row.service_id, name: service.name, hue: service.hue },
      staff: { id: row.staff_id, name: person.name, hue: person.hue },
      resources: resources.get(row.id) ?? [],
      contact: { id: row.contact_id, name: names.get(row.contact_id) ?? '' },
      bookedAs: row.booked_as,
      attendee: { id: row.attendee_id, name: names.get(row.attendee_id) ?? '' },
      place: { kind: row.place_kind, detail: row.place_detail },
      price: row.price_minor === null || row.currency === null ? null : { minor: String(row.price_minor), currency: row.currency },
      note: row.note,
      source: row.source,
      contactZone: row.contact_zone,
      contactLocale: row.contact_locale,
      previousBookingId: row.previous_id,
      movedBy: row.moved_by,
      heldUntil: row.held_until?.toString() ?? null,
      request: row.request_state && row.answer_by ? { state: row.request_state, answerBy: row.answer_by.toString() } : null,
      cancelledBy: row.cancelled_by,
      cancelReason: row.cancel_reason,
      createdAt: row.created_at.toString(),
      updatedAt: row.updated_at.toString(),
      version: row.version,
    }
  })
}

/** One booking as members see it. */
export async function presentBooking(tx: WorkspaceTx, booking: BookingRow): Promise<Booking> {
  const [presented] = await presentBookings(tx, [booking])
  if (!presented) throw new Error('A booking was presented as none.')
  return presented
}

async function contactNames(tx: WorkspaceTx, ids: readonly ContactId[]): Promise<Map<ContactId, string>> {
  const rows = await tx.db
    .selectFrom('contact')
    .select(['id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
