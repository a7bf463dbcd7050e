import { describe, expect, it } from 'vitest'
import { changedFields, mergeEdits } from './merge-edits.ts'

const base = { name: 'Ann', phone: '1', tags: ['a'] as readonly string[], vip: false }

describe('two edits of one thing', () => {
  it('leaves to a person what both changed, and shows what she typed', () => {
    const merged = mergeEdits(base, { ...base, name: 'Anna' }, { ...base, name: 'Anne' })
    expect(merged).toEqual({
      values: { ...base, name: 'Anna' },
      taken: [],
      conflicts: [{ field: 'name', base: 'Ann', mine: 'Anna', theirs: 'Anne' }],
    })
  })

  it('takes over what only the other changed', () => {
    const merged = mergeEdits(base, { ...base, name: 'Anna' }, { ...base, phone: '2', tags: ['a', 'b'] })
    expect(merged).toEqual({ values: { name: 'Anna', phone: '2', tags: ['a', 'b'], vip: false }, taken: ['phone', 'tags'], conflicts: [] })
  })

  it('sees no conflict where both meant the same', () => {
    expect(mergeEdits(base, { ...base, vip: true, tags: [] }, { ...base, vip: true, tags: [] })).toEqual({
      values: { ...base, vip: true, tags: [] },
      taken: [],
      conflicts: [],
    })
  })
})

it('names what differs', () => {
  expect(changedFields(base, { ...base, tags: ['b'], vip: true })).toEqual(['tags', 'vip'])
  expect(changedFields(base, { ...base, tags: ['a'] })).toEqual([])
})
