import type { CalendarFailure } from '@frontdesk/contract'
import type { z } from 'zod'
import { CalendarFailed } from '../calendar-failed.ts'

/** More pages than any calendar of a person has. */
const mostPages = 60

/** One page of a list. */
export type GoOn<Item> = { readonly items: readonly Item[]; readonly next: string | undefined }

/** Goes through a list page by page. Throws `CalendarFailed` where it does not end. */
export async function goThrough<Item>(page: (token: string | undefined) => Promise<GoOn<Item>>): Promise<Item[]> {
  const items: Item[] = []
  let token: string | undefined
  for (let at = 0; at < mostPages; at += 1) {
    const { items: more, next } = await page(token)
    items.push(...more)
    if (next === undefined) return items
    token = next
  }
  throw new CalendarFailed('too_large')
}

/** The body of an answer that is as documented. Throws `CalendarFailed` for every other one. */
export function requireFine<Shape extends z.ZodType>(
  { status, body }: { readonly status: number; readonly body: unknown },
  shape: Shape,
): z.output<Shape> {
  if (status >= 400) throw new CalendarFailed(whyOf(status))
  const read = shape.safeParse(body)
  if (!read.success) throw new CalendarFailed('not_a_calendar')
  return read.data
}

function whyOf(status: number): CalendarFailure {
  if (status === 401) return 'signed_out'
  if (status === 403) return 'access_denied'
  return status === 404 || status === 410 ? 'not_found' : 'server_error'
}

/** A moment in milliseconds; undefined for what is none. */
export function asInstant(text: string): number | undefined {
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    return undefined
  }
}

/** When a day begins in a zone, in milliseconds; undefined for what is no day, or no zone. */
export function wallMidnight(date: string, zone: string): number | undefined {
  try {
    return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds
  } catch {
    return undefined
  }
}
