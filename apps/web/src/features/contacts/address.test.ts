import { expect, it } from 'vitest'
import { isNarrowed, readContactsSearch } from './address.ts'

const id = '019aa1c2-7b44-7c11-8f00-0123456789ab'

it.each([
  {},
  { q: '  ', tag: '', owner: 'me', archived: 'no', sort: 'age', tab: 'timeline', form: 'old' },
  { q: ['a'], tag: null, archived: false },
])('shows everybody for %j', (search) => {
  expect(readContactsSearch(search)).toEqual({})
})

it('keeps what narrows the list, and numbers as they were typed', () => {
  const search = { q: 'ann', tag: 'VIP', owner: id, archived: true, sort: 'name', tab: 'notes', form: 'edit' }
  expect(readContactsSearch(search)).toEqual(search)
  expect(readContactsSearch({ form: 'known' })).toEqual({ form: 'known' })
  expect(readContactsSearch({ q: 5550142, archived: 'true' })).toEqual({ q: '5550142', archived: true })
  expect(readContactsSearch({ q: 'x'.repeat(500) }).q).toHaveLength(120)
})

it('tells a narrowed list from one that is looked through', () => {
  expect([isNarrowed({ q: 'ann', sort: 'name' }), isNarrowed({ tag: 'VIP' }), isNarrowed({ archived: true })]).toEqual([false, true, true])
})
