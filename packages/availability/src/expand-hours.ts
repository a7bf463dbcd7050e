import type { Intervals } from './intervals.ts'
import { intersect, normalise, subtract } from './intervals.ts'
import { AvailabilityError, dayMs, minuteMs } from './refusal.ts'
import type { Block, Hours, HoursException, WallTime } from './types.ts'
import type { ZoneClock } from './zone-clock.ts'
import { instantOf, localDayOf } from './zone-clock.ts'

/** Minutes from the midnight of the day a block starts on; a block over midnight ends beyond 1440. */
type MinuteBlock = { readonly start: number; readonly end: number }

/** Hours expanded to instants over a bounded time. */
export type ExpandedHours = {
  readonly open: Intervals
  /** What an exception took away from the weekly hours, exception by exception. */
  readonly takenAway: readonly { readonly exception: HoursException; readonly pieces: Intervals }[]
}

/** The instants in `[fromMs, toMs)` at which the hours are open: rule → local dates → instants. */
export function expandHours(hours: Hours, clock: ZoneClock, fromMs: number, toMs: number): Intervals {
  const { weekly, exceptions } = readHours(hours)
  const pairs: number[] = []
  forEachDay(clock, fromMs, toMs, (day, weekday) => {
    for (const block of exceptions.get(day)?.blocks ?? weekly[weekday] ?? []) pushBlock(pairs, clock, day, block)
  })
  return intersect(normalise(pairs), [fromMs, toMs])
}

/** The same, with what each exception took away; for explanations. */
export function expandHoursWithReasons(hours: Hours, clock: ZoneClock, fromMs: number, toMs: number): ExpandedHours {
  const open = expandHours(hours, clock, fromMs, toMs)
  const { weekly, exceptions } = readHours(hours)
  const takenAway: { exception: HoursException; pieces: Intervals }[] = []
  forEachDay(clock, fromMs, toMs, (day, weekday) => {
    const other = exceptions.get(day)
    if (!other) return
    const usual: number[] = []
    for (const block of weekly[weekday] ?? []) pushBlock(usual, clock, day, block)
    const pieces = subtract(intersect(normalise(usual), [fromMs, toMs]), open)
    if (pieces.length > 0) takenAway.push({ exception: other.exception, pieces })
  })
  return { open, takenAway }
}

type ReadHours = {
  /** By ISO weekday. */
  readonly weekly: readonly (readonly MinuteBlock[])[]
  /** By number of the local day. */
  readonly exceptions: ReadonlyMap<number, { readonly exception: HoursException; readonly blocks: readonly MinuteBlock[] }>
}

function readHours(hours: Hours): ReadHours {
  const weekly: MinuteBlock[][] = [[], [], [], [], [], [], [], []]
  for (const block of hours.weekly) {
    const blocksOfDay = block.weekday === 0 ? undefined : weekly[block.weekday]
    if (!blocksOfDay) {
      throw new AvailabilityError('bad_weekday', `A weekday is a number from 1 (Monday) to 7 (Sunday), not ${block.weekday}.`, {
        weekday: block.weekday,
      })
    }
    blocksOfDay.push(readBlock(block))
  }
  const exceptions = new Map<number, { exception: HoursException; blocks: MinuteBlock[] }>()
  for (const exception of hours.exceptions ?? [])
    exceptions.set(dayNumber(exception.date), { exception, blocks: exception.blocks.map(readBlock) })
  return { weekly, exceptions }
}

function readBlock(block: Block): MinuteBlock {
  const start = readTime(block.start, 1439)
  const end = readTime(block.end, 1440)
  if (start === end) {
    throw new AvailabilityError('bad_time', `Hours from ${block.start} to ${block.end} are empty. The whole day is 00:00 to 24:00.`, {
      time: block.start,
    })
  }
  return { start, end: end > start ? end : end + 1440 }
}

function readTime(time: WallTime, most: number): number {
  const match = /^(\d\d):([0-5]\d)(:00(\.0+)?)?$/.exec(time)
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN
  if (minutes <= most) return minutes
  throw new AvailabilityError('bad_time', `"${time}" is not a time of day such as 09:00.`, { time })
}

function pushBlock(pairs: number[], clock: ZoneClock, day: number, block: MinuteBlock): void {
  const midnight = day * dayMs
  pairs.push(instantOf(clock, midnight + block.start * minuteMs, 'first'), instantOf(clock, midnight + block.end * minuteMs, 'last'))
}

/** Walks the local dates whose blocks can reach into the range: a block runs over midnight, and a gap can move it by a day (Apia, 2011). */
function forEachDay(clock: ZoneClock, fromMs: number, toMs: number, visit: (day: number, isoWeekday: number) => void): void {
  const last = localDayOf(clock, toMs) + 1
  // Day 0, 1 January 1970, was a Thursday.
  for (let day = localDayOf(clock, fromMs) - 2; day <= last; day++) visit(day, ((((day + 3) % 7) + 7) % 7) + 1)
}

function dayNumber(date: Temporal.PlainDate): number {
  return date.toZonedDateTime('UTC').epochMilliseconds / dayMs
}
