import { expect, it } from 'vitest'
import { anyTime, wishErrors, wishesOf } from './wishes.rules.ts'

const today = Temporal.PlainDate.from('2027-01-04')
const form = { fromDate: '2027-01-05', untilDate: '2027-01-20', day_1: 'on', day_3: 'on', part_morning: 'on' }
const wrong = (change: Record<string, string>) => wishErrors(wishesOf({ ...form, ...change }), today).map(({ field }) => field)

it('what is not right with wishes is named in the order of the form', () => {
  expect(wrong({})).toEqual([])
  expect(wrong({ fromDate: '', untilDate: 'soon', day_1: '', day_3: '', part_morning: '' })).toEqual([
    'fromDate',
    'untilDate',
    'days',
    'parts',
  ])
  expect(wrong({ untilDate: '2027-01-04' })).toEqual(['untilDate'])
  expect(wrong({ fromDate: '2026-01-01', untilDate: '2027-01-03' })).toEqual(['untilDate'])
  expect(wrong({ untilDate: '2028-02-01' })).toEqual(['untilDate'])
})

it('the form begins with any time of four weeks', () => {
  expect(anyTime(today, null)).toEqual({
    staffId: null,
    fromDate: '2027-01-04',
    untilDate: '2027-02-01',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    parts: ['morning', 'afternoon', 'evening'],
  })
  expect(wishesOf(form)).toMatchObject({ weekdays: [1, 3], parts: ['morning'] })
})
