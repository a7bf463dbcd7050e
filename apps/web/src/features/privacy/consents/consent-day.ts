/** The calendar day of a moment on the clock of the business, `2026-11-22`. */
export const dayOf = (ms: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms)

/** Noon of a day there: a consent that is written down later is known by its day. */
export function momentOf(day: string, zone: string): string {
  const noonUtc = Date.parse(`${day}T12:00:00Z`)
  const shown = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hour: '2-digit', hourCycle: 'h23', minute: '2-digit' }).format(noonUtc)
  const [hour = 12, minute = 0] = shown.split(':').map(Number)
  return new Date(noonUtc - (hour * 60 + minute - 12 * 60) * 60_000).toISOString()
}
