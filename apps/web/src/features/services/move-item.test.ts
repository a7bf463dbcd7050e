import { expect, it } from 'vitest'
import { moveItem } from './move-item.ts'

it.each([
  ['a', -1, 'abc'],
  ['a', 0, 'abc'],
  ['a', 1, 'bac'],
  ['a', 9, 'bca'],
  ['c', 0, 'cab'],
  ['b', 2, 'acb'],
])('moves %s to place %i', (item, to, expected) => {
  expect(moveItem([...'abc'], item, to).join('')).toBe(expected)
})
