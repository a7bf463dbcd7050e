import type { Hours, HoursException, WeeklyBlock } from '@frontdesk/availability'
import type { StoredBlock, StoredException, StoredWeeklyBlock } from './staff.tables.ts'

/** What a person or a service has of its own: with `ownWeek` another week, and dates that differ. */
export type OwnHoursFacts = {
  readonly ownWeek: boolean
  readonly weekly: readonly StoredWeeklyBlock[]
  readonly exceptions: readonly StoredException[]
}

/**
 * The hours that hold for one person: her own week or the business's; on single dates the business's exceptions and holidays, then her own. For one date the later one
 * holds (packages/availability).
 */
export function hoursOfPerson(business: Hours, own: OwnHoursFacts | undefined): Hours {
  return {
    zone: business.zone,
    weekly: own?.ownWeek ? own.weekly.map(engineBlock) : business.weekly,
    exceptions: [...(business.exceptions ?? []), ...(own?.exceptions ?? []).map(engineException)],
  }
}

/** The hours of a service that has its own: its week and dates alone, because those of the people count beside them. A week left to the business is always open. */
export function hoursOfService(zone: string, own: OwnHoursFacts): Hours {
  const wholeWeek = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }))
  return { zone, weekly: own.ownWeek ? own.weekly.map(engineBlock) : wholeWeek, exceptions: own.exceptions.map(engineException) }
}

const engineBlock = ({ weekday, from, to }: StoredWeeklyBlock): WeeklyBlock => ({ weekday, start: from, end: to })

const engineException = (stored: StoredException): HoursException => ({
  date: Temporal.PlainDate.from(stored.date),
  blocks: stored.closed ? [] : stored.blocks.map(({ from, to }) => ({ start: from, end: to })),
  ...(stored.label === null ? {} : { label: stored.label }),
})

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** The path of the first block that overlaps another one of its week or its date. A block whose end is not after its start ends on the next day. */
export function overlappingBlocks(
  weekly: readonly StoredWeeklyBlock[],
  exceptions: readonly { readonly date: string; readonly closed: boolean; readonly blocks: readonly StoredBlock[] }[],
): string | undefined {
  const week = 7 * 1440
  const spans = weekly.map((block, index) => ({ path: `weekly.${index}`, ...spanOf(block, (block.weekday - 1) * 1440) }))
  // Sunday's night reaches into Monday.
  const overSunday = spans.filter((span) => span.end > week).map((span) => ({ path: span.path, start: 0, end: span.end - week }))
  const inWeek = firstOverlap([...spans, ...overSunday])
  if (inWeek !== undefined) return inWeek
  const dates = exceptions.map((exception) => exception.date)
  const twice = dates.findIndex((date, index) => dates.indexOf(date) !== index)
  if (twice !== -1) return `exceptions.${twice}`
  for (const [at, exception] of exceptions.entries()) {
    const found = firstOverlap(exception.blocks.map((block, index) => ({ path: `exceptions.${at}.blocks.${index}`, ...spanOf(block, 0) })))
    if (found !== undefined) return found
  }
  return undefined
}

function spanOf({ from, to }: StoredBlock, offset: number): { start: number; end: number } {
  const start = minutesOf(from)
  const end = minutesOf(to)
  return { start: offset + start, end: offset + (end > start ? end : end + 1440) }
}

function firstOverlap(spans: readonly { path: string; start: number; end: number }[]): string | undefined {
  const sorted = [...spans].sort((a, b) => a.start - b.start)
  const found = sorted.find((span, index) => index > 0 && span.start < (sorted[index - 1]?.end ?? 0))
  return found?.path
}
