import { addBusinessDays, type WorkCalendar, workCalendar, workdayFrom } from './business-days.ts'
import type { CalendarId } from './calendars.ts'
import { calendarVersion } from './calendars.ts'
import type { DayNumber } from './day-number.ts'
import { dateOf, monthsAfter, numberOf } from './day-number.ts'
import type { PauseReason, Regime, RegimeId, Term } from './regimes.ts'
import { regimes } from './regimes.ts'

/** One request, complaint or breach, as far as its clocks go. */
export type Matter = {
  readonly regime: RegimeId
  readonly receivedAt: Temporal.Instant
  /** IANA zone of the workspace: in which day it was received. */
  readonly zone: string
  /** A day counts as a business day where all of these work. */
  readonly calendars: readonly CalendarId[]
  /** Days on which the business itself is closed. */
  readonly closedDays?: readonly Temporal.PlainDate[] | undefined
  /** When the notice of an extension went out. */
  readonly extendedAt?: Temporal.Instant | undefined
  /** While `until` is null the clock stands. */
  readonly pauses?: readonly Pause[] | undefined
  /** The number of days, where the regime leaves it to a setting. */
  readonly ownDays?: number | undefined
}

export type Pause = { readonly reason: PauseReason; readonly from: Temporal.Instant; readonly until: Temporal.Instant | null }

/** A last day, and the instant at which it is over: by then it must be done. */
export type Due = { readonly day: Temporal.PlainDate; readonly before: Temporal.Instant }

export type Deadlines = {
  /** `at_once`: with the receipt itself; null: the law asks for none. */
  readonly acknowledge: Due | 'at_once' | null
  readonly respond: Due
  readonly resolve: Due | null
  /** The last moment for the notice of an extension; null where there is none to have, or it is taken already. */
  readonly extendBefore: Due | null
  /** The clock stands: what is due moves on day by day until the pause ends. */
  readonly paused: PauseReason | null
  /** What was asked for and does not count, with why. */
  readonly ignored: readonly Ignored[]
  /** Stored with the case, so that a later correction does not rewrite history. */
  readonly regime: RegimeId
  readonly calendarVersion: string
}

export type Ignored =
  | { readonly what: 'pause'; readonly reason: PauseReason; readonly because: 'regime_has_no_pause' }
  | { readonly what: 'extension'; readonly because: 'regime_has_no_extension' | 'notice_too_late' }

/** When things are due. The day of receipt is the day it was in the workspace, and is not counted. */
export function deadlinesOf(matter: Matter, now: Temporal.Instant): Deadlines {
  const regime: Regime = regimes[matter.regime]
  const { zone } = matter
  const received = numberOf(matter.receivedAt.toZonedDateTimeISO(zone).toPlainDate())
  const calendar = workCalendar(matter.calendars, matter.closedDays?.map(numberOf) ?? [])
  const ignored: Ignored[] = []

  const stood = (matter.pauses ?? []).filter(({ reason }) => {
    const counts = regime.pauses.includes(reason)
    if (!counts) ignored.push({ what: 'pause', reason, because: 'regime_has_no_pause' })
    return counts
  })
  const pausedDays = daysStood(stood, zone, now)
  const end = (term: Term): Due => {
    if ('hours' in term) {
      const before = matter.receivedAt.add({ hours: term.hours + pausedDays * 24 })
      return { day: before.toZonedDateTimeISO(zone).toPlainDate(), before }
    }
    const last = lastDay(received, term, calendar) + pausedDays
    return dueOn(regime.endsOnWorkday ? workdayFrom(last, calendar) : last, zone)
  }

  const first = end(regime.setting && matter.ownDays !== undefined ? { days: matter.ownDays } : regime.respond)
  const extension = extensionOf(matter, regime, first)
  if (extension !== 'none' && extension !== 'taken') ignored.push({ what: 'extension', because: extension })
  const taken = extension === 'taken' && regime.extended !== undefined
  return {
    acknowledge:
      regime.acknowledge === undefined || regime.acknowledge === 'at_once' ? (regime.acknowledge ?? null) : end(regime.acknowledge),
    respond: taken && regime.extended ? end(regime.extended) : first,
    resolve: regime.resolve ? end(regime.resolve) : null,
    extendBefore: regime.extended && !taken ? first : null,
    paused: stood.find(({ from, until }) => until === null && Temporal.Instant.compare(from, now) <= 0)?.reason ?? null,
    ignored,
    regime: matter.regime,
    calendarVersion,
  }
}

function extensionOf(
  { extendedAt }: Matter,
  { extended }: Regime,
  first: Due,
): 'none' | 'taken' | 'regime_has_no_extension' | 'notice_too_late' {
  if (extendedAt === undefined) return 'none'
  if (!extended) return 'regime_has_no_extension'
  return Temporal.Instant.compare(extendedAt, first.before) < 0 ? 'taken' : 'notice_too_late'
}

function lastDay(received: DayNumber, term: Exclude<Term, { readonly hours: number }>, calendar: WorkCalendar): DayNumber {
  if ('businessDays' in term) return addBusinessDays(received, term.businessDays, calendar)
  return 'days' in term ? received + term.days : monthsAfter(received, term.months)
}

/** Whole days on which the clock stood; days in two pauses count once. */
function daysStood(pauses: readonly Pause[], zone: string, now: Temporal.Instant): number {
  const days = new Set<DayNumber>()
  const dayIn = (instant: Temporal.Instant) => numberOf(instant.toZonedDateTimeISO(zone).toPlainDate())
  for (const { from, until } of pauses) for (let day = dayIn(from); day < dayIn(until ?? now); day++) days.add(day)
  return days.size
}

/** The whole of that day in the workspace counts. */
function dueOn(day: DayNumber, zone: string): Due {
  return {
    day: dateOf(day),
    before: dateOf(day + 1)
      .toZonedDateTime(zone)
      .toInstant(),
  }
}
