import { expect, it } from 'vitest'
import { snoozeTimes } from './snooze-times.ts'

const zone = 'America/New_York'
const times = (now: string) => Object.fromEntries(snoozeTimes(Date.parse(now), zone).map(({ key, at }) => [key, at]))

it('offers later today only while the day lasts', () => {
  expect(times('2026-11-19T21:30:00Z')).not.toHaveProperty('later')
  expect(times('2026-11-19T15:30:00Z').later).toBe('2026-11-19T18:30:00.000Z')
})

it('comes back on the morning of tomorrow, and of next Monday', () => {
  expect(times('2026-11-19T15:30:00Z')).toMatchObject({ tomorrow: '2026-11-20T14:00:00Z', week: '2026-11-23T14:00:00Z' })
  expect(times('2026-11-16T15:30:00Z').week).toBe('2026-11-23T14:00:00Z')
  // The clocks go back in between; nine stays nine.
  expect(times('2026-10-31T15:30:00Z')).toMatchObject({ tomorrow: '2026-11-01T14:00:00Z', week: '2026-11-02T14:00:00Z' })
})
