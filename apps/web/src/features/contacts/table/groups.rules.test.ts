import { describe, expect, it } from 'vitest'
import { layOut, pagesSeen, turned } from './groups.rules.ts'

const groups = [
  { key: 'a', count: 3 },
  { key: 'b', count: 0 },
  { key: 'c', count: 250 },
]
const laid = (shut: readonly string[] = []) => layOut(groups, new Set(shut))

describe('a grouped table', () => {
  it('has a head for each group, and its people below unless it is shut', () => {
    const { total, at } = laid()
    expect(total).toBe(256)
    expect([0, 1, 3, 4, 5, 6, 255].map(at).map((one) => `${one?.group.key}${one?.row}`)).toEqual([
      'a-1',
      'a0',
      'a2',
      'b-1',
      'c-1',
      'c0',
      'c249',
    ])
    expect([at(-1), at(256)]).toEqual([undefined, undefined])
    const shut = laid(['c'])
    expect([shut.total, shut.at(5)?.row, shut.at(6)]).toEqual([6, -1, undefined])
  })

  it('asks for the pages that are seen alone', () => {
    const seen = pagesSeen(laid(), { from: 2, to: 108 }, 100).map(({ group, page }) => `${group.key}${page}`)
    expect(seen).toEqual(['a0', 'c0', 'c1'])
  })

  it('remembers which are shut', () => {
    expect(turned(undefined, 'a')).toBe('a')
    expect(turned('a,b', 'a')).toBe('b')
    expect(turned('a', 'a')).toBeUndefined()
  })
})
