import { expect, it } from 'vitest'
import { zoneDifference } from './zone-difference.ts'

it.each([
  ['America/New_York', 'America/Toronto', '2026-11-19T12:00:00Z', 0],
  ['America/New_York', 'Europe/Paris', '2026-11-19T12:00:00Z', -360],
  // Europe has already left summer time, New York has not.
  ['America/New_York', 'Europe/Paris', '2026-10-27T12:00:00Z', -300],
  ['Asia/Kathmandu', 'UTC', '2026-11-19T12:00:00Z', 345],
])('%s is apart from %s', (zone, other, at, minutes) => {
  expect(zoneDifference(zone, other, at)).toBe(minutes)
})
