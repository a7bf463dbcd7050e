import type { ContactId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { factsOfMany } from '../../contacts/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import type { ServiceRow } from '../service.tables.ts'

/** One of her appointments, as her own page lists it. */
export type OwnBooking = {
  readonly booking: BookingRow
  readonly service: ServiceRow
  readonly personName: string
  /** Who comes, where it is not herself. */
  readonly forName: string | null
}

const most = { ahead: 50, before: 20 } as const

/** What she has ahead, soonest first, and what was, newest first and in parts. `earlierThan` is the start of the last one that was shown. */
export async function ownBookings(
  tx: WorkspaceTx,
  by: Principal,
  { contactId, earlierThan }: { readonly contactId: ContactId; readonly earlierThan?: Temporal.Instant | undefined },
): Promise<{ readonly ahead: readonly OwnBooking[]; readonly before: readonly OwnBooking[]; readonly next: Temporal.Instant | null }> {
  schedulingPolicy.require(by, 'link.read')
  const hers = tx.db.selectFrom('booking').selectAll().where('workspace_id', '=', tx.workspaceId).where('contact_id', '=', contactId)
  const ahead = await hers
    .where('status', 'in', ['held', 'pending', 'confirmed'])
    .where('ends_at', '>', tx.now)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(most.ahead)
    .execute()
  const before = await hers
    .where((where) =>
      where.or([
        where('status', 'in', ['attended', 'no_show', 'cancelled']),
        where.and([where('status', '=', 'confirmed'), where('ends_at', '<=', tx.now)]),
      ]),
    )
    .$if(earlierThan !== undefined, (query) => query.where('starts_at', '<', earlierThan ?? tx.now))
    .orderBy('starts_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most.before + 1)
    .execute()
  const shown = before.slice(0, most.before)
  const named = await withNames(tx, [...ahead, ...shown])
  return {
    ahead: named.slice(0, ahead.length),
    before: named.slice(ahead.length),
    next: before.length > most.before ? (shown.at(-1)?.starts_at ?? null) : null,
  }
}

async function withNames(tx: WorkspaceTx, bookings: readonly BookingRow[]): Promise<OwnBooking[]> {
  if (bookings.length === 0) return []
  const idsOf = <Id extends string>(pick: (booking: BookingRow) => Id) => [...new Set(bookings.map(pick))]
  const services = await tx.db
    .selectFrom('service')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'id',
      'in',
      idsOf((booking) => booking.service_id),
    )
    .execute()
  const staff = await tx.db
    .selectFrom('staff')
    .select(['id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'id',
      'in',
      idsOf((booking) => booking.staff_id),
    )
    .execute()
  const others = await factsOfMany(
    tx,
    bookings.flatMap((booking) => (booking.attendee_id === booking.contact_id ? [] : [booking.attendee_id])),
  )
  const serviceOf = new Map(services.map((service) => [service.id, service]))
  const nameOf = new Map(staff.map(({ id, name }) => [id, name]))
  const otherOf = new Map(others.map(({ contactId, name }) => [contactId, name]))
  return bookings.flatMap((booking) => {
    const service = serviceOf.get(booking.service_id)
    const forName = booking.attendee_id === booking.contact_id ? null : (otherOf.get(booking.attendee_id) ?? null)
    return service ? [{ booking, service, personName: nameOf.get(booking.staff_id) ?? '', forName }] : []
  })
}
