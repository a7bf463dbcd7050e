import type { BookingId, ContactPointId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { contactFacts } from '../contacts/index.ts'
import type { BookingRow } from './booking.tables.ts'
import { type Business, businessFacts } from './business.ts'
import { serviceById } from './find-service.ts'
import type { ServiceRow } from './service.tables.ts'
import type { StaffRow } from './staff.tables.ts'

/** One booking with everything that is said about it. */
export type BookingFacts = {
  readonly booking: BookingRow
  readonly service: ServiceRow
  readonly staff: StaffRow
  readonly business: Business
  /** How the customer is called: as she typed it herself, otherwise as the business knows her. */
  readonly name: string
  /** Who comes, where it is somebody else. */
  readonly forName: string | null
  /** The customer's language tag and zone; the business's where she gave none. */
  readonly tag: string
  readonly zone: string
  /** Where she is written to: the address she typed, otherwise her preferred one. */
  readonly email: { readonly pointId: ContactPointId; readonly address: string } | null
}

/** Gathers what is said about a booking. */
export async function bookingFacts(tx: WorkspaceTx, booking: BookingRow): Promise<BookingFacts> {
  const business = await businessFacts(tx)
  const contact = await contactFacts(tx, booking.contact_id)
  const emails = contact.points.filter((point) => point.kind === 'email')
  const email = emails.find((point) => point.id === booking.contact_point_id) ?? emails[0]
  return {
    booking,
    service: await serviceById(tx, booking.service_id),
    staff: await staffById(tx, booking),
    business,
    name: booking.booked_as ?? contact.name,
    forName: booking.attendee_id === booking.contact_id ? null : (await contactFacts(tx, booking.attendee_id)).name,
    tag: booking.contact_locale ?? contact.locale ?? business.locale,
    zone: booking.contact_zone ?? contact.zone ?? business.zone,
    email: email ? { pointId: email.id, address: email.address } : null,
  }
}

/** What the customer was told last about this appointment, on this booking or an earlier one of its chain. */
export async function lastTold(tx: WorkspaceTx, threadId: BookingId): Promise<BookingRow | undefined> {
  return tx.db
    .selectFrom('booking')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('thread_id', '=', threadId)
    .where('told_contact', '>=', 0)
    .orderBy('told_contact', 'desc')
    .limit(1)
    .executeTakeFirst()
}

async function staffById(tx: WorkspaceTx, booking: BookingRow): Promise<StaffRow> {
  return tx.db
    .selectFrom('staff')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', booking.staff_id)
    .executeTakeFirstOrThrow()
}
