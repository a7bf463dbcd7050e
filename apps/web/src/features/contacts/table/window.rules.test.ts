import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxHeight, drawnRows, type Place, placeAt, ROW_PX, scrolledTo } from './window.rules.ts'

const view = 700
const million = { rows: 1_000_000, view }
const start: Place = { scroll: 0, shift: 0 }

describe('a window over a table that is too tall for a browser', () => {
  it('keeps to what a browser lays out, and moves a table that fits as it is', () => {
    expect(boxHeight(million)).toBeLessThan(17_000_000)
    expect(scrolledTo(start, 5000, { rows: 1000, view })).toEqual({ scroll: 5000, shift: 0 })
    expect(drawnRows({ scroll: 3600, shift: 0 }, { rows: 1000, view })).toEqual({ from: 94, to: 127 })
  })

  it('is at the last row when the bar is at its end, and at the first when it is back', () => {
    const end = scrolledTo(start, boxHeight(million) - view, million)
    expect(drawnRows(end, million).to).toBe(1_000_000)
    expect(end.scroll + end.shift).toBe(1_000_000 * ROW_PX - view)
    expect(scrolledTo(end, 0, million)).toEqual(start)
  })

  it('reaches both ends by small steps, skips no row, and has a bar that is never out of its box', () => {
    const small = { rows: 4000, view: 360, tallest: 20_000, edge: 2000 }
    const most = small.rows * ROW_PX - small.view
    fc.assert(
      fc.property(fc.array(fc.record({ by: fc.integer({ min: -600, max: 600 }), jump: fc.boolean() }), { maxLength: 60 }), (steps) => {
        let place = start
        for (const { by, jump } of steps) {
          const bar = Math.min(Math.max(0, place.scroll + (jump ? by * 30 : by)), boxHeight(small) - small.view)
          const moved = bar - place.scroll
          const next = scrolledTo(place, bar, small)
          const top = next.scroll + next.shift
          expect(top).toBeGreaterThanOrEqual(0)
          expect(top).toBeLessThanOrEqual(most)
          expect(next.scroll).toBeGreaterThanOrEqual(0)
          expect(next.scroll).toBeLessThanOrEqual(boxHeight(small) - small.view)
          if (Math.abs(moved) <= 2 * small.view) {
            const wanted = Math.min(Math.max(0, place.scroll + place.shift + moved), most)
            expect(Math.abs(top - wanted)).toBeLessThanOrEqual(1)
          }
          place = next
        }
        for (const way of [1, -1]) {
          for (let step = 0; step < most / 500 + 2; step += 1)
            place = scrolledTo(place, Math.min(Math.max(0, place.scroll + way * 500), boxHeight(small) - small.view), small)
          expect(place.scroll + place.shift).toBe(way > 0 ? most : 0)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('goes to any row', () => {
    for (const row of [0, 1, 5000, 500_000, 999_999]) {
      const { from, to } = drawnRows(placeAt(row * ROW_PX, million), million)
      expect(row >= from && row < to).toBe(true)
    }
  })
})
