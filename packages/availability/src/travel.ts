import type { Prepared } from './prepare.ts'
import { AvailabilityError, minuteMs } from './refusal.ts'
import type { Busy, Host } from './types.ts'

/** A stretch of starts `[startMs, endMs)` at which the way from or to `busy` would be too long. */
export type VisitJourney = (startMs: number, endMs: number, side: 'before' | 'after', minutes: number, busy: Busy) => void

type Placed = { readonly busy: Busy; readonly place: string }

/**
 * Finds the starts to which a host would come too late, or after which she would come too late elsewhere. Travel lies between the buffers of two
 * bookings that follow each other; taken time without a place, a break or a private entry, neither helps nor hinders on the way.
 */
export function eachJourney(host: Host, at: Prepared, visit: VisitJourney): void {
  const { place, travelMinutes } = at
  if (place === undefined || !travelMinutes) return
  const placed = host.busy.flatMap((busy): Placed[] =>
    busy.booking?.place === undefined || busy.startMs === busy.endMs ? [] : [{ busy, place: busy.booking.place }],
  )
  if (placed.length === 0) return
  const minutesBetween = (from: string, to: string): number => checkedMinutes(travelMinutes(from, to), from, to)

  // The booking before a start is the one that ends last of those that have ended when the buffer before begins.
  placed.sort((a, b) => a.busy.endMs - b.busy.endMs || a.busy.startMs - b.busy.startMs)
  placed.forEach(({ busy, place: from }, index) => {
    const minutes = minutesBetween(from, place)
    const until = Math.min(busy.endMs + minutes * minuteMs, placed[index + 1]?.busy.endMs ?? Number.POSITIVE_INFINITY)
    if (busy.endMs < until) visit(busy.endMs + at.beforeMs, until + at.beforeMs, 'before', minutes, busy)
  })

  // The booking after it is the one that starts first of those that have not started when the buffer after ends.
  placed.sort((a, b) => a.busy.startMs - b.busy.startMs || a.busy.endMs - b.busy.endMs)
  const reach = at.durationMs + at.afterMs
  placed.forEach(({ busy, place: to }, index) => {
    const minutes = minutesBetween(place, to)
    const since = Math.max(busy.startMs - minutes * minuteMs, placed[index - 1]?.busy.startMs ?? Number.NEGATIVE_INFINITY)
    if (since < busy.startMs) visit(since + 1 - reach, busy.startMs + 1 - reach, 'after', minutes, busy)
  })
}

function checkedMinutes(minutes: number, from: string, to: string): number {
  if (minutes >= 0) return minutes === Number.POSITIVE_INFINITY ? minutes : Math.ceil(minutes)
  throw new AvailabilityError('bad_travel', `The way from ${from} to ${to} cannot take ${minutes} minutes.`, { from, to, minutes })
}
