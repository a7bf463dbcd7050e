import { expect, it } from 'vitest'

const day = Temporal.PlainDate.from('2026-11-29')

it.each([
  ['instants', Temporal.Instant.from('2026-11-29T12:00:00Z'), Temporal.Instant.from('2026-11-29T13:00:00Z')],
  ['days', day, day.add({ days: 1 })],
  ['times of day', Temporal.PlainTime.from('09:00'), Temporal.PlainTime.from('09:30')],
  ['durations', Temporal.Duration.from({ days: 1 }), Temporal.Duration.from({ days: 2 })],
  ['kinds of moments', day, day.toPlainYearMonth()],
  ['a day and its text', day, day.toString()],
])('a test tells apart %s, also inside of other values', (_, one, other) => {
  expect({ at: [one] }).not.toEqual({ at: [other] })
  expect({ at: one, more: 1 }).not.toMatchObject({ at: other })
  expect({ at: [one] }).toEqual({ at: [structuredCopy(one)] })
})

/** The same moment in another object. */
const structuredCopy = <T extends object>(moment: T): unknown =>
  'from' in moment.constructor && typeof moment.constructor.from === 'function' ? moment.constructor.from(String(moment)) : moment
