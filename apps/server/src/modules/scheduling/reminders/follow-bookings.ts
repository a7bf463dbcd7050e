import type { BookingId } from '@frontdesk/contract'
import { type Subscriber, type SubscriberContext, subscribe } from '../../../platform/events/index.ts'
import { planBooking } from './plan-reminders.ts'

type Told = { readonly at: string; readonly payload: { readonly bookingId: string; readonly previousBookingId?: string } }

async function plan(context: SubscriberContext, { at, payload }: Told): Promise<void> {
  await context.inWorkspace(async (tx) => {
    const asOf = Temporal.Instant.from(at)
    if (payload.previousBookingId) await planBooking(tx, payload.previousBookingId as BookingId, asOf)
    await planBooking(tx, payload.bookingId as BookingId, asOf)
  })
}

/** Reminders move with the booking and end with it. */
export const followBookings: readonly Subscriber[] = (
  [
    ['booking.confirmed', 'scheduling.remind-of-booking'],
    ['booking.rescheduled', 'scheduling.remind-of-move'],
    ['booking.cancelled', 'scheduling.remind-no-more'],
    ['booking.restored', 'scheduling.remind-after-all'],
    ['booking.missed', 'scheduling.ask-no-more'],
    ['booking.attended', 'scheduling.ask-after-visit'],
  ] as const
).map(([event, name]) =>
  subscribe(event, {
    name,
    run: (context, { at, payload }) => plan(context, { at, payload }),
  }),
)
