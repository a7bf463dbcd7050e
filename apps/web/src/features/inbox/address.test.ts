import { expect, it } from 'vitest'
import { readInboxSearch } from './address.ts'

it.each([{}, { status: 'open' }, { status: 'lost', reply: 'no' }, { status: 3, reply: false }])('lists what is open for %j', (search) => {
  expect(readInboxSearch(search)).toEqual({})
})

it('keeps another list, and that an answer is being written', () => {
  expect(readInboxSearch({ status: 'snoozed', reply: true })).toEqual({ status: 'snoozed', reply: true })
  expect(readInboxSearch({ status: 'all', reply: 'true' })).toEqual({ status: 'all', reply: true })
})
