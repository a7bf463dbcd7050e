import { expect, it } from 'vitest'
import { dayOf, momentOf } from './consent-day.ts'

it.each([
  ['2026-11-22', 'America/New_York', '2026-11-22T17:00:00.000Z'],
  ['2026-07-01', 'America/New_York', '2026-07-01T16:00:00.000Z'],
  ['2026-11-22', 'Asia/Kathmandu', '2026-11-22T06:15:00.000Z'],
  ['2026-11-22', 'Pacific/Honolulu', '2026-11-22T22:00:00.000Z'],
])('%s in %s is noon there, and reads as the same day', (day, zone, moment) => {
  expect(momentOf(day, zone)).toBe(moment)
  expect(dayOf(Date.parse(moment), zone)).toBe(day)
})
