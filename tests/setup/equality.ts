import { expect } from 'vitest'

const kinds = [
  Temporal.Instant,
  Temporal.ZonedDateTime,
  Temporal.PlainDate,
  Temporal.PlainTime,
  Temporal.PlainDateTime,
  Temporal.PlainYearMonth,
  Temporal.PlainMonthDay,
  Temporal.Duration,
] as const
const kindOf = (value: unknown) => kinds.find((kind) => value instanceof kind)

/** Two moments are equal when they say the same. They have no properties of their own, so that any two would pass for equal otherwise. */
expect.addEqualityTesters([
  (one: unknown, other: unknown) => {
    const kind = kindOf(one)
    if (!kind && !kindOf(other)) return undefined
    return kind === kindOf(other) && String(one) === String(other)
  },
])
