import type { BookingId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import type { BookingRow } from './booking.tables.ts'

/** One booking. Throws `http/not-found`. */
export async function bookingById(tx: WorkspaceTx, bookingId: BookingId): Promise<BookingRow> {
  const booking = await tx.db
    .selectFrom('booking')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', bookingId)
    .executeTakeFirst()
  if (!booking) throw noSuchBooking()
  return booking
}

/** The same, and nobody else changes it until this transaction ends. Locks of people and rooms come before, never after (claim-time.ts). */
export async function lockBooking(tx: WorkspaceTx, bookingId: BookingId): Promise<BookingRow> {
  const booking = await tx.db
    .selectFrom('booking')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', bookingId)
    .forUpdate()
    .executeTakeFirst()
  if (!booking) throw noSuchBooking()
  return booking
}

/** The same for several, in the order of their ids, so that two who lock the same ones do not meet halfway. */
export async function lockBookings(tx: WorkspaceTx, bookingIds: readonly BookingId[]): Promise<void> {
  if (bookingIds.length === 0) return
  await tx.db
    .selectFrom('booking')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', bookingIds)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** Where an appointment stands now: the newest booking of its chain of moves. */
export async function latestOfThread(tx: WorkspaceTx, threadId: BookingId): Promise<BookingRow | undefined> {
  return tx.db
    .selectFrom('booking')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('thread_id', '=', threadId)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The refusal for a booking that is not there. */
export const noSuchBooking = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such booking here.' })

/** Throws `http/version-mismatch` when somebody changed the booking since it was read. */
export function requireVersion(booking: BookingRow, version: number | undefined): void {
  if (version === undefined || version === booking.version) return
  throw new Refusal('http/version-mismatch', {
    detail: 'Nothing was changed. Look at the booking as it is now and try again.',
    currentVersion: booking.version,
  })
}

/** Throws the refusal that says why a booking cannot be moved or cancelled any more. */
export function requireLive(booking: BookingRow): void {
  switch (booking.status) {
    case 'held':
    case 'pending':
    case 'confirmed':
      return
    case 'cancelled':
      throw new Refusal('scheduling/already-cancelled', { detail: 'Nothing was changed. Book a new time if you still want to come.' })
    case 'rescheduled':
      throw new Refusal('scheduling/booking-changed', {
        detail: 'It was moved in the meantime. Nothing was changed; look at its new time.',
      })
    case 'attended':
    case 'no_show':
    case 'expired':
      throw new Refusal('scheduling/booking-over', { detail: 'Nothing was changed. Book a new time.' })
  }
}
