import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layLanes, overlaps } from './lanes.ts'

const item = (name: string, from: number, until: number) => ({ name, from, until })
const laid = (...items: ReturnType<typeof item>[]) =>
  Object.fromEntries(layLanes(items).map(({ item: { name }, lane, lanes, wide }) => [name, `${lane}+${wide}/${lanes}`]))

describe('lanes', () => {
  it('leaves what does not overlap its whole width', () => {
    expect(laid(item('a', 0, 60), item('b', 60, 120))).toEqual({ a: '0+1/1', b: '0+1/1' })
  })

  it('puts two at the same time side by side, the longer one first', () => {
    expect(laid(item('short', 0, 30), item('long', 0, 60))).toEqual({ long: '0+1/2', short: '1+1/2' })
  })

  it('gives a lane on as soon as it is free, and lets the last one grow', () => {
    expect(laid(item('a', 0, 120), item('b', 0, 30), item('c', 30, 60), item('d', 90, 130))).toEqual({
      a: '0+1/2',
      b: '1+1/2',
      c: '1+1/2',
      d: '1+1/2',
    })
    expect(laid(item('a', 0, 60), item('b', 0, 60), item('c', 0, 90), item('d', 60, 80))).toEqual({
      c: '0+1/3',
      a: '1+1/3',
      b: '2+1/3',
      d: '1+2/3',
    })
  })

  it('never lets two that overlap share a lane, nor anything leave its day column', () => {
    const span = fc.tuple(fc.nat(1400), fc.integer({ min: 5, max: 240 })).map(([from, length]) => ({ from, until: from + length }))
    fc.assert(
      fc.property(fc.array(span, { maxLength: 40 }), (spans) => {
        const result = layLanes(spans)
        expect(result.length).toBe(spans.length)
        for (const [index, a] of result.entries()) {
          expect(a.lane + a.wide).toBeLessThanOrEqual(a.lanes)
          expect(a.wide).toBeGreaterThan(0)
          for (const b of result.slice(index + 1)) {
            if (!overlaps(a.item, b.item)) continue
            expect(a.lanes).toBe(b.lanes)
            expect(a.lane + a.wide <= b.lane || b.lane + b.wide <= a.lane).toBe(true)
          }
        }
      }),
    )
  })
})
