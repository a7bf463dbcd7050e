import { expect, it } from 'vitest'
import { groupByDay } from './day-groups.ts'

const at = (...moments: string[]) => moments.map((one) => ({ at: one }))

it('groups by the day in the zone of the reader', () => {
  const items = at('2026-11-20T12:00:00Z', '2026-11-20T04:30:00Z', '2026-11-19T23:00:00Z')
  expect(groupByDay(items, 'UTC').map(({ day, items: held }) => [day, held.length])).toEqual([
    ['2026-11-20', 2],
    ['2026-11-19', 1],
  ])
  expect(groupByDay(items, 'America/New_York').map(({ day, items: held }) => [day, held.length])).toEqual([
    ['2026-11-20', 1],
    ['2026-11-19', 2],
  ])
})

it('is nothing for nothing', () => {
  expect(groupByDay([], 'UTC')).toEqual([])
})
