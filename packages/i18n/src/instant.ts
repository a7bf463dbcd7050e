/** A moment: a `Temporal.Instant` or `ZonedDateTime` (only `epochMilliseconds` is read), epoch milliseconds, or an ISO 8601 string with its offset. */
export type InstantLike = number | string | { readonly epochMilliseconds: number }

const isoWithOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)(\[.*\])?$/

/** Epoch milliseconds of a moment. Works without Temporal, which not every browser has. Throws `RangeError` on anything else. */
export function epochMs(instant: InstantLike): number {
  if (typeof instant === 'number') return instant
  if (typeof instant !== 'string') return instant.epochMilliseconds
  // Without an offset Date.parse would silently take the zone of this computer.
  if (!isoWithOffset.test(instant)) throw new RangeError(`"${instant}" is not a moment with its offset, such as 2026-04-24T09:00:00Z.`)
  return Date.parse(instant.replace(/\[.*$/, '').replace(',', '.'))
}
