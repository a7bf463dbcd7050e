import type { BookingId, Principal, ResourceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { freeExpiredHolds, isOverlap, lockHosts } from '../claim-time.ts'
import { bookingById, lockBooking, requireLive, requireVersion } from '../find-booking.ts'
import { busyTimes } from '../hosts.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { resourceIdsOf } from './booked-resources.ts'
import { fillsExactly } from './needs.rules.ts'
import { needsOf } from './needs.ts'
import { resourceById } from './write-resource.ts'

export type ChangeBookedResources = {
  readonly bookingId: BookingId
  readonly resourceIds: readonly ResourceId[]
  readonly version?: number | undefined
}

/** Gives a booking other rooms or devices; time and person stay. Throws `scheduling/resource-taken` where one of them is not free then. */
export async function changeBookedResources(tx: WorkspaceTx, by: Principal, wish: ChangeBookedResources): Promise<BookingRow> {
  schedulingPolicy.require(by, 'bookings.manage')
  const asRead = await bookingById(tx, wish.bookingId)
  const before = await resourceIdsOf(tx, asRead.id)
  const wanted = [...new Set(wish.resourceIds)]
  await lockHosts(tx, [...before, ...wanted])
  const booking = await lockBooking(tx, wish.bookingId)
  requireLive(booking)
  requireVersion(booking, wish.version)
  const { needs } = await needsOf(tx, booking.service_id, before)
  // What was booked while the service took something else is still exchanged one for one.
  const exchanged = !fillsExactly(needs, before) && wanted.length === before.length
  if (!fillsExactly(needs, wanted) && !exchanged) {
    throw new Refusal('http/invalid-request', {
      detail: 'body.resourceIds: this is not what the service takes. Nothing was changed.',
      faults: [{ path: 'body.resourceIds', code: 'needs', message: 'This is not what the service takes.' }],
    })
  }
  if (sameOnes(before, wanted)) return booking
  for (const id of wanted) await requireInUse(tx, id, before)
  await requireFree(tx, booking, wanted)
  await swap(tx, booking, before, wanted)
  await tx.db
    .updateTable('booking')
    .set({ updated_at: tx.now, version: booking.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', booking.id)
    .execute()
  await emit(tx, 'booking.resources_changed', { bookingId: booking.id, contactId: booking.contact_id })
  return bookingById(tx, booking.id)
}

async function requireInUse(tx: WorkspaceTx, id: ResourceId, before: readonly ResourceId[]): Promise<void> {
  const resource = await resourceById(tx, id)
  if (!before.includes(id) && (!resource.active || resource.archived_at !== null)) throw notFree()
}

const sameOnes = (before: readonly ResourceId[], wanted: readonly ResourceId[]): boolean =>
  before.length === wanted.length && before.every((id) => wanted.includes(id))

async function requireFree(tx: WorkspaceTx, booking: BookingRow, resourceIds: readonly ResourceId[]): Promise<void> {
  const [from, until] = [booking.busy_from.epochMilliseconds, booking.busy_until.epochMilliseconds]
  const busy = await busyTimes(
    tx,
    { staffIds: [], resourceIds },
    { from: booking.busy_from, to: booking.busy_until, movingBookingId: booking.id },
  )
  const taken = resourceIds.some((id) => busy.get(id)?.some(({ startMs, endMs }) => startMs < until && endMs > from))
  if (taken) throw notFree()
}

/** The claims of what is given back go, those of what is new come, in one insert. */
async function swap(tx: WorkspaceTx, booking: BookingRow, before: readonly ResourceId[], wanted: readonly ResourceId[]): Promise<void> {
  const gone = before.filter((id) => !wanted.includes(id))
  const added = wanted.filter((id) => !before.includes(id)).sort()
  await sql`savepoint change_resources`.execute(tx.db)
  try {
    if (gone.length > 0)
      await tx.db
        .deleteFrom('claim')
        .where('workspace_id', '=', tx.workspaceId)
        .where('booking_id', '=', booking.id)
        .where('resource_id', 'in', gone)
        .execute()
    if (added.length > 0) {
      await freeExpiredHolds(tx, { hostIds: added, from: booking.busy_from, until: booking.busy_until })
      await tx.db
        .insertInto('claim')
        .values(
          added.map((id) => ({
            workspace_id: tx.workspaceId,
            id: tx.newId(),
            claimed_id: id,
            staff_id: null,
            resource_id: id,
            booking_id: booking.id,
            busy_from: booking.busy_from,
            busy_until: booking.busy_until,
            active: true,
            // A request holds its rooms until it is to be answered.
            expires_at: booking.held_until ?? (booking.status === 'pending' ? booking.answer_by : null),
          })),
        )
        .execute()
    }
    await sql`release savepoint change_resources`.execute(tx.db)
  } catch (error) {
    if (!isOverlap(error)) throw error
    await sql`rollback to savepoint change_resources`.execute(tx.db)
    throw notFree()
  }
}

const notFree = (): Refusal =>
  new Refusal('scheduling/resource-taken', { detail: 'Another booking has it, or it is closed then. Nothing was changed.' })
