import type { CalendarCopyRow } from './calendar.tables.ts'
import type { CalendarEvent } from './parse-calendar.ts'

/** What became of a booking that was written into a calendar elsewhere. */
export type CopyChange =
  | { readonly state: 'written' | 'deleted' }
  | { readonly state: 'moved'; readonly startMs: number; readonly endMs: number }

type Copy = Pick<CalendarCopyRow, 'thread_id' | 'starts_at' | 'ends_at' | 'written_at' | 'state' | 'their_start' | 'their_end'>

/**
 * Compares a booking with the event of it in the other calendar. `askedAt` is when that was read: what was written afterwards cannot stand in it yet. Undefined where nothing is new.
 */
export function changeOf(copy: Copy, events: readonly CalendarEvent[], askedAt: Temporal.Instant): CopyChange | undefined {
  const event = events.find(({ uid, replaces }) => uid === copy.thread_id && replaces === null)
  return changeTo(copy, event?.takesTime ? timesOf(event) : null, askedAt)
}

/** The same for the times at which it stands there; null where it does not. */
export function changeTo(
  copy: Copy,
  there: { readonly startMs: number; readonly endMs: number } | null,
  askedAt: Temporal.Instant,
): CopyChange | undefined {
  if (Temporal.Instant.compare(copy.written_at, askedAt) >= 0) return undefined
  if (!there) return copy.state === 'deleted' ? undefined : { state: 'deleted' }
  const { startMs, endMs } = there
  if (startMs === copy.starts_at.epochMilliseconds && endMs === copy.ends_at.epochMilliseconds)
    return copy.state === 'written' ? undefined : { state: 'written' }
  const known = copy.their_start?.epochMilliseconds === startMs && copy.their_end?.epochMilliseconds === endMs
  return known ? undefined : { state: 'moved', startMs, endMs }
}

/** Whether an event of ours stands there at another time than here. */
export const standsElsewhere = (copy: Pick<Copy, 'starts_at' | 'ends_at'>, event: CalendarEvent): boolean => {
  const { startMs, endMs } = timesOf(event)
  return startMs !== copy.starts_at.epochMilliseconds || endMs !== copy.ends_at.epochMilliseconds
}

function timesOf({ start, length }: CalendarEvent): { startMs: number; endMs: number } {
  const startMs = start.zone.toMs(start.wallMs)
  return { startMs, endMs: 'days' in length ? start.zone.toMs(start.wallMs + length.days * 86_400_000) : startMs + length.ms }
}
