import { type CalendarId, type DayNumber, dateParts, holidayNames, weekdayOf } from '@frontdesk/deadlines'
import type { Facts, WallWindow } from './facts.ts'
import { bothOpen, dayMs, type Minutes, type OpenTimes, openTimes } from './open-times.ts'
import { locate, type Where, whereKey } from './places.ts'
import { erasOf, type Plan, planOf } from './plan.ts'
import type { DayHours, HoursRule, Rule, Rulebook } from './rulebook.ts'
import { channels, purposeOf, purposes, type Touch, voices } from './touch.ts'
import { type Stretch, stretchesOf } from './zone-clock.ts'

/** How far ahead the next allowed moment is looked for. */
export const horizonMs = 60 * dayMs

/** Open times are worked out for 32 days of asking at once, and 62 more to look ahead. */
const blockMs = 32 * dayMs
const spanMs = blockMs + 62 * dayMs
/** What is remembered is thrown away as a whole when it gets this big; working it out again is cheap. */
const mostRemembered = 20_000
const mostBlocks = 12

/** A rulebook with what was worked out from it: places, plans, clocks and open times. Only derived from its arguments, so it can be forgotten at any time. */
export type Prepared = {
  readonly rulebook: Rulebook
  readonly eras: readonly number[]
  readonly wheres: Map<string, Where>
  readonly plans: Map<number, Plan>
  readonly clocks: Map<string, readonly Stretch[]>
  readonly times: Map<string, OpenTimes>
  readonly ownKeys: Map<string, number>
  /** Numbers for what is remembered; none is given twice, also after something was forgotten. */
  readonly ids: { readonly next: () => number }
  readonly holidays: Map<string, ReadonlyMap<DayNumber, string>>
}

const prepared = new WeakMap<Rulebook, Prepared>()

/** What was worked out from a rulebook so far, shared by all who ask with it. */
export function prepare(rulebook: Rulebook): Prepared {
  const known = prepared.get(rulebook)
  if (known) return known
  let last = 0
  const fresh: Prepared = {
    rulebook,
    eras: erasOf(rulebook),
    wheres: new Map(),
    plans: new Map(),
    clocks: new Map(),
    times: new Map(),
    ownKeys: new Map(),
    ids: { next: () => ++last },
    holidays: new Map(),
  }
  prepared.set(rulebook, fresh)
  return fresh
}

/** Where she may be. */
export function whereOf({ wheres, plans, times, rulebook, ids }: Prepared, touch: Touch, facts: Facts): Where {
  const key = whereKey(touch.channel, facts)
  const known = wheres.get(key)
  if (known) return known
  if (wheres.size >= mostRemembered) for (const memory of [wheres, plans, times]) memory.clear()
  const where = locate(ids.next(), touch.channel, facts, rulebook)
  wheres.set(key, where)
  return where
}

const channelNumber = Object.fromEntries(channels.map((channel, place) => [channel, place])) as { readonly [C in Touch['channel']]: number }
const purposeNumber = Object.fromEntries(purposes.map((purpose, place) => [purpose, place])) as { readonly [P in Touch['purpose']]: number }
const voiceNumber = Object.fromEntries(voices.map((voice, place) => [voice, place])) as { readonly [name: string]: number }
const typeNumber = Object.fromEntries(Object.keys(purposeOf).map((type, place) => [type, place])) as { readonly [name: string]: number }

/** The rules for this kind of touch there and then. */
export function planFor({ plans, eras, rulebook }: Prepared, where: Where, touch: Touch, atMs: number): Plan {
  let era = 0
  while (era < eras.length && (eras[era] as number) <= atMs) era += 1
  const way =
    touch.channel === 'call'
      ? 8 + (voiceNumber[touch.voice] ?? 0) * 2 + (touch.dialing === 'automatic' ? 1 : 0)
      : channelNumber[touch.channel]
  const kind = (way * 8 + purposeNumber[touch.purpose]) * 32 + (typeNumber[touch.about.type] ?? 0)
  const key = (where.id * 64 + era) * 4096 + kind
  const known = plans.get(key)
  if (known) return known
  if (plans.size >= mostRemembered) plans.clear()
  const plan = planOf(rulebook, where, touch, atMs)
  plans.set(key, plan)
  return plan
}

/** The span for which open times around an instant are known; from it on there are at least 62 days. */
export const blockOf = (ms: number): number => Math.floor(ms / blockMs)

/** When every hours rule of a plan is open in every zone. */
export function lawTimes(of: Prepared, where: Where, { hours, lawTimes: known }: Plan, block: number): OpenTimes {
  const before = known.get(block)
  if (before) return before
  const times = hours
    .flatMap((rule) => where.zones.map((zone) => ruleTimes(of, rule, zone, block)))
    .reduce(bothOpen, [block * blockMs, block * blockMs + spanMs])
  if (known.size >= mostBlocks) known.clear()
  known.set(block, times)
  return times
}

/** When one hours rule is open in one zone. */
export function ruleTimes(of: Prepared, rule: Rule & HoursRule, zone: string, block: number): OpenTimes {
  return remembered(of, `${rule.id} ${zone} ${block}`, () =>
    openTimes(clockOf(of, zone, block), block * blockMs, block * blockMs + spanMs, (day) => {
      const hours = ruleHours(of, rule, day)
      return hours ? [hours] : []
    }),
  )
}

/** The hours of one rule on one local day. */
function ruleHours(of: Prepared, { week, holidays }: HoursRule, day: DayNumber): DayHours {
  if (holidays !== undefined && holidayOf(of, [holidays], day) !== undefined) return null
  return week[weekdayOf(day) - 1] ?? null
}

/** Why the law closes a local day: Sunday, Saturday or the holiday by name; undefined where it is open at some hour. */
export function closedDay(of: Prepared, rule: HoursRule, day: DayNumber): string | undefined {
  const holiday = rule.holidays === undefined ? undefined : holidayOf(of, [rule.holidays], day)
  if (holiday !== undefined) return holiday
  return rule.week[weekdayOf(day) - 1] === null ? (weekdayOf(day) === 7 ? 'sunday' : 'saturday') : undefined
}

/** What somebody wants for herself: hours in which she may be reached, others in which not, days that are closed. */
export type OwnTimes = {
  readonly hours?: readonly WallWindow[] | undefined
  readonly quiet?: readonly WallWindow[] | undefined
  readonly sundaysOff?: boolean | undefined
  readonly holidaysOff?: boolean | undefined
}

/** The number by which own times are remembered; undefined where they ask for nothing. Equal wishes share one. */
export function ownKey({ ownKeys, times, ids }: Prepared, own: OwnTimes): number | undefined {
  if (!own.hours && !own.quiet && !own.sundaysOff && !own.holidaysOff) return undefined
  const known = keyOfWish.get(own)
  if (known?.keys === ownKeys) return known.key
  const text = JSON.stringify([own.hours, own.quiet, own.sundaysOff, own.holidaysOff])
  if (ownKeys.size >= mostRemembered) for (const memory of [ownKeys, times]) memory.clear()
  const key = ownKeys.get(text) ?? ids.next()
  ownKeys.set(text, key)
  keyOfWish.set(own, { keys: ownKeys, key })
  return key
}
const keyOfWish = new WeakMap<OwnTimes, { readonly keys: Map<string, number>; readonly key: number }>()

/** When own times are open in all of the zones; `key` tells them and the zones apart from all others. */
export function ownTimes(
  of: Prepared,
  own: OwnTimes,
  key: string,
  { zones, calendars }: Pick<Where, 'zones' | 'calendars'>,
  block: number,
): OpenTimes {
  return remembered(of, `${key} ${block}`, () =>
    zones
      .map((zone) =>
        openTimes(clockOf(of, zone, block), block * blockMs, block * blockMs + spanMs, (day) => {
          if (own.sundaysOff && weekdayOf(day) === 7) return []
          if (own.holidaysOff && holidayOf(of, calendars, day) !== undefined) return []
          const open = own.hours ? minutesOf(own.hours, day) : wholeDay
          return own.quiet ? without(open, minutesOf(own.quiet, day)) : open
        }),
      )
      .reduce(bothOpen, [block * blockMs, block * blockMs + spanMs]),
  )
}

const wholeDay: Minutes = [[0, 1440]]

/** The minutes of one day under windows that may run past midnight: what begins on a weekday goes on in the morning after. */
function minutesOf(windows: readonly WallWindow[], day: DayNumber): Minutes {
  const today = weekdayOf(day)
  const yesterday = weekdayOf(day - 1)
  const pieces = windows.flatMap(({ weekdays, fromMinute, toMinute }) => {
    const over = toMinute <= fromMinute
    return [
      ...(weekdays.includes(today) ? [[fromMinute, over ? 1440 : toMinute] as const] : []),
      ...(over && weekdays.includes(yesterday) ? [[0, toMinute] as const] : []),
    ]
  })
  const merged: [number, number][] = []
  for (const [from, to] of pieces.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else if (from < to) merged.push([from, to])
  }
  return merged
}

function without(open: Minutes, closed: Minutes): Minutes {
  return closed.reduce<Minutes>(
    (left, [from, to]) =>
      left.flatMap(([start, end]) =>
        [[start, Math.min(end, from)] as const, [Math.max(start, to), end] as const].filter(([a, b]) => a < b),
      ),
    open,
  )
}

function holidayOf(of: Prepared, ids: readonly CalendarId[], day: DayNumber): string | undefined {
  const { year } = dateParts(day)
  for (const id of ids) {
    const key = `${id} ${year}`
    let names = of.holidays.get(key)
    if (!names) {
      names = holidayNames(id, year, year)
      of.holidays.set(key, names)
    }
    const name = names.get(day)
    if (name !== undefined) return name
  }
  return undefined
}

/** The clock of a zone over the span of a block. */
export function clockOf({ clocks }: Prepared, zone: string, block: number): readonly Stretch[] {
  const key = `${zone} ${block}`
  const known = clocks.get(key)
  if (known) return known
  if (clocks.size >= mostRemembered) clocks.clear()
  const clock = stretchesOf(zone, block * blockMs - 2 * dayMs, block * blockMs + spanMs + 2 * dayMs)
  clocks.set(key, clock)
  return clock
}

function remembered({ times }: Prepared, key: string, work: () => OpenTimes): OpenTimes {
  const known = times.get(key)
  if (known) return known
  if (times.size >= mostRemembered) times.clear()
  const found = work()
  times.set(key, found)
  return found
}
