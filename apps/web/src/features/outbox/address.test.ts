import { expect, it } from 'vitest'
import { readOutboxSearch } from './address.ts'

it.each([{}, { list: 'all', view: 'html' }, { list: 'spam', view: 1 }])('shows every mail for %j', (search) => {
  expect(readOutboxSearch(search)).toEqual({})
})

it('keeps a list and a way to show', () => {
  expect(readOutboxSearch({ list: 'failed', view: 'headers' })).toEqual({ list: 'failed', view: 'headers' })
})
