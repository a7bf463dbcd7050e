import { describe, expect, it } from 'vitest'
import type { LivesOn } from './plan.rules.ts'
import { exchange, isSmall, sumsOf } from './small-groups.rules.ts'

const counted: LivesOn = { day: 'day', sums: ['price', 'currency'], tells: { service: 'stand_in', status: 'stays' }, contact: 'contact_id' }
const row = (day: number, service: string) => ({ id: `id-${day}`, day, price: '50', currency: 'USD', service, status: `${service} status` })

describe('a group is small', () => {
  it.each([
    [0, 0, true],
    [4, 3, true],
    [3, 4, true],
    [40, 3, true],
    [3, 400, true],
    [4, 4, false],
  ])('with %i people and %i rows before her: %s', (people, rows, small) => {
    expect(isSmall({ people, rows })).toBe(small)
  })

  it('apart for each sum, with nothing for what costs nothing', () => {
    expect(sumsOf(row(1, 'a'), counted)).toBe(sumsOf(row(2, 'b'), counted))
    expect(sumsOf({ ...row(1, 'a'), price: '51' }, counted)).not.toBe(sumsOf(row(1, 'a'), counted))
    expect(sumsOf({ day: 1 }, counted)).toBe(sumsOf({ day: 2, price: null, currency: null }, counted))
  })
})

describe('an exchange', () => {
  const rows = [row(1, 'a'), row(2, 'b'), row(3, 'c')]

  it('keeps every row’s id, day and sums, and what is told as often as before, together', () => {
    for (let run = 0; run < 50; run += 1) {
      const after = exchange(rows, counted)
      expect(after.map(({ id, day, price }) => [id, day, price])).toEqual(rows.map(({ id, day, price }) => [id, day, price]))
      expect(after.map(({ service }) => service).toSorted()).toEqual(['a', 'b', 'c'])
      for (const { service, status } of after) expect(status).toBe(`${service} status`)
    }
  })

  it('reaches every order equally often: each choice of chance gives another', () => {
    const orders = new Set<string>()
    for (const first of [0, 1, 2])
      for (const second of [0, 1]) {
        const chosen = [first, second]
        orders.add(
          exchange(rows, counted, () => chosen.shift() ?? 0)
            .map(({ service }) => service)
            .join(''),
        )
      }
    expect([...orders].toSorted()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
  })

  it('leaves one row alone as it is', () => {
    expect(exchange([row(1, 'a')], counted)).toEqual([row(1, 'a')])
  })
})
