import { useReader } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'

/** Writes moments so that they fit beside other things, on the clock of the business. */
export type ShortWhen = {
  /** `Fri, Nov 20, 10:30 AM` */
  readonly dayTime: (at: string) => string
  /** `Fri, Nov 20` */
  readonly day: (at: string) => string
  /** `10:30 AM` */
  readonly time: (at: string) => string
  /** `10:30`: where AM or PM is clear */
  readonly clock: (at: string) => string
  /** `Fri, Nov 20` of a day without a zone */
  readonly date: (date: string) => string
  /** `Nov 2026` of a day without a zone */
  readonly month: (date: string) => string
  readonly zone: string
}

/** Short moments for the reader, in the zone of the business. */
export function useShortWhen(): ShortWhen {
  const { tag } = useReader()
  const { zone } = useWorkspace()
  return shortWhen(tag, zone)
}

/** Short moments in a language and a zone. */
export function shortWhen(tag: string, zone: string): ShortWhen {
  const key = `${tag} ${zone}`
  const known = made.get(key)
  if (known) return known
  const clock = { hour: 'numeric', minute: '2-digit' } as const
  const writer = (options: Intl.DateTimeFormatOptions, timeZone = zone) => new Intl.DateTimeFormat(tag, { ...options, timeZone })
  const [dayTime, day, time, date] = [writer({ ...dayLook, ...clock }), writer(dayLook), writer(clock), writer(dayLook, 'UTC')]
  const month = writer({ month: 'short', year: 'numeric' }, 'UTC')
  const short: ShortWhen = {
    dayTime: (at) => dayTime.format(Date.parse(at)),
    day: (at) => day.format(Date.parse(at)),
    time: (at) => time.format(Date.parse(at)),
    clock: (at) =>
      time
        .formatToParts(Date.parse(at))
        .filter(({ type }) => type !== 'dayPeriod')
        .map(({ value }) => value)
        .join('')
        .trim(),
    date: (plain) => date.format(Date.parse(plain)),
    month: (plain) => month.format(Date.parse(plain)),
    zone,
  }
  made.set(key, short)
  return short
}

const dayLook = { weekday: 'short', day: 'numeric', month: 'short' } as const
const made = new Map<string, ShortWhen>()
