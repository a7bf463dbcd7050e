import type { BookingId, Principal, ResourceId, StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { enqueue } from '../../platform/jobs/index.ts'
import { recordTimeline } from '../contacts/index.ts'
import { wallClock } from './book-appointment.ts'
import type { BookingRow } from './booking.tables.ts'
import { bookingActor } from './booking-actor.rules.ts'
import { requireInTime } from './change-deadline.rules.ts'
import { claimTime, type FoundTime, findTime } from './claim-time.ts'
import { bookingById, lockBooking, requireLive, requireVersion } from './find-booking.ts'
import { serviceById } from './find-service.ts'
import { expireHoldJob, tellAboutBooking } from './jobs.ts'
import { waitForAnswer } from './requests/announce-request.ts'
import { requestAnswerBy } from './requests/request.rules.ts'
import { resourceIdsOf } from './resources/booked-resources.ts'
import { schedulingPolicy } from './scheduling.policy.ts'

export type RescheduleBooking = {
  readonly bookingId: BookingId
  readonly start: Temporal.Instant
  /** Only this person. Left out: the same one for a member; for the customer the same one if she is free, otherwise another. */
  readonly staffId?: StaffId | undefined
  /** Rooms and devices that are taken before others where they are free; left out: those it has. */
  readonly preferred?: readonly ResourceId[] | undefined
  readonly outsideHours: boolean
  readonly quiet: boolean
  /** The version that was read, where the caller read one. */
  readonly version?: number | undefined
}

/** Moves a booking: the old row ends, a new one points back, and the claim changes hands, all or nothing. */
export async function rescheduleBooking(tx: WorkspaceTx, by: Principal, wish: RescheduleBooking): Promise<BookingRow> {
  schedulingPolicy.require(by, by.kind === 'contact_link' ? 'link.change' : 'bookings.manage')
  const before = await bookingById(tx, wish.bookingId)
  const service = await serviceById(tx, before.service_id)
  requireLive(before)
  requireVersion(before, wish.version)
  const byCustomer = by.kind === 'contact_link'
  if (byCustomer) requireInTime(service, before, tx.now)
  if (byCustomer && wish.outsideHours) throw new Refusal('http/not-allowed')
  const staffId = wish.staffId ?? (byCustomer ? undefined : before.staff_id)
  if (before.starts_at.equals(wish.start) && (staffId ?? before.staff_id) === before.staff_id) return before

  const has = await resourceIdsOf(tx, before.id)
  const found = await findTime(tx, {
    service,
    start: wish.start,
    staffId,
    outsideHours: wish.outsideHours,
    movingBookingId: before.id,
    preferred: wish.preferred ?? has,
    alsoLock: [before.staff_id, ...has],
  })
  const locked = await lockBooking(tx, before.id)
  requireLive(locked)
  requireVersion(locked, wish.version ?? before.version)
  // Where the team wants to be asked, a time that the customer chose is asked for as the first one was.
  const asks = locked.status === 'pending' || (byCustomer && service.approval && locked.status === 'confirmed')
  const answerBy = asks ? requestAnswerBy(tx.now, wish.start, service.answer_minutes) : null
  const moved = await moveTo(tx, by, locked, samePersonFirst(found, locked.staff_id), { quiet: wish.quiet, answerBy })

  if (moved.status === 'pending') await waitForAnswer(tx, moved)
  if (moved.status === 'held' && moved.held_until)
    await enqueue(tx, expireHoldJob, { bookingId: moved.id }, { startAfter: moved.held_until })
  await recordTimeline(tx, {
    contactId: moved.contact_id,
    kind: 'booking.rescheduled',
    actor: by,
    subject: { type: 'booking', id: moved.id },
    summary: {
      key: 'booking.rescheduled',
      values: { service: service.name, start: moved.starts_at.toString(), previousStart: locked.starts_at.toString() },
    },
  })
  await emit(tx, 'booking.rescheduled', { bookingId: moved.id, previousBookingId: locked.id, contactId: moved.contact_id })
  if (moved.status !== 'held') await tellAboutBooking(tx, by, moved, 'rescheduled')
  return moved
}

const samePersonFirst = (found: readonly FoundTime[], staffId: StaffId): FoundTime[] => [
  ...found.filter((time) => time.staffId === staffId),
  ...found.filter((time) => time.staffId !== staffId),
]

type Moving = { readonly quiet: boolean /** Until when it is asked for. */; readonly answerBy: Temporal.Instant | null }

async function moveTo(
  tx: WorkspaceTx,
  by: Principal,
  old: BookingRow,
  found: readonly FoundTime[],
  { quiet, answerBy }: Moving,
): Promise<BookingRow> {
  const id = tx.newId<'booking'>()
  await claimTime(tx, found, async (time) => {
    await tx.db
      .updateTable('claim')
      .set({ active: false })
      .where('workspace_id', '=', tx.workspaceId)
      .where('booking_id', '=', old.id)
      .execute()
    await tx.db
      .updateTable('booking')
      .set({ status: 'rescheduled', held_until: null, updated_at: tx.now, version: old.version + 1 })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', old.id)
      .execute()
    await tx.db
      .insertInto('booking')
      .values({
        ...old,
        id,
        ...(answerBy ? { status: 'pending' as const, request_state: 'open' as const, answer_by: answerBy } : {}),
        staff_id: time.staffId,
        starts_at: time.start,
        ends_at: time.end,
        busy_from: time.busyFrom,
        busy_until: time.busyUntil,
        zone: time.zone,
        wall_start: wallClock(time.start, time.zone),
        previous_id: old.id,
        moved_by: bookingActor(by),
        sequence: old.sequence + 1,
        told_contact: -1,
        told_business: -1,
        quiet,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
      })
      .execute()
    return { bookingId: id, expiresAt: answerBy ?? old.held_until, result: undefined }
  })
  return bookingById(tx, id)
}
