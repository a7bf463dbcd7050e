import { isForAll } from './column-blocks.ts'
import type { Booking, Slot, TimeOff } from './queries.ts'

/** Where a dragged booking was let go. */
export type Drop = { readonly start: string; readonly end: string; readonly staffId: string }

/**
 * What is known about a place before the server is asked: `offered` can be had; `outside` and `past` can be had if somebody insists; the rest cannot.
 */
export type Verdict =
  | { readonly kind: 'same' | 'offered' | 'outside' | 'past' | 'notGiven' }
  | { readonly kind: 'booked'; readonly by: Booking }
  | { readonly kind: 'timeOff'; readonly by: TimeOff }
  /** The server knew better, and said so. */
  | { readonly kind: 'refused'; readonly because: string }

/** What is known while somebody drags. */
export type Known = {
  readonly booking: Booking
  readonly bookings: readonly Booking[]
  readonly timeOff: readonly TimeOff[]
  /** The starts on offer; nothing as long as they are on their way. */
  readonly slots: readonly Slot[] | undefined
  /** Who gives the service; nothing where it is not known. */
  readonly givenBy: readonly string[] | undefined
  readonly now: number
}

/** Says whether a booking may be put there, and what stands in the way. The server decides in the end; this is so that nobody has to let go to find out. */
export function judgeDrop(drop: Drop, { booking, bookings, timeOff, slots, givenBy, now }: Known): Verdict {
  if (at(drop.start) === at(booking.start) && drop.staffId === booking.staff.id) return { kind: 'same' }
  if (givenBy && !givenBy.includes(drop.staffId)) return { kind: 'notGiven' }
  // Before and after an appointment nobody else can have the time either.
  const from = at(drop.start) - (at(booking.start) - at(booking.busyFrom))
  const until = at(drop.end) + (at(booking.busyUntil) - at(booking.end))
  const other = bookings.find(
    (one) =>
      one.id !== booking.id &&
      one.staff.id === drop.staffId &&
      !over.has(one.status) &&
      at(one.busyFrom) < until &&
      from < at(one.busyUntil),
  )
  if (other) return { kind: 'booked', by: other }
  const off = timeOff.find(
    (one) => (isForAll(one) || one.staffId === drop.staffId) && at(one.start) < at(drop.end) && at(drop.start) < at(one.end),
  )
  if (off) return { kind: 'timeOff', by: off }
  if (at(drop.start) < now) return { kind: 'past' }
  return isOffered(drop, slots) ? { kind: 'offered' } : { kind: 'outside' }
}

/** Whether a verdict lets a booking be put there, at least for somebody who insists. */
export const canInsist = ({ kind }: Verdict): boolean => kind === 'outside' || kind === 'past'

/** The next starts that can be had instead: the same person, from the wished time on; where there are none, the last ones before it. */
export function nextFree(
  wish: { readonly start: string; readonly staffId?: string | undefined },
  slots: readonly Slot[],
  most = 3,
): readonly Slot[] {
  const free = slots
    .filter((slot) => wish.staffId === undefined || slot.staffIds.some((id) => id === wish.staffId))
    .toSorted((a, b) => at(a.start) - at(b.start))
  const after = free.filter((slot) => at(slot.start) >= at(wish.start))
  return after.length > 0 ? after.slice(0, most) : free.slice(-most)
}

const over: ReadonlySet<string> = new Set(['cancelled', 'rescheduled', 'expired', 'no_show'])
const at = (instant: string): number => Date.parse(instant)
const isOffered = (drop: Drop, slots: readonly Slot[] | undefined): boolean =>
  slots === undefined || slots.some((slot) => at(slot.start) === at(drop.start) && slot.staffIds.some((id) => id === drop.staffId))
