import type { BookingId, EventType, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit, type Subscriber, subscribe } from '../../../platform/events/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { businessFacts } from '../business.ts'
import { bookingById } from '../find-booking.ts'
import { closeOffer, lockEntry, setEntry } from './find-entry.ts'
import { lookAtWaitlist } from './offer-job.ts'
import { rememberWaitlist } from './remember-waitlist.ts'
import { missedAtMost, suits } from './waitlist.rules.ts'
import type { WaitlistOfferRow } from './waitlist.tables.ts'

const us = (tx: WorkspaceTx): Principal => ({ kind: 'system', workspaceId: tx.workspaceId, job: 'scheduling.offer-waitlist' })

/** An offer follows its hold: confirmed by the team it is accepted, run out it is over, taken away it is withdrawn. Looks at the booking as it stands now, so order and repetition do not matter. */
export async function settleOffer(tx: WorkspaceTx, bookingId: BookingId): Promise<void> {
  const offer = await tx.db
    .selectFrom('waitlist_offer')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('booking_id', '=', bookingId)
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (!offer) return
  const hold = await bookingById(tx, offer.booking_id)
  switch (hold.status) {
    case 'held':
      return
    case 'rescheduled':
      return follow(tx, offer, hold)
    case 'confirmed':
    case 'pending':
    case 'attended':
    case 'no_show':
      return accepted(tx, offer)
    case 'expired':
      return missed(tx, offer)
    case 'cancelled':
      if (!(await closeOffer(tx, offer.id, 'withdrawn'))) return
      return waitAgain(tx, offer)
  }
}

/** The team moved the hold: the offer is of its new time. */
async function follow(tx: WorkspaceTx, offer: WaitlistOfferRow, from: BookingRow): Promise<void> {
  const moved = await tx.db
    .selectFrom('booking')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('previous_id', '=', from.id)
    .executeTakeFirst()
  if (!moved) return
  await tx.db
    .updateTable('waitlist_offer')
    .set({ booking_id: moved.id, starts_at: moved.starts_at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', offer.id)
    .execute()
  await settleOffer(tx, moved.id)
}

async function accepted(tx: WorkspaceTx, offer: WaitlistOfferRow): Promise<void> {
  if (!(await closeOffer(tx, offer.id, 'accepted'))) return
  const entry = await lockEntry(tx, offer.entry_id)
  await setEntry(tx, entry, { state: 'booked', missed: 0, ended_at: tx.now })
  await emit(tx, 'waitlist.answered', {
    entryId: entry.id,
    bookingId: offer.booking_id,
    contactId: entry.contact_id,
    state: 'accepted',
  })
}

async function missed(tx: WorkspaceTx, offer: WaitlistOfferRow): Promise<void> {
  if (!(await closeOffer(tx, offer.id, 'expired'))) return
  const entry = await lockEntry(tx, offer.entry_id)
  if (entry.state === 'offered') {
    const count = entry.missed + 1
    const over = count >= missedAtMost
    await setEntry(tx, entry, { missed: count, state: over ? 'over' : 'waiting', ended_at: over ? tx.now : null })
  }
  await rememberWaitlist(tx, us(tx), 'waitlist.missed', entry, offer.starts_at)
  await emit(tx, 'waitlist.answered', { entryId: entry.id, bookingId: offer.booking_id, contactId: entry.contact_id, state: 'expired' })
}

async function waitAgain(tx: WorkspaceTx, offer: WaitlistOfferRow): Promise<void> {
  const entry = await lockEntry(tx, offer.entry_id)
  if (entry.state === 'offered') await setEntry(tx, entry, { state: 'waiting' })
  await emit(tx, 'waitlist.changed', { entryId: entry.id, contactId: entry.contact_id })
}

/** Whoever found a time that suits by herself waits for it no more. */
async function foundItself(tx: WorkspaceTx, bookingId: BookingId): Promise<void> {
  const booking = await bookingById(tx, bookingId)
  if (booking.status !== 'confirmed') return
  const waiting = await tx.db
    .selectFrom('waitlist_entry')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', booking.contact_id)
    .where('service_id', '=', booking.service_id)
    .where('state', '=', 'waiting')
    .forUpdate()
    .execute()
  const { zone } = await businessFacts(tx)
  for (const entry of waiting) {
    const withHer = entry.staff_id === null || entry.staff_id === booking.staff_id
    if (!withHer || !suits(entry, booking.starts_at, entry.contact_zone ?? zone)) continue
    await setEntry(tx, entry, { state: 'booked', ended_at: tx.now })
    await emit(tx, 'waitlist.changed', { entryId: entry.id, contactId: entry.contact_id })
  }
}

/** What frees a time, at once or so that it may be taken back for some seconds. */
const frees = [
  ['hold.expired', 'scheduling.waitlist-after-hold', false],
  ['booking.lapsed', 'scheduling.waitlist-after-request', false],
  ['booking.refused', 'scheduling.waitlist-after-refusing', true],
  ['booking.cancelled', 'scheduling.waitlist-after-cancelling', true],
  ['booking.rescheduled', 'scheduling.waitlist-after-moving', true],
  ['booking.confirmed', 'scheduling.waitlist-after-booking', false],
] as const

/** What may change which times there are. */
const changes = [
  ['time_off.changed', 'scheduling.waitlist-after-time-off'],
  ['opening_hours.changed', 'scheduling.waitlist-after-hours'],
  ['staff.changed', 'scheduling.waitlist-after-staff'],
  ['resource.changed', 'scheduling.waitlist-after-resource'],
  ['booking.resources_changed', 'scheduling.waitlist-after-resources'],
  ['service.changed', 'scheduling.waitlist-after-service'],
  ['calendar_link.changed', 'scheduling.waitlist-after-calendar'],
] as const satisfies readonly (readonly [EventType, string])[]

/** Waitlists follow bookings, holds and hours. */
export const followTimes: readonly Subscriber[] = [
  ...frees.map(([event, name, later]) =>
    subscribe(event, {
      name,
      run: (context, { payload }) =>
        context
          .inWorkspace(async (tx) => {
            const told: { readonly bookingId: string; readonly previousBookingId?: string } = payload
            if (told.previousBookingId) await settleOffer(tx, told.previousBookingId as BookingId)
            await settleOffer(tx, told.bookingId as BookingId)
            if (event === 'booking.confirmed') await foundItself(tx, told.bookingId as BookingId)
            else await lookAtWaitlist(tx, later)
          })
          .then(() => undefined),
    }),
  ),
  ...changes.map(([event, name]) =>
    subscribe(event, {
      name,
      run: (context) => context.inWorkspace((tx) => lookAtWaitlist(tx, true)).then(() => undefined),
    }),
  ),
  subscribe('waitlist.joined', {
    name: 'scheduling.waitlist-after-joining',
    run: (context) => context.inWorkspace((tx) => lookAtWaitlist(tx)).then(() => undefined),
  }),
  subscribe('waitlist.changed', {
    name: 'scheduling.waitlist-after-change',
    run: (context) => context.inWorkspace((tx) => lookAtWaitlist(tx)).then(() => undefined),
  }),
]
