import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CalendarId } from './calendars.ts'
import { calendars, holidayNames, holidaysOf } from './calendars.ts'
import { dateOf, dateParts, dayNumber, monthsAfter, numberOf, weekdayOf } from './day-number.ts'

const kept = (id: CalendarId, year: number) =>
  Object.fromEntries(holidaysOf(id, year).map((one) => [one.id, dateOf(one.observed).toString().slice(5)]))

describe('holidays', () => {
  it('of the United States are kept where the Office of Personnel Management says', () => {
    expect(kept('us', 2026)).toEqual({
      new_year: '01-01',
      martin_luther_king: '01-19',
      washington: '02-16',
      memorial: '05-25',
      juneteenth: '06-19',
      independence: '07-03',
      labor: '09-07',
      columbus: '10-12',
      veterans: '11-11',
      thanksgiving: '11-26',
      christmas: '12-25',
    })
    expect(kept('us', 2027)).toMatchObject({ new_year: '01-01', juneteenth: '06-18', independence: '07-05', christmas: '12-24' })
  })

  it('of a New Year’s Day on a Saturday are kept in the year before', () => {
    expect(holidaysOf('us', 2028).map(({ observed }) => dateOf(observed).toString())).toContain('2027-12-31')
    expect([...holidayNames('us', 2027, 2027).values()].filter((name) => name === 'new_year')).toHaveLength(2)
  })

  it.each<[CalendarId, string, string]>([
    ['ca', '2026-05-18', 'victoria'],
    ['ca', '2026-09-30', 'truth_and_reconciliation'],
    ['ca', '2026-12-28', 'boxing'],
    ['ca-on', '2026-12-28', 'boxing'],
    ['ca-on', '2026-02-16', 'family'],
    ['ca-qc', '2026-05-18', 'patriots'],
    ['ca-qc', '2026-06-24', 'saint_john_baptist'],
    ['ca-qc', '2026-04-03', 'good_friday'],
    ['ca-bc', '2026-08-03', 'civic'],
    ['ca-nu', '2026-07-09', 'nunavut'],
    ['ca-yt', '2026-08-17', 'discovery'],
    ['us-la', '2026-01-08', 'battle_of_new_orleans'],
    ['us-la', '2026-02-17', 'mardi_gras'],
    ['us-la', '2026-11-03', 'election'],
    ['us-ri', '2026-08-10', 'victory'],
    ['us-ut', '2026-07-24', 'pioneer'],
    ['us-al', '2026-04-27', 'confederate_memorial'],
    ['us-ms', '2026-04-27', 'confederate_memorial'],
    ['us-pa', '2025-11-04', 'election'],
  ])('%s closes %s for %s', (id, date, name) => {
    const { year } = Temporal.PlainDate.from(date)
    expect(holidayNames(id, year, year).get(numberOf(Temporal.PlainDate.from(date)))).toBe(name)
  })

  it('two on one weekend are kept on two days', () => {
    expect(kept('ca', 2021)).toMatchObject({ christmas: '12-27', boxing: '12-28' })
    expect(kept('ca', 2022)).toMatchObject({ christmas: '12-27', boxing: '12-26' })
  })

  it('have a source, and fall on working days once they are kept, where they move at all', () => {
    for (const [id, { source, rules }] of Object.entries(calendars)) {
      expect(source).not.toBe('')
      for (let year = 2024; year < 2034; year++) {
        const moving = rules.filter((rule) => 'moved' in rule).map((rule) => rule.id)
        for (const one of holidaysOf(id as CalendarId, year)) if (moving.includes(one.id)) expect(weekdayOf(one.observed)).toBeLessThan(6)
      }
    }
  })
})

describe('day numbers', () => {
  it('are those of the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (number) => {
        const date = Temporal.PlainDate.from('1970-01-01').add({ days: number })
        expect(dateParts(number)).toEqual({ year: date.year, month: date.month, day: date.day })
        expect(dayNumber(date.year, date.month, date.day)).toBe(number)
        expect(weekdayOf(number)).toBe(date.dayOfWeek)
      }),
    )
  })

  it('move by months as the calendar does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: -30, max: 30 }), (number, months) => {
        expect(dateOf(monthsAfter(number, months)).toString()).toBe(dateOf(number).add({ months }).toString())
      }),
    )
  })
})
