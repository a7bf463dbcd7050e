import ICAL from 'ical.js'
import { findIana } from 'windows-iana'

/** Turns wall clocks of one zone into moments and back, in milliseconds; a wall clock is counted as if it were UTC. */
export type WallZone = { readonly toMs: (wallMs: number) => number; readonly toWallMs: (ms: number) => number }

/** The zones that the events of one calendar name. */
export type CalendarZones = {
  /** Undefined where nobody knows it. */
  readonly zone: (name: string) => WallZone | undefined
  /** Times without a zone, and whole days, are on the calendar's own clock; where it has none, the business's. */
  readonly own: WallZone
}

export const utc: WallZone = { toMs: (ms) => ms, toWallMs: (ms) => ms }

/**
 * Finds zones by their names: those of the IANA database (also with the prefixes that some programs put before them), those of Windows, which Outlook writes, and at last the rules that the
 * calendar itself brings (VTIMEZONE), which are often cut short.
 */
export function calendarZones(rules: ReadonlyMap<string, ICAL.Component>, ownName: string | undefined, business: string): CalendarZones {
  const found = new Map<string, WallZone | undefined>()
  const zone = (name: string): WallZone | undefined => {
    if (!found.has(name)) found.set(name, ianaZone(name) ?? windowsZone(name) ?? zoneByRules(rules.get(name), ianaZone))
    return found.get(name)
  }
  return { zone, own: (ownName === undefined ? undefined : zone(ownName)) ?? ianaZone(business) ?? utc }
}

/** `/mozilla.org/20050126_1/America/New_York` and the like end in the name. */
function ianaZone(name: string): WallZone | undefined {
  const parts = name.split('/')
  for (const length of [parts.length, 3, 2]) {
    const id = parts.slice(-length).join('/')
    if (/^[A-Za-z]/.test(id) && isZone(id)) return wallZone(id)
  }
  return undefined
}

function windowsZone(name: string): WallZone | undefined {
  const [id] = findIana(name)
  return id !== undefined && isZone(id) ? wallZone(id) : undefined
}

const isZone = (id: string): boolean => {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id).timeZoneId !== ''
  } catch {
    return false
  }
}

/** A gap moves forward, an overlap takes the first (as slots do). */
const wallZone = (id: string): WallZone => ({
  toMs: (wallMs) => wallAt(wallMs).toZonedDateTime(id, { disambiguation: 'compatible' }).epochMilliseconds,
  toWallMs: (ms) => ms + Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(id).offsetNanoseconds / 1_000_000,
})

const wallAt = (wallMs: number): Temporal.PlainDateTime =>
  Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO('UTC').toPlainDateTime()

function zoneByRules(rules: ICAL.Component | undefined, byName: (name: string) => WallZone | undefined): WallZone | undefined {
  if (!rules) return undefined
  const real = rules.getFirstPropertyValue('x-lic-location')
  const named = typeof real === 'string' ? byName(real) : undefined
  if (named) return named
  const zone = new ICAL.Timezone(rules)
  const offsetMs = (wallMs: number) => zone.utcOffset(ICAL.Time.fromJSDate(new Date(wallMs), true)) * 1000
  return { toMs: (wallMs) => wallMs - offsetMs(wallMs), toWallMs: (ms) => ms + offsetMs(ms) }
}
