import { RRuleTemporal } from 'rrule-temporal'
import { AvailabilityError, dayMs } from './refusal.ts'

/** Appointments that repeat: the first on the wall clock of a zone, and a rule of RFC 5545 §3.3.10 such as `FREQ=WEEKLY;BYDAY=TU;COUNT=10`. */
export type Series = {
  readonly rule: string
  readonly start: Temporal.PlainDateTime
  readonly zone: string
  /** Dates that are left out. They still count towards COUNT. */
  readonly without?: readonly Temporal.PlainDate[]
}

/** One time of a series: its place in the rule, counted from 0, its wall clock, and the instant of that. */
export type Occurrence = { readonly index: number; readonly wall: Temporal.PlainDateTime; readonly startMs: number }

/** The bounds of a series: a rule is text that anybody may type, and some rules never end or never begin. */
export const seriesLimits = { ruleLength: 300, occurrences: 366, days: 3 * 366, listed: 62, interval: 1000 } as const

/** Periods and dates the library may go through for one rule: some hundredths of a second. */
const workLimits = { maxIterations: 5000, maxCandidateEvaluations: 20_000 } as const

/** How many each part takes, and of what shape. BYHOUR and finer, BYWEEKNO and BYYEARDAY say nothing that an appointment needs. */
const parts: { readonly [name: string]: RegExp } = {
  FREQ: /^(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d{0,3}$/,
  COUNT: /^[1-9]\d{0,15}$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  BYDAY: /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$/,
  BYMONTHDAY: /^[+-]?([1-9]|[12]\d|3[01])(,[+-]?([1-9]|[12]\d|3[01]))*$/,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2]))*$/,
  BYSETPOS: /^[+-]?([1-9]|[1-5]\d|6[0-2])(,[+-]?([1-9]|[1-5]\d|6[0-2]))*$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
}

/**
 * Every time of a series, in order. It must end, within three years and 366 times, and its first time must be one of the rule's. A wall clock that
 * does not exist moves forward by the gap, and of one that comes twice the first counts, as for every other start. Throws `AvailabilityError`, whose
 * sentence says what to change.
 */
export function expandSeries(series: Series): readonly Occurrence[] {
  const rule = readRule(series.rule)
  if (!rule.COUNT && !rule.UNTIL) {
    throw new AvailabilityError('rule_without_end', 'A series has to end: say after how many times, or on which date.')
  }
  const { start } = series
  const last = start.add({ days: seriesLimits.days })
  const until = rule.UNTIL ? untilOnTheClock(rule.UNTIL, series.zone) : undefined
  if (until && Temporal.PlainDateTime.compare(until, last) > 0) throw tooLong()
  const count = rule.COUNT ? Number(rule.COUNT) : undefined
  if (count !== undefined && count > seriesLimits.occurrences) throw tooMany(count)

  const walls = timesOf(rule, start, until ?? last)
  if (walls.length > seriesLimits.occurrences) throw tooMany(walls.length)
  if (walls.length === 0) {
    throw new AvailabilityError(
      'rule_without_dates',
      'The rule names no date within three years, such as the 30th of February. Choose others.',
    )
  }
  if (!walls[0]?.equals(start)) {
    throw new AvailabilityError(
      'rule_not_at_start',
      'The first time is not one of the times of the rule. Start on a date that the rule names.',
      {
        start: start.toString(),
      },
    )
  }
  // Fewer than said means that the rule goes on beyond the bound, or finds no more dates at all.
  if (count !== undefined && until === undefined && walls.length < count) throw tooLong()
  return walls.flatMap((wall, index) => {
    if (series.without?.some((date) => date.equals(wall.toPlainDate()))) return []
    return { index, wall, startMs: instantOnTheClock(wall, series.zone) }
  })
}

type Rule = { readonly [name: string]: string }

function readRule(text: string): Rule {
  const named = text.replace(/^RRULE:/i, '').toUpperCase()
  if (named.length > seriesLimits.ruleLength) throw unreadable('It is too long.')
  const rule: { [name: string]: string } = {}
  for (const part of named.split(';')) {
    const [name = '', value = '', more] = part.split('=')
    const shape = parts[name]
    if (!shape) {
      throw new AvailabilityError(
        'rule_part',
        `A series knows ${Object.keys(parts).join(', ')}, and not ${name.slice(0, 20) || 'nothing'}.`,
        {
          part: name.slice(0, 20),
        },
      )
    }
    if (more !== undefined || !shape.test(value)) throw unreadable(`${name} cannot be "${value.slice(0, 40)}".`)
    if (rule[name] !== undefined) throw unreadable(`${name} stands there twice.`)
    if (value.split(',').length > seriesLimits.listed) throw unreadable(`${name} lists too much.`)
    rule[name] = value
  }
  if (!rule.FREQ) throw unreadable('It does not say how often: FREQ is missing.')
  if (/^(SECONDLY|MINUTELY|HOURLY)$/.test(rule.FREQ)) {
    throw new AvailabilityError('rule_too_often', 'Appointments repeat at most daily. Choose FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.', {
      freq: rule.FREQ,
    })
  }
  if (rule.COUNT && rule.UNTIL) throw unreadable('COUNT and UNTIL both say when it ends.')
  if (/\d/.test(rule.BYDAY ?? '') && !['MONTHLY', 'YEARLY'].includes(rule.FREQ)) {
    throw unreadable('Which weekday of a month makes sense in a rule of months or years only.')
  }
  if (rule.BYSETPOS && !rule.BYDAY && !rule.BYMONTHDAY && !rule.BYMONTH) throw unreadable('BYSETPOS needs something to choose from.')
  return rule
}

/** The wall clocks of a rule, at most one more than may be. The library is given the clock as if it were UTC, so that nine stays nine all year. */
function timesOf(rule: Rule, start: Temporal.PlainDateTime, until: Temporal.PlainDateTime): Temporal.PlainDateTime[] {
  const { UNTIL: _until, ...rest } = rule
  const text = Object.entries(rest).map(([name, value]) => `${name}=${value}`)
  try {
    const times = new RRuleTemporal({
      rruleString: `RRULE:${text.join(';')}`,
      dtstart: start.toZonedDateTime('UTC'),
      cache: false,
      ...workLimits,
    })
    return times
      .between(start.toZonedDateTime('UTC'), until.toZonedDateTime('UTC'), true)
      .map((one) => Temporal.ZonedDateTime.from(one.toString()).toPlainDateTime())
  } catch {
    throw new AvailabilityError('rule_too_much', 'This rule takes too long to work out. Say it in a simpler way.', {
      rule: text.join(';'),
    })
  }
}

/** The last moment of a series on its own clock: UNTIL is a date, that clock, or UTC (RFC 5545 §3.3.10). */
function untilOnTheClock(until: string, zone: string): Temporal.PlainDateTime {
  try {
    if (until.length === 8) return Temporal.PlainDate.from(until).toPlainDateTime('23:59:59')
    return until.endsWith('Z')
      ? Temporal.Instant.from(until).toZonedDateTimeISO(zone).toPlainDateTime()
      : Temporal.PlainDateTime.from(until)
  } catch {
    throw unreadable(`UNTIL cannot be "${until}".`)
  }
}

function instantOnTheClock(wall: Temporal.PlainDateTime, zone: string): number {
  try {
    return wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
  } catch {
    throw new AvailabilityError('unknown_zone', `"${zone}" is not a time zone. Use a name such as America/New_York.`, { zone })
  }
}

function unreadable(why: string): AvailabilityError {
  return new AvailabilityError('rule_unreadable', `The rule of the series cannot be read. ${why}`)
}

function tooLong(): AvailabilityError {
  const { days } = seriesLimits
  return new AvailabilityError(
    'rule_too_long',
    `A series ends within ${Math.round((days * dayMs) / (365 * dayMs))} years. Choose an earlier end.`,
    { days },
  )
}

function tooMany(count: number): AvailabilityError {
  const most = seriesLimits.occurrences
  return new AvailabilityError('rule_too_many', `A series has at most ${most} appointments, and this one would have ${count} or more.`, {
    most,
    count,
  })
}
