const DAY_MS = 86_400_000

/** A moment as lists write it, as short as it stays clear: the time today, the weekday this week, the day this year, then the date. */
export function listTime(at: string, now: number, tag: string, zone: string): string {
  const ms = Date.parse(at)
  const days = dayNumber(now, zone) - dayNumber(ms, zone)
  const write = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, { ...options, timeZone: zone }).format(ms)
  if (days === 0) return write({ hour: 'numeric', minute: '2-digit' })
  if (days > 0 && days < 7) return write({ weekday: 'short' })
  if (Math.abs(days) < 300) return write({ day: 'numeric', month: 'short' })
  return write({ dateStyle: 'short' })
}

/** Days since 1970 on the calendar of a zone. */
function dayNumber(ms: number, zone: string): number {
  const iso = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms)
  return Date.parse(iso) / DAY_MS
}
