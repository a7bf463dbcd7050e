import { type ClosedReason, chooseHosts, explainSlot } from '@frontdesk/availability'
import type { BookingId, StaffId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal, sqlState, violatedConstraint } from '../../platform/errors/index.ts'
import { isUnreadRef } from './calendars/external-busy.ts'
import { endHolds } from './end-holds.ts'
import { busyTimes, isBookingRef, questionOf, serviceHosts, staffOf } from './hosts.ts'
import { requireSensible } from './sensible-time.rules.ts'
import type { ServiceRow } from './service.tables.ts'

/** A wish for a person's time. */
export type TimeWish = {
  readonly service: ServiceRow
  readonly start: Temporal.Instant
  /** Only this person; otherwise the fairest free one. */
  readonly staffId?: StaffId | undefined
  /** Offered or not: hours, notice, horizon and step are not asked. Taken time stays taken. */
  readonly outsideHours: boolean
  /** The booking whose own time counts as free, because it moves away from there. */
  readonly movingBookingId?: BookingId | undefined
}

/** A person who was free for it, with the times a booking of it has. */
export type FoundTime = {
  readonly staffId: StaffId
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly busyFrom: Temporal.Instant
  readonly busyUntil: Temporal.Instant
  readonly zone: string
}

/** Claims around a moment that count towards a person's load. A week each way keeps the shares even without flooding whoever joined today. */
const fairnessDays = 7

/**
 * Finds a person for a time under the locks of everybody who could take it; nobody else can claim theirs until this transaction ends. Throws
 * `scheduling/slot-taken` where somebody has it and `scheduling/slot-not-offered` where it was never to be had.
 */
export async function findTime(tx: WorkspaceTx, wish: TimeWish, alsoLock: readonly StaffId[] = []): Promise<FoundTime[]> {
  const { service, start } = wish
  requireSensible(start)
  const end = start.add({ minutes: service.duration_minutes })
  const candidates = (await staffOf(tx, service.id, wish.staffId)).map((person) => person.id)
  await lockPeople(tx, [...candidates, ...alsoLock])
  const hosts = await serviceHosts(tx, service, { from: start, to: end, staffId: wish.staffId, movingBookingId: wish.movingBookingId })
  const busyFrom = start.subtract({ minutes: service.buffer_before_minutes })
  const busyUntil = end.add({ minutes: service.buffer_after_minutes })

  const offered = wish.outsideHours ? undefined : explainSlot(questionOf(hosts, tx.now, start, start.add({ seconds: 1 })), start)
  const freeIds: readonly string[] = offered
    ? offered.open
      ? offered.hostIds
      : []
    : await peopleWithoutOverlap(tx, candidates, busyFrom, busyUntil, wish.movingBookingId)
  const free = candidates.filter((id) => freeIds.includes(id))
  if (free.length === 0) {
    const taken = offered ? offered.closed.some(({ reasons }) => reasons.every(isTaken)) : candidates.length > 0
    throw slotRefusal(taken ? 'scheduling/slot-taken' : 'scheduling/slot-not-offered', start)
  }
  const load = await loadOf(tx, free, start)
  const inTurn: StaffId[] = []
  for (const remaining = new Set(free); remaining.size > 0; ) {
    const choice = chooseHosts({ groups: [{ members: [...remaining], required: 1 }], isFree: () => true, load: (id) => load.get(id) ?? 0 })
    const next = choice.chosen ? choice.hostIds[0] : undefined
    if (next === undefined) break
    inTurn.push(next)
    remaining.delete(next)
  }
  return inTurn.map((staffId) => ({ staffId, start, end, busyFrom, busyUntil, zone: hosts.zone }))
}

/** Only another booking stands there: without it the time could be had. */
const isTaken = (reason: ClosedReason): boolean => (reason.code === 'busy' || reason.code === 'buffer') && isBookingRef(reason.busy.ref)

/**
 * Writes the claim of a booking, one insert; the exclusion constraint has the last word. `attempt` writes whatever the claim belongs to first, for one person; where the
 * constraint says no, its work is taken back and the next free person is tried.
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
      await freeExpiredHolds(tx, time)
      await tx.db
        .insertInto('claim')
        .values({
          workspace_id: tx.workspaceId,
          id: tx.newId(),
          claimed_id: time.staffId,
          staff_id: time.staffId,
          booking_id: bookingId,
          busy_from: time.busyFrom,
          busy_until: time.busyUntil,
          active: true,
          expires_at: expiresAt,
        })
        .execute()
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

const isOverlap = (error: unknown): boolean => sqlState(error) === '23P01' && violatedConstraint(error) === 'no_double_booking'

/**
 * Takes the locks of people in id order, in one statement. They only keep honest competitors from deadlocking and let the fair choice see the newest load; the guarantee
 * is the constraint. `shared` waits for those who are booking now without making anybody wait for it.
 */
export async function lockPeople(tx: WorkspaceTx, staffIds: readonly StaffId[], mode: 'exclusive' | 'shared' = 'exclusive'): Promise<void> {
  const keys = [...new Set(staffIds)].sort().map((id) => `claim:${tx.workspaceId}:${id}`)
  if (keys.length === 0) return
  const lock = mode === 'shared' ? sql.raw('pg_advisory_xact_lock_shared') : sql.raw('pg_advisory_xact_lock')
  await sql`select ${lock}(hashtextextended(key, 0)) from unnest(${keys}::text[]) as key`.execute(tx.db)
}

/** Ends the holds that have run out and lie in the way. The use case that changes a state changes its claim with it. */
async function freeExpiredHolds(tx: WorkspaceTx, time: FoundTime): Promise<void> {
  const freed = await tx.db
    .updateTable('claim')
    .set({ active: false })
    .where('workspace_id', '=', tx.workspaceId)
    .where('claimed_id', '=', time.staffId)
    .where('active', '=', true)
    .where('busy_from', '<', time.busyUntil)
    .where('busy_until', '>', time.busyFrom)
    .where('expires_at', '<=', tx.now)
    .returning('booking_id')
    .execute()
  await endHolds(
    tx,
    freed.map((claim) => claim.booking_id),
  )
}

async function peopleWithoutOverlap(
  tx: WorkspaceTx,
  staffIds: readonly StaffId[],
  from: Temporal.Instant,
  to: Temporal.Instant,
  movingBookingId: BookingId | undefined,
): Promise<StaffId[]> {
  const busy = await busyTimes(tx, staffIds, { from, to, movingBookingId })
  // Of a calendar that cannot be read nobody knows that the time is taken: who books regardless of what is offered may.
  return staffIds.filter(
    (id) =>
      !(busy.get(id) ?? []).some(
        (time) => !isUnreadRef(time.ref) && time.startMs < to.epochMilliseconds && time.endMs > from.epochMilliseconds,
      ),
  )
}

async function loadOf(tx: WorkspaceTx, staffIds: readonly StaffId[], around: Temporal.Instant): Promise<Map<StaffId, number>> {
  if (staffIds.length < 2) return new Map()
  const hours = fairnessDays * 24
  const rows = await tx.db
    .selectFrom('claim')
    .select(['claimed_id', (select) => select.fn.countAll<number>().as('bookings')])
    .where('workspace_id', '=', tx.workspaceId)
    .where('claimed_id', 'in', staffIds)
    .where('active', '=', true)
    .where('busy_from', '>=', around.subtract({ hours }))
    .where('busy_from', '<', around.add({ hours }))
    .groupBy('claimed_id')
    .execute()
  return new Map(rows.map((row) => [row.claimed_id, Number(row.bookings)]))
}
