import {
  type Booking,
  type BookingId,
  type BookingStatus,
  type ContactId,
  Instant,
  type Principal,
  type ResourceId,
  type ServiceId,
  type StaffId,
} from '@frontdesk/contract'
import type { ExpressionBuilder, SelectQueryBuilder } from 'kysely'
import { z } from 'zod'
import type { Tables, WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { idOfNobody, seesOnlyOf } from '../contacts/index.ts'
import type { BookingRow } from './booking.tables.ts'
import { bookingById, noSuchBooking } from './find-booking.ts'
import { presentBooking, presentBookings } from './present-booking.ts'
import { schedulingPolicy } from './scheduling.policy.ts'
import { requireSensible } from './sensible-time.rules.ts'

export type ListBookings = {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly limit: number
  readonly cursor?: string | undefined
  readonly staffId?: StaffId | undefined
  readonly resourceId?: ResourceId | undefined
  readonly serviceId?: ServiceId | undefined
  readonly contactId?: ContactId | undefined
  readonly status?: BookingStatus | undefined
}

const longestDays = 100
/** A service lasts a day at most, so what touches a stretch began at most a day before it. */
const longestVisit = { hours: 24 } as const
const counting: readonly BookingStatus[] = ['held', 'pending', 'confirmed', 'attended', 'no_show']

/** The bookings that touch a stretch of time, by start. Those that were anonymized have a day and no time, and are seen where they are asked for alone. */
export async function listBookings(tx: WorkspaceTx, by: Principal, wish: ListBookings): Promise<{ items: Booking[]; next: string | null }> {
  schedulingPolicy.require(by, 'bookings.read')
  requireStretch(wish.from, wish.to, longestDays)
  const after = readCursor(wish.cursor, [Instant, z.uuid()])
  let query = tx.db
    .selectFrom('booking')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('starts_at', '>', wish.from.subtract(longestVisit))
    .where('starts_at', '<', wish.to)
    .where('ends_at', '>', wish.from)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(wish.limit + 1)
  query = wish.status ? query.where('status', '=', wish.status) : query.where('status', 'in', counting)
  const { resourceId } = wish
  if (wish.staffId) query = query.where('staff_id', '=', wish.staffId)
  if (resourceId) query = query.where((where) => hasResource(where, resourceId))
  if (wish.serviceId) query = query.where('service_id', '=', wish.serviceId)
  const { contactId } = wish
  query = contactId
    ? query.where((where) => where.or([where('contact_id', '=', contactId), where('attendee_id', '=', contactId)]))
    : query.where('contact_id', '<>', idOfNobody(tx.workspaceId))
  if (after) {
    const [startsAt, id] = [Temporal.Instant.from(after[0]), after[1] as BookingId]
    query = query.where((where) =>
      where.or([where('starts_at', '>', startsAt), where.and([where('starts_at', '=', startsAt), where('id', '>', id)])]),
    )
  }
  const rows = await onlyOwn(query, by).execute()
  const page = pageFrom(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.starts_at.toString(), row.id],
  )
  return { items: await presentBookings(tx, page.items), next: page.next }
}

/** One booking, if this principal may know of it. Throws `http/not-found`. */
export async function readBooking(tx: WorkspaceTx, by: Principal, bookingId: BookingId): Promise<BookingRow> {
  schedulingPolicy.require(by, 'bookings.read')
  const visible = await onlyOwn(
    tx.db.selectFrom('booking').selectAll().where('workspace_id', '=', tx.workspaceId).where('id', '=', bookingId),
    by,
  ).executeTakeFirst()
  if (!visible) throw noSuchBooking()
  return visible
}

/** A booking with those it was moved from and to, oldest first. */
export async function bookingHistory(tx: WorkspaceTx, by: Principal, bookingId: BookingId): Promise<Booking[]> {
  const booking = await readBooking(tx, by, bookingId)
  const rows = await tx.db
    .selectFrom('booking')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('thread_id', '=', booking.thread_id)
    .orderBy('sequence')
    .orderBy('id')
    .execute()
  return presentBookings(tx, rows)
}

/** A booking that was just changed, as its changer sees it. */
export async function changedBooking(tx: WorkspaceTx, change: Promise<BookingRow>): Promise<Booking> {
  const { id } = await change
  return presentBooking(tx, await bookingById(tx, id))
}

/** Whether a booking has, or had when it ended, a room or a device. */
export const hasResource = (where: ExpressionBuilder<Tables, 'booking'>, resourceId: ResourceId) =>
  where.exists(
    where
      .selectFrom('claim')
      .select('claim.id')
      .whereRef('claim.workspace_id', '=', 'booking.workspace_id')
      .whereRef('claim.booking_id', '=', 'booking.id')
      .where('claim.resource_id', '=', resourceId),
  )

/** Throws `http/invalid-request` for a stretch that is empty or too long. */
export function requireStretch(from: Temporal.Instant, to: Temporal.Instant, days: number): void {
  requireSensible(from, to)
  const hours = to.since(from).total('hours')
  if (hours > 0 && hours <= days * 24) return
  throw new Refusal('http/invalid-request', {
    detail: `query.to: it must lie after from, by at most ${days} days.`,
    faults: [{ path: 'query.to', code: 'stretch', message: `It must lie after from, by at most ${days} days.` }],
  })
}

/** A representative sees the bookings of her own contacts, and those that are given by herself. */
function onlyOwn<O>(query: SelectQueryBuilder<Tables, 'booking', O>, by: Principal): SelectQueryBuilder<Tables, 'booking', O> {
  const owner = seesOnlyOf(by)
  if (owner === null) return query
  return query.where((where) =>
    where.or([
      where.exists(
        where
          .selectFrom('contact')
          .select('contact.id')
          .whereRef('contact.workspace_id', '=', 'booking.workspace_id')
          .whereRef('contact.id', '=', 'booking.contact_id')
          .where('contact.owner_member_id', '=', owner),
      ),
      where.exists(
        where
          .selectFrom('staff')
          .select('staff.id')
          .whereRef('staff.workspace_id', '=', 'booking.workspace_id')
          .whereRef('staff.id', '=', 'booking.staff_id')
          .where('staff.member_id', '=', owner),
      ),
    ]),
  )
}
