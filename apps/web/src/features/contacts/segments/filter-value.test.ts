import { expect, it } from 'vitest'
import { filterOf, readFilter } from './filter-value.ts'

it('reads a filter out of an address, and leaves out what is none', () => {
  const filter = { all: [{ on: 'tag', tag: 'VIP' }, { any: [{ on: 'archived' }] }] }
  expect(readFilter(filter)).toEqual(filter)
  const deep = { all: [{ all: [{ all: [{ all: [{ on: 'archived' }] }] }] }] }
  const long = { all: [{ on: 'tag', tag: 'x'.repeat(7000) }] }
  for (const none of [undefined, 'all', [], {}, { all: [] }, { all: ['x'] }, { some: [{ on: 'tag' }] }, { all: [], any: [] }, deep, long])
    expect(readFilter(none)).toBeUndefined()
})

it('is gone with its last condition', () => {
  expect(filterOf('any', [])).toBeUndefined()
  expect(filterOf('any', [{ on: 'archived' }])).toEqual({ any: [{ on: 'archived' }] })
})
