import { expect, it } from 'vitest'
import { followClockBack, orderedId } from './index.ts'

it('sorts a fast series in the order it was made', () => {
  const series = Array.from({ length: 20_000 }, () => orderedId(1_763_800_000_000))
  expect([...series].sort()).toEqual(series)
  expect(new Set(series).size).toBe(series.length)
})

it('stays ordered when the clock jumps back', () => {
  const before = orderedId(1_900_000_000_000)
  const after = orderedId(1_800_000_000_000)
  expect(after > before).toBe(true)
})

it('sorts by the clock again once it is told that the clock was put back', () => {
  const before = orderedId(1_900_000_000_000)
  followClockBack()
  expect(orderedId(1_800_000_000_000) < before).toBe(true)
})

it('is a version 7, variant 10 UUID whose first 48 bits are the time (RFC 9562 §5.7)', () => {
  const id = orderedId(2_000_000_000_000)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(2_000_000_000_000)
})
