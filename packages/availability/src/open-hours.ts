import { expandHours } from './expand-hours.ts'
import { AvailabilityError, dayMs, limits } from './refusal.ts'
import type { Hours } from './types.ts'
import { zoneClock } from './zone-clock.ts'

/** When the hours are open within `[from, to)`, as instants in order; for painting a calendar. Throws `AvailabilityError`. */
export function openHours(
  hours: Hours,
  from: Temporal.Instant,
  to: Temporal.Instant,
): readonly { readonly startMs: number; readonly endMs: number }[] {
  const fromMs = from.epochMilliseconds
  const toMs = to.epochMilliseconds
  if (toMs <= fromMs) throw new AvailabilityError('empty_range', 'The range asked is empty: its end must lie after its start.')
  if (toMs - fromMs > limits.days * dayMs) {
    throw new AvailabilityError('range_too_long', `The range asked is longer than ${limits.days} days. Ask for less at a time.`, {
      days: limits.days,
    })
  }
  const open = expandHours(hours, zoneClock(hours.zone, fromMs - 3 * dayMs, toMs + 3 * dayMs), fromMs, toMs)
  return open.flatMap((startMs, index) => (index % 2 === 0 ? { startMs, endMs: open[index + 1] ?? startMs } : []))
}
