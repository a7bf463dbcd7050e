import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intersect, normalise, subtract } from './intervals.ts'

const pairs = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -2, max: 12 })))
  .map((list) => list.flatMap(([at, length]) => [at, at + length]))

/** The points of a set, one by one. */
const points = (list: readonly number[]) => {
  const found = new Set<number>()
  for (let i = 0; i < list.length; i += 2) for (let at = list[i]!; at < list[i + 1]!; at++) found.add(at)
  return found
}
const isNormal = (list: readonly number[]) => list.every((value, index) => index === 0 || list[index - 1]! < value)

describe('sets of time', () => {
  it('joins what overlaps or touches and drops what is empty', () => {
    expect(normalise([5, 7, 1, 3, 3, 5, 9, 9, 20, 18])).toEqual([1, 7])
    expect(normalise([])).toEqual([])
  })

  it('agrees with sets of single points', () => {
    fc.assert(
      fc.property(pairs, pairs, (left, right) => {
        const a = normalise(left)
        const b = normalise(right)
        expect(points(a)).toEqual(points(left))
        expect(points(subtract(a, b))).toEqual(points(a).difference(points(b)))
        expect(points(intersect(a, b))).toEqual(points(a).intersection(points(b)))
        expect([a, subtract(a, b), intersect(a, b)].every(isNormal)).toBe(true)
      }),
    )
  })
})
