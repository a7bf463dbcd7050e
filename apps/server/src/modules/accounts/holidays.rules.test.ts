import { expect, it } from 'vitest'
import { easterSunday, holidaysBetween } from './holidays.rules.ts'

const year = (set: Parameters<typeof holidaysBetween>[0], of: number) =>
  holidaysBetween(set, new Temporal.PlainDate(of, 1, 1), new Temporal.PlainDate(of, 12, 31)).map(({ date }) => date.toString().slice(5))

it.each([
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2038, '2038-04-25'],
])('Easter of %i is %s', (of, date) => {
  expect(easterSunday(of).toString()).toBe(date)
})

it('US federal holidays of 2026 (OPM): Independence Day is kept on Friday', () => {
  expect(year('us', 2026)).toEqual(['01-01', '01-19', '02-16', '05-25', '06-19', '07-03', '09-07', '10-12', '11-11', '11-26', '12-25'])
})

it('US federal holidays of 2027 (OPM): New Year of 2028 is kept in 2027', () => {
  expect(year('us', 2027)).toEqual([
    '01-01',
    '01-18',
    '02-15',
    '05-31',
    '06-18',
    '07-05',
    '09-06',
    '10-11',
    '11-11',
    '11-25',
    '12-24',
    '12-31',
  ])
})

it('bank holidays of England and Wales 2027 and 2028 (gov.uk): Christmas and Boxing Day move one after the other', () => {
  expect(year('gb', 2027)).toEqual(['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'])
  expect(year('gb', 2028)).toEqual(['01-03', '04-14', '04-17', '05-01', '05-29', '08-28', '12-25', '12-26'])
})

it('bank holidays of England and Wales 2026 (gov.uk): Boxing Day is kept on Monday', () => {
  expect(year('gb', 2026)).toEqual(['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28'])
})

it('jours fériés 2026 (service-public.fr)', () => {
  expect(year('fr', 2026)).toEqual(['01-01', '04-06', '05-01', '05-08', '05-14', '05-25', '07-14', '08-15', '11-01', '11-11', '12-25'])
})

it('Victoria Day is the Monday before 25 May', () => {
  expect(year('ca', 2026)).toContain('05-18')
  expect(year('ca', 2027)).toContain('05-24')
})
