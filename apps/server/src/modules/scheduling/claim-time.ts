import { type ClosedReason, chooseHosts, explainSlot, type SlotExplanation } from '@frontdesk/availability'
import type { BookingId, ResourceId, StaffId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal, sqlState, violatedConstraint } from '../../platform/errors/index.ts'
import type { HostId } from './booking.tables.ts'
import { isUnreadRef } from './calendars/external-busy.ts'
import { endHolds } from './end-holds.ts'
import { lockBookings } from './find-booking.ts'
import { busyTimes, isBookingRef, questionOf, type ServiceHosts, serviceHosts, staffOf } from './hosts.ts'
import { isPageHoldRef, letGoOver } from './page-holds/held-times.ts'
import { endRequests } from './requests/end-requests.ts'
import { chooseResources } from './resources/needs.rules.ts'
import { needsOf } from './resources/needs.ts'
import { requireSensible } from './sensible-time.rules.ts'
import type { ServiceRow } from './service.tables.ts'

/** A wish for a person's time, and for the rooms and devices that the service takes. */
export type TimeWish = {
  readonly service: ServiceRow
  readonly start: Temporal.Instant
  /** Only this person; otherwise the fairest free one. */
  readonly staffId?: StaffId | undefined
  /** Offered or not: hours, notice, horizon and step are not asked. Taken time stays taken. */
  readonly outsideHours: boolean
  /** The booking whose own time counts as free, because it moves away from there. */
  readonly movingBookingId?: BookingId | undefined
  /** Rooms and devices that are taken before others where they are free: those it has already. */
  readonly preferred?: readonly ResourceId[] | undefined
  /** Others whose locks are needed too: who has the booking that moves. */
  readonly alsoLock?: readonly HostId[] | undefined
}

/** A person who was free for it, with what it takes beside her and the times a booking of it has. */
export type FoundTime = {
  readonly staffId: StaffId
  readonly resourceIds: readonly ResourceId[]
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly busyFrom: Temporal.Instant
  readonly busyUntil: Temporal.Instant
  readonly zone: string
}

/** Claims around a moment that count towards a person's load. A week each way keeps the shares even without flooding whoever joined today. */
const fairnessDays = 7

/**
 * Finds a person and all that is needed for a time, under the locks of everybody and everything that could be taken for it; nobody else can claim theirs until this
 * transaction ends. Throws `scheduling/slot-taken` where somebody has it and `scheduling/slot-not-offered` where it was never to be had.
 */
export async function findTime(tx: WorkspaceTx, wish: TimeWish): Promise<FoundTime[]> {
  const { service, start, movingBookingId } = wish
  requireSensible(start)
  const end = start.add({ minutes: service.duration_minutes })
  const people = await staffOf(tx, service.id, wish.staffId)
  const { resources } = await needsOf(tx, service.id)
  await lockHosts(tx, [...[...people, ...resources].map(({ id }) => id), ...(wish.alsoLock ?? [])])
  const hosts = await serviceHosts(tx, service, { from: start, to: end, staffId: wish.staffId, movingBookingId })
  const busyFrom = start.subtract({ minutes: service.buffer_before_minutes })
  const busyUntil = end.add({ minutes: service.buffer_after_minutes })

  const { free, taken } = wish.outsideHours
    ? await withoutOverlap(tx, hosts, busyFrom, busyUntil, movingBookingId)
    : offered(hosts, explainSlot(questionOf(hosts, tx.now, start, start.add({ seconds: 1 })), start))
  const staffIds = hosts.staff.map(({ id }) => id).filter((id) => free.has(id))
  const load = await loadOf(tx, [...staffIds, ...hosts.resources.map(({ id }) => id)], start)
  const choices = chooseResources({
    needs: hosts.needs,
    isFree: (id) => free.has(id),
    load: (id) => load.get(id) ?? 0,
    preferred: new Set(wish.preferred),
  })
  if (staffIds.length === 0 || choices.length === 0) {
    throw slotRefusal(taken ? 'scheduling/slot-taken' : 'scheduling/slot-not-offered', start)
  }
  const found = { start, end, busyFrom, busyUntil, zone: hosts.zone }
  const inTurn = fairOrder(staffIds, load)
  return choices.flatMap((resourceIds) => inTurn.map((staffId) => ({ staffId, resourceIds, ...found })))
}

/** Everybody and everything that is free, and whether a time that cannot be had could be, without other bookings. */
type Free = { readonly free: ReadonlySet<string>; readonly taken: boolean }

function offered(hosts: ServiceHosts, { open, hostIds, closed }: SlotExplanation): Free {
  if (open) return { free: new Set(hostIds), taken: false }
  const withoutBookings = new Set<string>([
    ...hostIds,
    ...closed.flatMap(({ hostId, reasons }) => (reasons.every(isTaken) ? [hostId] : [])),
  ])
  return { free: new Set(), taken: couldBeHad(hosts, withoutBookings) }
}

function couldBeHad({ hosts, groups }: ServiceHosts, able: ReadonlySet<string>): boolean {
  const asked = groups ?? [{ members: hosts.map(({ id }) => id), required: 1 }]
  return chooseHosts({ groups: asked, isFree: (id) => able.has(id) }).chosen
}

function fairOrder(staffIds: readonly StaffId[], load: ReadonlyMap<HostId, number>): StaffId[] {
  const inTurn: StaffId[] = []
  for (const remaining = new Set(staffIds); remaining.size > 0; ) {
    const choice = chooseHosts({ groups: [{ members: [...remaining], required: 1 }], isFree: () => true, load: (id) => load.get(id) ?? 0 })
    const next = choice.chosen ? choice.hostIds[0] : undefined
    if (next === undefined) break
    inTurn.push(next)
    remaining.delete(next)
  }
  return inTurn
}

/** Only another booking stands there: without it the time could be had. */
const isTaken = (reason: ClosedReason): boolean => (reason.code === 'busy' || reason.code === 'buffer') && isBookingRef(reason.busy.ref)

/**
 * Writes the claims of a booking, one insert in the order of ids; the exclusion constraint has the last word. `write` writes whatever the claims belong to first, for one
 * choice; where the constraint says no, its work is taken back and the next choice is tried.
 */
export async function claimTime<T>(
  tx: WorkspaceTx,
  found: readonly FoundTime[],
  write: (time: FoundTime) => Promise<{ bookingId: BookingId; expiresAt: Temporal.Instant | null; result: T }>,
): Promise<T> {
  for (const time of found) {
    await sql`savepoint claim_time`.execute(tx.db)
    try {
      const { bookingId, expiresAt, result } = await write(time)
      await freeExpiredHolds(tx, { hostIds: [time.staffId, ...time.resourceIds], from: time.busyFrom, until: time.busyUntil })
      const taken = [
        { claimed_id: time.staffId, staff_id: time.staffId, resource_id: null },
        ...time.resourceIds.map((id) => ({ claimed_id: id, staff_id: null, resource_id: id })),
      ]
      await tx.db
        .insertInto('claim')
        .values(
          taken
            .toSorted((a, b) => (a.claimed_id < b.claimed_id ? -1 : 1))
            .map((claimed) => ({
              workspace_id: tx.workspaceId,
              id: tx.newId(),
              ...claimed,
              booking_id: bookingId,
              busy_from: time.busyFrom,
              busy_until: time.busyUntil,
              active: true,
              expires_at: expiresAt,
            })),
        )
        .execute()
      await letGoOver(tx, [time.staffId, ...time.resourceIds], time)
      await sql`release savepoint claim_time`.execute(tx.db)
      return result
    } catch (error) {
      if (!isOverlap(error)) throw error
      await sql`rollback to savepoint claim_time`.execute(tx.db)
    }
  }
  const first = found[0]
  throw slotRefusal('scheduling/slot-taken', first ? first.start : tx.now)
}

/** The refusal of a time. Whoever answers adds the alternatives, asked after the rollback (offer-alternatives.ts). */
export function slotRefusal(type: 'scheduling/slot-taken' | 'scheduling/slot-not-offered', wanted: Temporal.Instant): Refusal {
  const why = type === 'scheduling/slot-taken' ? 'Another appointment has it.' : 'The business does not offer this time.'
  return new Refusal(type, { detail: `${why} Nothing was booked; choose another time.`, wanted: wanted.toString() })
}

/** Whether the database said that somebody has this time. */
export const isOverlap = (error: unknown): boolean => sqlState(error) === '23P01' && violatedConstraint(error) === 'no_double_booking'

/**
 * Takes the locks of people, rooms and devices in id order, in one statement. They only keep honest competitors from deadlocking and let the fair choice see the newest
 * load; the guarantee is the constraint. `shared` waits for those who are booking now without making anybody wait for it.
 */
export async function lockHosts(tx: WorkspaceTx, hostIds: readonly HostId[], mode: 'exclusive' | 'shared' = 'exclusive'): Promise<void> {
  const keys = [...new Set(hostIds)].sort().map((id) => `claim:${tx.workspaceId}:${id}`)
  if (keys.length === 0) return
  const lock = mode === 'shared' ? sql.raw('pg_advisory_xact_lock_shared') : sql.raw('pg_advisory_xact_lock')
  await sql`select ${lock}(hashtextextended(key, 0)) from unnest(${keys}::text[]) as key`.execute(tx.db)
}

/**
 * Ends the holds that have run out and lie in the way, with everything that they kept: a hold is free as a whole or not at all. Bookings are locked before their claims,
 * as everybody who changes one does.
 */
export async function freeExpiredHolds(
  tx: WorkspaceTx,
  { hostIds, from, until }: { readonly hostIds: readonly HostId[]; readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<void> {
  const inTheWay = await tx.db
    .selectFrom('claim')
    .select('booking_id')
    .distinct()
    .where('workspace_id', '=', tx.workspaceId)
    .where('claimed_id', 'in', hostIds)
    .where('active', '=', true)
    .where('busy_from', '<', until)
    .where('busy_until', '>', from)
    .where('expires_at', '<=', tx.now)
    .execute()
  if (inTheWay.length === 0) return
  const bookingIds = inTheWay.map((claim) => claim.booking_id)
  await lockBookings(tx, bookingIds)
  await tx.db
    .updateTable('claim')
    .set({ active: false })
    .where('workspace_id', '=', tx.workspaceId)
    .where('booking_id', 'in', bookingIds)
    .where('active', '=', true)
    .where('expires_at', '<=', tx.now)
    .execute()
  await endHolds(tx, bookingIds)
  await endRequests(tx, bookingIds)
}

async function withoutOverlap(
  tx: WorkspaceTx,
  { staff, resources, needs }: ServiceHosts,
  from: Temporal.Instant,
  to: Temporal.Instant,
  movingBookingId: BookingId | undefined,
): Promise<Free> {
  const staffIds = staff.map(({ id }) => id)
  const resourceIds = resources.map(({ id }) => id)
  const busy = await busyTimes(tx, { staffIds, resourceIds }, { from, to, movingBookingId })
  // Of a calendar that cannot be read nobody knows that the time is taken, and who fills in a page has not booked it: who books regardless of what is offered may.
  const isFree = (id: HostId) =>
    !(busy.get(id) ?? []).some(
      (time) =>
        !isUnreadRef(time.ref) && !isPageHoldRef(time.ref) && time.startMs < to.epochMilliseconds && time.endMs > from.epochMilliseconds,
    )
  const everything = chooseResources({ needs, isFree: () => true, load: () => 0 })
  return { free: new Set([...staffIds, ...resourceIds].filter(isFree)), taken: staffIds.length > 0 && everything.length > 0 }
}

async function loadOf(tx: WorkspaceTx, hostIds: readonly HostId[], around: Temporal.Instant): Promise<Map<HostId, number>> {
  if (hostIds.length < 2) return new Map()
  const hours = fairnessDays * 24
  const rows = await tx.db
    .selectFrom('claim')
    .select(['claimed_id', (select) => select.fn.countAll<number>().as('bookings')])
    .where('workspace_id', '=', tx.workspaceId)
    .where('claimed_id', 'in', hostIds)
    .where('active', '=', true)
    .where('busy_from', '>=', around.subtract({ hours }))
    .where('busy_from', '<', around.add({ hours }))
    .groupBy('claimed_id')
    .execute()
  return new Map(rows.map((row) => [row.claimed_id, Number(row.bookings)]))
}
