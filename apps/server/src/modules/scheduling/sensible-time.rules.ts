import { Refusal } from '../../platform/errors/index.ts'

const first = Temporal.Instant.from('2000-01-01T00:00:00Z')
const last = Temporal.Instant.from('2200-01-01T00:00:00Z')

/** Throws `http/invalid-request` for moments no appointment has. The year 0 and the year 10000 are written in ways the database does not read. */
export function requireSensible(...moments: readonly Temporal.Instant[]): void {
  if (moments.every((at) => Temporal.Instant.compare(at, first) >= 0 && Temporal.Instant.compare(at, last) <= 0)) return
  throw new Refusal('http/invalid-request', { detail: 'Use a moment between the years 2000 and 2200. Nothing was changed.' })
}
