import { expect, it } from 'vitest'
import { listTime } from './list-time.ts'

const now = Date.parse('2026-11-19T17:00:00Z')

it.each([
  ['2026-11-19T14:30:00Z', '9:30 AM'],
  // Still the 18th in New York.
  ['2026-11-19T04:30:00Z', 'Wed'],
  ['2026-11-13T14:30:00Z', 'Fri'],
  ['2026-11-12T14:30:00Z', 'Nov 12'],
  ['2025-11-12T14:30:00Z', '11/12/25'],
  ['2026-12-24T14:30:00Z', 'Dec 24'],
])('writes %s as %s', (at, said) => {
  expect(listTime(at, now, 'en-US', 'America/New_York').replaceAll('\u202f', ' ')).toBe(said)
})
