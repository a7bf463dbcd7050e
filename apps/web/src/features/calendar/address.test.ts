import { expect, it } from 'vitest'
import { readCalendarSearch } from './address.ts'

const id = '019aa1c2-7b44-7c11-8f00-0123456789ab'

it.each([
  ['nothing', {}],
  ['an unknown view', { view: 'year' }],
  ['a month there is not', { date: '2026-13-01' }],
  ['a day there is not', { date: '2026-02-30' }],
  ['something that is no date', { date: 20261119 }],
  ['an id that is none', { booking: 'b-1', contact: '../..', staff: 'a,b' }],
  ['a moment without a zone', { book: '2026-11-19T10:00' }],
])('shows the usual week for %s', (_, search) => {
  expect(readCalendarSearch(search)).toEqual({})
})

it('keeps what names a view, and of the people those that can be', () => {
  const search = { view: 'day', date: '2026-11-19', booking: id, book: '2026-11-19T15:00:00Z', contact: id, person: id }
  expect(readCalendarSearch({ ...search, staff: `${id},nobody`, more: 'x' })).toEqual({ ...search, staff: id })
  expect(readCalendarSearch({ book: 'new' })).toEqual({ book: 'new' })
})
