import { RRuleTemporal } from 'rrule-temporal'
import type { CalendarEvent, ParsedCalendar } from './parse-calendar.ts'

/** A busy stretch, in milliseconds. */
export type BusyStretch = { readonly startMs: number; readonly endMs: number }

/** What a calendar says about a stretch of time. */
export type BusyReading = {
  /** In order, touching ones as one. */
  readonly times: readonly BusyStretch[]
  /** From here on nothing is known. */
  readonly unknownFromMs: number | null
  /** Events that could not be understood, in whole or in how they repeat. */
  readonly broken: number
  /** Events that repeat so often that they were given up. */
  readonly endless: number
}

export type ExpandSettings = {
  readonly fromMs: number
  readonly toMs: number
  /** Events of ours that came back from there, which are not counted twice. */
  readonly isOurs: (uid: string) => boolean
  readonly pause: () => Promise<void>
  readonly overTime: () => boolean
}

/** A calendar of a busy person has some thousand appointments in two years. */
const mostStretches = 5000
/** Nobody has more than four appointments of one series a day for two years. */
const mostTimes = 3000
/** Periods and candidates that a rule may go through; a rule of every second is given up after a few hundredths of a second. */
const ruleLimits = { maxIterations: 20_000, maxCandidateEvaluations: 20_000 } as const
/** One event has one rule (RFC 5545 §3.8.5.3), and a rule is a line. */
const mostRules = 3
const longestRule = 1000
const dayMs = 86_400_000
/** A rule that is too much in one go is read as far as it goes, stretch by stretch. */
const piecesInDays = [1, 7, 31, 186, 366, 400] as const

/** Works out when a calendar says that its person is busy. `too_much` where that takes too long. */
export async function busyTimesOf(calendar: ParsedCalendar, settings: ExpandSettings): Promise<BusyReading | 'too_much'> {
  const events = newestOf(calendar.events)
  const replaced = replacedTimes(events)
  const found: BusyStretch[] = [...calendar.stretches]
  let unknownFromMs: number | null = null
  let { broken } = calendar
  let endless = 0
  for (const event of events) {
    if (!event.takesTime || takesNone(event) || settings.isOurs(event.uid)) continue
    if (event.rules.length > 0) {
      await settings.pause()
      if (settings.overTime()) return 'too_much'
    }
    const times = timesOf(event, settings)
    if (times.broken) broken += 1
    if (times.unknownFromMs !== null) {
      endless += 1
      unknownFromMs = Math.min(unknownFromMs ?? Number.POSITIVE_INFINITY, times.unknownFromMs)
    }
    const others = event.replaces === null ? replaced.get(event.uid) : undefined
    for (const wallMs of times.starts) {
      const startMs = event.start.zone.toMs(wallMs)
      if (others?.has(startMs) || event.without.moments.has(startMs) || event.without.days.has(dayOf(wallMs))) continue
      found.push({ startMs, endMs: endOf(event, wallMs, startMs) })
    }
  }
  const united = unite(found, settings)
  const cutMs = united[mostStretches]?.startMs
  if (cutMs !== undefined) unknownFromMs = Math.min(unknownFromMs ?? cutMs, cutMs)
  return { times: united.slice(0, mostStretches), unknownFromMs, broken, endless }
}

/** Reminders have no length, and however often they repeat nobody is busy with them. */
const takesNone = ({ length }: CalendarEvent): boolean => 'ms' in length && length.ms === 0

/** A file may hold an event more than once, after a provider stumbled: the newest counts (RFC 5546 §2.1.5). */
function newestOf(events: readonly CalendarEvent[]): readonly CalendarEvent[] {
  const newest = new Map<string, CalendarEvent>()
  for (const event of events) {
    const key = `${event.uid} ${event.replaces ?? ''}`
    const known = newest.get(key)
    if (!known || event.sequence > known.sequence || (event.sequence === known.sequence && event.stampMs >= known.stampMs))
      newest.set(key, event)
  }
  return [...newest.values()]
}

function replacedTimes(events: readonly CalendarEvent[]): ReadonlyMap<string, ReadonlySet<number>> {
  const replaced = new Map<string, Set<number>>()
  for (const { uid, replaces } of events) if (replaces !== null) replaced.set(uid, (replaced.get(uid) ?? new Set()).add(replaces))
  return replaced
}

type Times = { readonly starts: readonly number[]; readonly broken: boolean; readonly unknownFromMs: number | null }

/** When an event begins, on its wall clock. Of one whose rule cannot be understood the first time counts alone. */
function timesOf(event: CalendarEvent, { fromMs, toMs }: Pick<ExpandSettings, 'fromMs' | 'toMs'>): Times {
  const { start, rules, more } = event
  const starts = new Set([start.wallMs, ...more.map(({ wallMs }) => wallMs)])
  // What began before may reach in; on a wall clock a day either way covers every zone.
  const reach = dayMs + ('days' in event.length ? event.length.days * dayMs : event.length.ms)
  const from = Math.max(start.wallMs, fromMs - reach)
  let broken = rules.length > mostRules
  let unknownFromMs: number | null = null
  for (const rule of rules.slice(0, mostRules)) {
    try {
      if (rule.length > longestRule) throw new RangeError('A rule that nobody wrote by hand.')
      const found = expand(ruleOf(event, rule), from, toMs + dayMs)
      for (const wallMs of found.starts) starts.add(wallMs)
      if (found.unknownFrom !== null)
        unknownFromMs = Math.min(unknownFromMs ?? Number.POSITIVE_INFINITY, start.zone.toMs(found.unknownFrom))
    } catch {
      broken = true
    }
  }
  return { starts: [...starts], broken, unknownFromMs }
}

/** The wall clock is given to the library as if it were UTC, so that nine o'clock stays nine o'clock over a change of the clocks. */
function ruleOf({ start }: CalendarEvent, rule: string): RRuleTemporal {
  const until = /(^|;)UNTIL=(\d{8}T\d{6}Z)/i.exec(rule)?.[2]
  const onWall =
    until === undefined ? rule : rule.replace(until, compact(start.zone.toWallMs(Temporal.Instant.from(until).epochMilliseconds)))
  return new RRuleTemporal({
    rruleString: `RRULE:${onWall}`,
    dtstart: wallAt(start.wallMs),
    includeDtstart: true,
    cache: false,
    ...ruleLimits,
  })
}

const wallAt = (wallMs: number): Temporal.ZonedDateTime => Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO('UTC')
const compact = (wallMs: number): string => `${wallAt(wallMs).toPlainDateTime().toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}Z`

function expand(rule: RRuleTemporal, fromWall: number, toWall: number): { starts: readonly number[]; unknownFrom: number | null } {
  const between = (from: number, to: number): number[] =>
    rule.between(wallAt(from), wallAt(to), true).map((one) => Temporal.ZonedDateTime.from(one.toString()).epochMilliseconds)
  const starts: number[] = []
  const whole = attempt(() => between(fromWall, toWall))
  if (whole) starts.push(...whole)
  else {
    let at = fromWall
    for (const days of piecesInDays) {
      const next = Math.min(at + days * dayMs, toWall)
      const piece = at < toWall && attempt(() => between(at, next))
      if (!piece) return { starts, unknownFrom: at }
      starts.push(...piece)
      at = next
    }
  }
  return starts.length > mostTimes
    ? { starts: starts.slice(0, mostTimes), unknownFrom: starts[mostTimes] ?? null }
    : { starts, unknownFrom: null }
}

/** Undefined where the library gave up; what it cannot understand it throws otherwise. */
function attempt(work: () => number[]): number[] | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Error && /exceeded/i.test(error.message)) return undefined
    throw error
  }
}

const dayOf = (wallMs: number): number => Math.floor(wallMs / dayMs) * dayMs

/** Whole days end at a midnight of the wall clock, everything else after its length has passed. */
const endOf = ({ length, start }: CalendarEvent, wallMs: number, startMs: number): number =>
  'days' in length ? start.zone.toMs(wallMs + length.days * dayMs) : startMs + length.ms

function unite(found: readonly BusyStretch[], { fromMs, toMs }: Pick<ExpandSettings, 'fromMs' | 'toMs'>): BusyStretch[] {
  const united: { startMs: number; endMs: number }[] = []
  for (const one of found.toSorted((a, b) => a.startMs - b.startMs)) {
    const [startMs, endMs] = [Math.max(one.startMs, fromMs), Math.min(one.endMs, toMs)]
    if (endMs <= startMs) continue
    const last = united.at(-1)
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs)
    else united.push({ startMs, endMs })
  }
  return united
}
