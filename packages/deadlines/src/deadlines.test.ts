import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CalendarId } from './calendars.ts'
import type { Deadlines, Matter } from './deadlines.ts'
import { deadlinesOf } from './deadlines.ts'
import type { RegimeId } from './regimes.ts'
import { regimes } from './regimes.ts'

const zone = 'America/New_York'
const noon = (day: string) => Temporal.PlainDateTime.from(`${day}T12:00`).toZonedDateTime(zone).toInstant()
const matter = (regime: RegimeId, day: string, more: Partial<Matter> = {}): Matter => ({
  regime,
  receivedAt: noon(day),
  zone,
  calendars: ['us'],
  ...more,
})
const of = (regime: RegimeId, day: string, more: Partial<Matter> = {}, now = day): Deadlines =>
  deadlinesOf(matter(regime, day, more), noon(now))
const day = (due: Deadlines['acknowledge']) => (due === null || due === 'at_once' ? due : due.day.toString())

describe('the worked examples of the privacy design', () => {
  it.each<[string, string, string | null]>([
    ['a complaint is answered in 10 business days', day(of('complaint', '2026-11-23').respond) as string, '2026-12-08'],
    ['a complaint is settled in 25 days', day(of('complaint', '2026-11-23').resolve) as string, '2026-12-18'],
    ['a complaint is acknowledged at once', day(of('complaint', '2026-11-23').acknowledge) as string, 'at_once'],
    ['CCPA 45 days', day(of('ccpa.request', '2026-11-23').respond) as string, '2027-01-07'],
    ['CCPA extended, 90 days', day(of('ccpa.request', '2026-11-23', { extendedAt: noon('2026-12-20') }).respond) as string, '2027-02-21'],
    ['CCPA is acknowledged in 10 business days', day(of('ccpa.request', '2026-11-23').acknowledge) as string, '2026-12-08'],
    ['CCPA opt-out, 15 business days', day(of('ccpa.opt_out', '2026-11-23').respond) as string, '2026-12-15'],
    ['PIPEDA 30 days', day(of('pipeda.request', '2026-11-23').respond) as string, '2026-12-23'],
    ['10 business days over the year', day(of('complaint', '2026-12-18').respond) as string, '2027-01-05'],
    [
      '10 business days over the year, Boxing Day kept on Monday in Ontario',
      day(of('complaint', '2026-12-18', { calendars: ['ca-on'] }).respond) as string,
      '2027-01-06',
    ],
    ['GDPR: the month ends on its last day, a Sunday', day(of('gdpr.request', '2027-01-31').respond) as string, '2027-03-01'],
    ['GDPR: the same day of the next month is a Sunday', day(of('gdpr.request', '2027-09-03').respond) as string, '2027-10-04'],
  ])('%s', (_case, found, expected) => expect(found).toBe(expected))
})

describe('a clock', () => {
  it('starts with the day it is in the workspace', () => {
    const receivedAt = Temporal.Instant.from('2026-11-24T03:00:00Z') // still Monday in New York
    expect(day(deadlinesOf(matter('complaint', '2026-11-23', { receivedAt }), receivedAt).respond)).toBe('2026-12-08')
    expect(day(deadlinesOf(matter('complaint', '2026-11-23', { receivedAt, zone: 'Europe/Paris' }), receivedAt).respond)).toBe('2026-12-09')
  })

  it('ends with the whole last day there, also where clocks change', () => {
    expect(of('complaint', '2026-11-23').respond.before.toString()).toBe('2026-12-09T05:00:00Z')
    expect(of('pipeda.request', '2026-02-06').respond.before.toString()).toBe('2026-03-09T04:00:00Z')
  })

  it('counts hours as they pass', () => {
    expect(of('gdpr.breach', '2026-11-27').respond.before.toString()).toBe('2026-11-30T17:00:00Z')
  })

  it('leaves out the days on which the business is closed, and those of a second calendar', () => {
    const closedDays = [Temporal.PlainDate.from('2026-11-24')]
    expect(day(of('complaint', '2026-11-23', { closedDays }).respond)).toBe('2026-12-09')
    expect(day(of('complaint', '2026-12-18', { calendars: ['us', 'ca-on'] }).respond)).toBe('2027-01-06')
  })

  it('takes a setting only where the regime leaves it open', () => {
    expect(day(of('appeal', '2026-11-23').respond)).toBe('2027-01-07')
    expect(day(of('appeal', '2026-11-23', { ownDays: 60 }).respond)).toBe('2027-01-22')
    expect(day(of('pipeda.request', '2026-11-23', { ownDays: 60 }).respond)).toBe('2026-12-23')
  })

  it('is longer with a notice in time, never with a late one or where there is none to have', () => {
    expect(of('gdpr.request', '2026-11-23', { extendedAt: noon('2026-12-23') })).toMatchObject({ extendBefore: null, ignored: [] })
    expect(day(of('gdpr.request', '2026-11-23', { extendedAt: noon('2026-12-23') }).respond)).toBe('2027-02-23')
    const late = of('gdpr.request', '2026-11-23', { extendedAt: noon('2026-12-24') })
    expect(day(late.respond)).toBe('2026-12-23')
    expect(late.ignored).toEqual([{ what: 'extension', because: 'notice_too_late' }])
    expect(of('complaint', '2026-11-23', { extendedAt: noon('2026-11-24') }).ignored).toEqual([
      { what: 'extension', because: 'regime_has_no_extension' },
    ])
    expect(day(of('pipeda.request', '2026-11-23', { extendedAt: noon('2026-12-01') }).respond)).toBe('2027-01-22')
  })

  it('stands while identity is in doubt, in the one regime that allows it', () => {
    const pauses = [{ reason: 'identity_in_doubt', from: noon('2026-11-25'), until: noon('2026-12-01') }] as const
    expect(day(of('gdpr.request', '2026-11-23', { pauses }).respond)).toBe('2026-12-29')
    expect(day(of('ccpa.request', '2026-11-23', { pauses }).respond)).toBe('2027-01-07')
    expect(of('ccpa.request', '2026-11-23', { pauses }).ignored).toEqual([
      { what: 'pause', reason: 'identity_in_doubt', because: 'regime_has_no_pause' },
    ])
    const open = [{ reason: 'identity_in_doubt', from: noon('2026-11-25'), until: null }] as const
    expect(of('gdpr.request', '2026-11-23', { pauses: open }, '2026-11-27')).toMatchObject({ paused: 'identity_in_doubt' })
    expect(day(of('gdpr.request', '2026-11-23', { pauses: open }, '2026-11-27').respond)).toBe('2026-12-28')
    expect(of('gdpr.request', '2026-11-23', { pauses }, '2026-12-02').paused).toBeNull()
  })

  it('counts a day in two pauses once', () => {
    const pause = { reason: 'identity_in_doubt', from: noon('2026-11-25'), until: noon('2026-12-01') } as const
    expect(day(of('gdpr.request', '2026-11-23', { pauses: [pause, pause] }).respond)).toBe('2026-12-29')
  })
})

describe('any case', () => {
  const anyDay = fc.integer({ min: 0, max: 2000 }).map((days) => Temporal.PlainDate.from('2025-01-01').add({ days }).toString())
  const ids: RegimeId[] = ['complaint', 'ccpa.request', 'ccpa.opt_out', 'tcpa.revocation']
  /** Business days counted one by one on Temporal's own calendar, with the federal holidays written out. */
  const slow = (from: Temporal.PlainDate, count: number): string => {
    let at = from
    for (let left = count; left > 0; ) {
      at = at.add({ days: 1 })
      if (at.dayOfWeek < 6 && !isFederalHoliday(at)) left -= 1
    }
    return at.toString()
  }

  it('has the same business days as a count on paper', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(10, 15), (start, count) => {
        const regime: RegimeId = count === 10 ? 'complaint' : 'ccpa.opt_out'
        expect(day(of(regime, start).respond)).toBe(slow(Temporal.PlainDate.from(start), count))
      }),
    )
  })

  it('is due after it was received, and later on a calendar with more holidays', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...ids), (start, regime) => {
        const calendars: CalendarId[] = ['us', 'ca-bc', 'us-la']
        const [few, more] = [of(regime, start), of(regime, start, { calendars })]
        expect(Temporal.PlainDate.compare(few.respond.day, Temporal.PlainDate.from(start))).toBe(1)
        expect(Temporal.PlainDate.compare(more.respond.day, few.respond.day)).toBeGreaterThanOrEqual(0)
        expect([few.regime, more.regime]).toEqual([regime, regime])
        // A term of plain days knows no holidays; and it ends with the whole of its last day.
        if (!('businessDays' in regimes[regime].respond)) expect(day(more.respond)).toBe(day(few.respond))
        expect(few.respond.before.toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 1 }).toString()).toBe(day(few.respond))
      }),
    )
  })
})

function isFederalHoliday(date: Temporal.PlainDate): boolean {
  const { month, dayOfWeek, day: number } = date
  const nth = Math.ceil(number / 7)
  if (dayOfWeek === 1) {
    if ((month === 1 || month === 2) && nth === 3) return true
    if (month === 5 && number > 24) return true
    if (month === 9 && nth === 1) return true
    if (month === 10 && nth === 2) return true
  }
  if (month === 11 && dayOfWeek === 4 && nth === 4) return true
  const fixed = ['01-01', '06-19', '07-04', '11-11', '12-25']
  const is = (one: Temporal.PlainDate) => fixed.includes(one.toString().slice(5))
  return is(date) || (dayOfWeek === 5 && is(date.add({ days: 1 }))) || (dayOfWeek === 1 && is(date.subtract({ days: 1 })))
}
