/** A stretch of time in which a zone keeps one offset from UTC, in epoch milliseconds. */
export type Stretch = { readonly startMs: number; readonly endMs: number; readonly offsetMs: number }

/** The zone's stretches over a span, from its transitions; the first and the last reach as far as anybody asks. */
export function stretchesOf(zone: string, fromMs: number, toMs: number): readonly Stretch[] {
  let time = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(zone)
  const stretches: Stretch[] = []
  let startMs = Number.NEGATIVE_INFINITY
  for (;;) {
    const offsetMs = time.offsetNanoseconds / 1e6
    const next = time.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= toMs) return [...stretches, { startMs, endMs: Number.POSITIVE_INFINITY, offsetMs }]
    stretches.push({ startMs, endMs: next.epochMilliseconds, offsetMs })
    startMs = next.epochMilliseconds
    time = next
  }
}

/** The wall clock of an instant, as if it were UTC. */
export function localMsOf(stretches: readonly Stretch[], ms: number): number {
  return ms + (stretches.find(({ endMs }) => ms < endMs)?.offsetMs ?? 0)
}

/** Whether this is a time zone the platform knows. A name that is not narrows nothing, so it is left out. */
export function isZone(name: string): boolean {
  const known = zoneNames.get(name)
  if (known !== undefined) return known
  let valid = true
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
  } catch {
    valid = false
  }
  if (zoneNames.size < 2000) zoneNames.set(name, valid)
  return valid
}
const zoneNames = new Map<string, boolean>()
