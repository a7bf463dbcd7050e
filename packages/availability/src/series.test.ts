import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainSeries } from './explain-series.ts'
import { expandSeries, type Series } from './series.ts'
import type { Busy, Host } from './types.ts'

const at = (text: string) => Temporal.PlainDateTime.from(text)
const newYork = (rule: string, start = '1997-09-02T09:00'): Series => ({ rule, start: at(start), zone: 'America/New_York' })
const days = (series: Series) => expandSeries(series).map(({ wall }) => wall.toPlainDate().toString().slice(2).replaceAll('-', ''))

describe('a rule that is refused, with what to change', () => {
  it.each<[string, string, RegExp]>([
    ['rule_too_often', 'FREQ=SECONDLY;COUNT=1000000000', /at most daily/],
    ['rule_too_often', 'FREQ=HOURLY;UNTIL=19971224', /at most daily/],
    ['rule_without_end', 'FREQ=DAILY', /has to end/],
    ['rule_too_many', 'FREQ=DAILY;COUNT=999999999', /at most 366 appointments/],
    ['rule_too_many', 'FREQ=DAILY;UNTIL=19991231', /at most 366 appointments/],
    ['rule_too_long', 'FREQ=WEEKLY;UNTIL=99991231', /within 3 years/],
    ['rule_too_long', 'FREQ=YEARLY;COUNT=10', /within 3 years/],
    ['rule_too_long', 'FREQ=YEARLY;INTERVAL=9999;COUNT=2', /within 3 years/],
    ['rule_without_dates', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2', /names no date/],
    ['rule_without_dates', 'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31;UNTIL=19991231', /names no date/],
    ['rule_not_at_start', 'FREQ=WEEKLY;BYDAY=MO;COUNT=3', /Start on a date that the rule names/],
    ['rule_part', 'FREQ=DAILY;COUNT=2;BYHOUR=9', /and not BYHOUR/],
    ['rule_part', 'FREQ=YEARLY;COUNT=2;BYWEEKNO=20', /and not BYWEEKNO/],
    ['rule_part', 'FREQ=DAILY;;COUNT=2', /and not nothing/],
    ['rule_unreadable', 'COUNT=2', /FREQ is missing/],
    ['rule_unreadable', 'FREQ=DAILY;COUNT=2;COUNT=3', /twice/],
    ['rule_unreadable', 'FREQ=DAILY;COUNT=2;UNTIL=19971224', /both say when it ends/],
    ['rule_unreadable', 'FREQ=DAILY;INTERVAL=0;COUNT=2', /INTERVAL cannot be "0"/],
    ['rule_unreadable', 'FREQ=DAILY;COUNT=-1', /COUNT cannot be/],
    ['rule_unreadable', 'FREQ=DAILY;UNTIL=19971340', /UNTIL cannot be/],
    ['rule_unreadable', 'FREQ=MONTHLY;BYDAY=6MO;COUNT=2', /BYDAY cannot be/],
    ['rule_unreadable', 'FREQ=WEEKLY;BYDAY=2TU;COUNT=2', /of months or years only/],
    ['rule_unreadable', 'FREQ=DAILY;BYSETPOS=1;COUNT=2', /something to choose from/],
    ['rule_unreadable', `FREQ=MONTHLY;COUNT=2;BYMONTHDAY=${Array.from({ length: 200 }, () => 2).join()}`, /too long/],
  ])('%s: %s', (code, rule, sentence) => {
    let caught: unknown
    try {
      expandSeries(newYork(rule))
    } catch (error) {
      caught = error
    }
    expect(caught).toMatchObject({ name: 'AvailabilityError', code, message: expect.stringMatching(sentence) })
  })

  it('is one in a zone that does not exist', () => {
    expect(() => expandSeries({ ...newYork('FREQ=DAILY;COUNT=1'), zone: 'Mars/Olympus' })).toThrow(
      expect.objectContaining({ code: 'unknown_zone' }),
    )
  })
})

describe('the examples of RFC 5545 §3.8.5.3 within these bounds', () => {
  it.each<[string, string, string | undefined]>([
    ['FREQ=DAILY;COUNT=10', '970902 970903 970904 970905 970906 970907 970908 970909 970910 970911', undefined],
    ['FREQ=DAILY;INTERVAL=10;COUNT=5', '970902 970912 970922 971002 971012', undefined],
    ['FREQ=WEEKLY;COUNT=10', '970902 970909 970916 970923 970930 971007 971014 971021 971028 971104', undefined],
    [
      'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH',
      '970902 970904 970909 970911 970916 970918 970923 970925 970930 971002',
      undefined,
    ],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH', '970902 970904 970916 970918 970930 971002 971014 971016', undefined],
    ['FREQ=MONTHLY;COUNT=10;BYDAY=1FR', '970905 971003 971107 971205 980102 980206 980306 980403 980501 980605', '1997-09-05T09:00'],
    [
      'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
      '970907 970928 971102 971130 980104 980125 980301 980329 980503 980531',
      '1997-09-07T09:00',
    ],
    ['FREQ=MONTHLY;COUNT=6;BYDAY=-2MO', '970922 971020 971117 971222 980119 980216', '1997-09-22T09:00'],
    ['FREQ=MONTHLY;COUNT=6;BYMONTHDAY=-3', '970928 971029 971128 971229 980129 980226', '1997-09-28T09:00'],
    ['FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15', '970902 970915 971002 971015 971102 971115 971202 971215 980102 980115', undefined],
    ['FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1', '970930 971001 971031 971101 971130 971201 971231 980101 980131 980201', '1997-09-30T09:00'],
    ['FREQ=YEARLY;COUNT=6;BYMONTH=6,7', '970610 970710 980610 980710 990610 990710', '1997-06-10T09:00'],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=4', '980213 980313 981113 990813', '1998-02-13T09:00'],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', '970904 971007 971106', '1997-09-04T09:00'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=7', '970929 971030 971127 971230 980129 980226 980330', '1997-09-29T09:00'],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '970805 970810 970819 970824', '1997-08-05T09:00'],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '970805 970817 970819 970831', '1997-08-05T09:00'],
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5', '070115 070130 070215 070315 070330', '2007-01-15T09:00'],
  ])('%s', (rule, dates, start) => {
    expect(days(newYork(rule, start)).join(' ')).toBe(dates)
  })
})

describe('the clock of a series', () => {
  const instants = (rule: string, start: string, zone: string) =>
    expandSeries({ rule, start: at(start), zone }).map(({ startMs }) => Temporal.Instant.fromEpochMilliseconds(startMs).toString())

  it('shows the same time before and after a change', () => {
    expect(instants('FREQ=WEEKLY;COUNT=2', '2026-03-06T09:00', 'America/New_York')).toEqual([
      '2026-03-06T14:00:00Z',
      '2026-03-13T13:00:00Z',
    ])
  })

  it('moves forward out of a gap, and takes the first of an hour that comes twice', () => {
    expect(instants('FREQ=DAILY;COUNT=3', '2026-03-07T02:30', 'America/New_York')).toEqual([
      '2026-03-07T07:30:00Z',
      '2026-03-08T07:30:00Z',
      '2026-03-09T06:30:00Z',
    ])
    expect(instants('FREQ=DAILY;COUNT=2', '2026-10-31T01:30', 'America/New_York')).toEqual(['2026-10-31T05:30:00Z', '2026-11-01T05:30:00Z'])
  })

  it('ends with the last date said, on that clock', () => {
    expect(days({ rule: 'FREQ=DAILY;UNTIL=20260302', start: at('2026-03-01T23:30'), zone: 'Pacific/Kiritimati' })).toEqual([
      '260301',
      '260302',
    ])
    // 23:30 on the second of March at the date line is 09:30 in UTC.
    expect(days({ rule: 'FREQ=DAILY;UNTIL=20260302T093000Z', start: at('2026-03-01T23:30'), zone: 'Pacific/Kiritimati' })).toHaveLength(2)
    expect(days({ rule: 'FREQ=DAILY;UNTIL=20260302T092959Z', start: at('2026-03-01T23:30'), zone: 'Pacific/Kiritimati' })).toHaveLength(1)
    expect(days({ rule: 'FREQ=DAILY;UNTIL=20260302T120000', start: at('2026-03-01T12:00'), zone: 'UTC' })).toHaveLength(2)
  })

  it('leaves out what is left out, and keeps the places of the others', () => {
    const without = [Temporal.PlainDate.from('1997-09-03')]
    expect(expandSeries({ ...newYork('FREQ=DAILY;COUNT=3'), without }).map(({ index }) => index)).toEqual([0, 2])
  })
})

describe('any rule', () => {
  const weekday = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')
  const list = <T>(one: fc.Arbitrary<T>) => fc.option(fc.uniqueArray(one, { minLength: 1, maxLength: 4 }), { nil: undefined, freq: 2 })
  const rule = fc.record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: fc.integer({ min: 1, max: 4 }),
    count: fc.integer({ min: 1, max: 12 }),
    weekdays: list(fc.tuple(fc.constantFrom('', '', '1', '2', '-1'), weekday)),
    monthDays: list(fc.constantFrom(1, 2, 13, 15, 28, 30, 31, -1, -2)),
    months: list(fc.integer({ min: 1, max: 12 })),
    position: fc.option(fc.constantFrom(1, 2, -1), { nil: undefined, freq: 2 }),
    wkst: weekday,
  })

  it('names the dates that looking at every date of three years finds', () => {
    let compared = 0
    fc.assert(
      fc.property(rule, fc.integer({ min: 0, max: 700 }), (facts, first) => {
        const byDay = facts.weekdays?.map(([nth, day]) => (facts.freq === 'MONTHLY' ? `${nth}${day}` : day))
        const monthDays = facts.freq === 'WEEKLY' ? undefined : facts.monthDays
        const position = byDay || monthDays ? facts.position : undefined
        const from = Temporal.PlainDate.from('2025-01-01').add({ days: first })
        const looked = datesByLooking({ ...facts, byDay, monthDays, position }, from)
        const start = looked[0]
        if (!start || looked.length < facts.count) return
        const text = [
          `FREQ=${facts.freq};INTERVAL=${facts.interval};COUNT=${facts.count};WKST=${facts.wkst}`,
          ...(byDay ? [`BYDAY=${byDay}`] : []),
          ...(monthDays ? [`BYMONTHDAY=${monthDays}`] : []),
          ...(facts.months ? [`BYMONTH=${facts.months}`] : []),
          ...(position ? [`BYSETPOS=${position}`] : []),
        ].join(';')
        // The rule counts its periods from where it starts.
        const theirs = datesByLooking({ ...facts, byDay, monthDays, position }, start).slice(0, facts.count)
        if (theirs.length < facts.count || !theirs[0]?.equals(start)) return
        compared += 1
        expect(
          expandSeries({ rule: text, start: start.toPlainDateTime('09:00'), zone: 'UTC' }).map(({ wall }) => wall.toPlainDate().toString()),
        ).toEqual(theirs.map(String))
      }),
      { numRuns: 200 },
    )
    expect(compared).toBeGreaterThan(50)
  })
})

type Looked = {
  readonly freq: string
  readonly interval: number
  readonly wkst: string
  readonly byDay: string[] | undefined
  readonly monthDays: number[] | undefined
  readonly months: number[] | undefined
  readonly position: number | undefined
}
const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** Looks at every date of three years from the first of January before, and keeps those that the rule names. */
function datesByLooking(rule: Looked, start: Temporal.PlainDate): Temporal.PlainDate[] {
  const weekOf = (date: Temporal.PlainDate) => {
    let first = date
    while (names[first.dayOfWeek - 1] !== rule.wkst) first = first.subtract({ days: 1 })
    return first
  }
  const periodOf = (date: Temporal.PlainDate): number => {
    if (rule.freq === 'DAILY') return start.until(date).days
    if (rule.freq === 'WEEKLY') return weekOf(start).until(weekOf(date)).days / 7
    return rule.freq === 'YEARLY' ? date.year - start.year : (date.year - start.year) * 12 + date.month - start.month
  }
  const isDay = (date: Temporal.PlainDate, token: string): boolean => {
    if (names[date.dayOfWeek - 1] !== token.slice(-2)) return false
    const nth = Number(token.slice(0, -2))
    if (nth === 0) return true
    return nth > 0 ? Math.ceil(date.day / 7) === nth : Math.ceil((date.daysInMonth - date.day + 1) / 7) === -nth
  }
  const isNamed = (date: Temporal.PlainDate): boolean => {
    const { byDay, monthDays, months, freq } = rule
    if (months && !months.includes(date.month)) return false
    if (monthDays && !monthDays.some((day) => day === date.day || date.daysInMonth + day + 1 === date.day)) return false
    if (byDay && !byDay.some((token) => isDay(date, token))) return false
    if (byDay || monthDays) return true
    if (freq === 'WEEKLY') return date.dayOfWeek === start.dayOfWeek
    if (freq === 'MONTHLY') return date.day === start.day
    if (freq === 'YEARLY') return date.day === start.day && (months !== undefined || date.month === start.month)
    return true
  }
  const periods = new Map<number, Temporal.PlainDate[]>()
  const end = start.add({ days: 3 * 366 })
  for (
    let date = start.with({ month: 1, day: 1 }).subtract({ days: 7 });
    Temporal.PlainDate.compare(date, end) <= 0;
    date = date.add({ days: 1 })
  ) {
    const period = periodOf(date)
    if (period < 0 || period % rule.interval !== 0 || !isNamed(date)) continue
    const dates = periods.get(period)
    if (dates) dates.push(date)
    else periods.set(period, [date])
  }
  const chosen = [...periods.values()].flatMap((dates) => {
    if (rule.position === undefined) return dates
    const one = dates.at(rule.position > 0 ? rule.position - 1 : rule.position)
    return one ? [one] : []
  })
  return chosen.filter((date) => Temporal.PlainDate.compare(date, start) >= 0)
}

describe('whether a series can be booked', () => {
  const hours = { zone: 'UTC', weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: '09:00', end: '17:00' })) }
  const taken: Busy = {
    startMs: Temporal.Instant.from('2026-04-14T09:30Z').epochMilliseconds,
    endMs: Temporal.Instant.from('2026-04-14T11:00Z').epochMilliseconds,
  }
  const ann: Host = { id: 'ann', hours, busy: [taken] }
  const bo: Host = { id: 'bo', hours, busy: [] }
  const query = { hosts: [ann, bo], service: { durationMinutes: 60, stepMinutes: 30 }, now: Temporal.Instant.from('2026-04-01T00:00Z') }
  const tuesdays = (count: number): Series => ({ rule: `FREQ=WEEKLY;COUNT=${count}`, start: at('2026-04-07T09:00'), zone: 'UTC' })

  it('is said time by time, with who could take them all', () => {
    const answer = explainSeries(query, tuesdays(3))
    expect(answer.times.map(({ explanation }) => [explanation.open, explanation.hostIds])).toEqual([
      [true, ['ann', 'bo']],
      [true, ['bo']],
      [true, ['ann', 'bo']],
    ])
    expect(answer.times[1]?.explanation.closed).toEqual([{ hostId: 'ann', reasons: [{ code: 'busy', busy: taken }] }])
    expect(answer.hostIdsForAll).toEqual(['bo'])
  })

  it('counts the earlier times of the series itself', () => {
    const limited = { ...query, hosts: [{ ...bo, limits: [{ per: 'month' as const, bookings: 2 }] }] }
    expect(explainSeries(limited, tuesdays(2)).hostIdsForAll).toEqual(['bo'])
    const three = explainSeries(limited, tuesdays(3))
    expect(three.times.every(({ explanation }) => explanation.open)).toBe(true)
    expect(three.hostIdsForAll).toEqual([])
  })
})
