import type { InstantLike } from './instant.ts'
import { epochMs } from './instant.ts'

/** Money as the API carries it: minor units (cents) and an ISO 4217 currency. */
export type MoneyLike = { readonly minor: number | bigint | string; readonly currency: string }

/** Writes dates, times, money and numbers the way one reader reads them. */
export type Formats = {
  /** `Apr 24, 2026` */
  readonly date: (at: InstantLike) => string
  /** `9:00 AM`, or `09:00` where the reader's clock has 24 hours */
  readonly time: (at: InstantLike) => string
  /** `Friday, April 24`; with `year` also the year */
  readonly weekdayDate: (at: InstantLike, options?: { readonly year?: boolean }) => string
  /** `Apr 24, 2026, 9:00 AM` */
  readonly dateTime: (at: InstantLike) => string
  /** `Friday, April 24, 2026 at 9:00 AM`: the long form for confirmations and screen readers */
  readonly weekdayDateTime: (at: InstantLike) => string
  /** `9:00 – 9:45 AM`, with the dates when they differ */
  readonly timeRange: (start: InstantLike, end: InstantLike) => string
  /** `Apr 20 – 26, 2026` */
  readonly dateRange: (start: InstantLike, end: InstantLike) => string
  /** A calendar day without a zone, such as `2026-12-25` */
  readonly plainDate: (day: string, style?: 'medium' | 'weekday') => string
  /** A wall-clock time such as `09:00` or `24:00` */
  readonly wallTime: (time: string) => string
  /** ISO weekday, 1 Monday to 7 Sunday */
  readonly weekday: (isoDay: number, style?: 'long' | 'short' | 'narrow') => string
  /** `April 2026` */
  readonly month: (at: InstantLike) => string
  /** `in 2 hours`, `yesterday`, `now` */
  readonly relative: (at: InstantLike, now: InstantLike) => string
  /** `45 min`, `1 h 30 min` */
  readonly duration: (minutes: number) => string
  /** `1 hour 30 minutes`, for screen readers and sentences */
  readonly durationInWords: (minutes: number) => string
  /** `$60.00`; `short` drops zero cents */
  readonly money: (amount: MoneyLike, options?: { readonly short?: boolean }) => string
  readonly number: (value: number) => string
  /** 0.125 → `12.5%` */
  readonly percent: (share: number) => string
  /** `Ann, Bo, and Cy` */
  readonly list: (items: readonly string[]) => string
  /** The zone's name: `Eastern Time`; `short` `ET`; `offset` `GMT-4`, which depends on `at` */
  readonly zoneName: (at: InstantLike, style?: 'long' | 'short' | 'offset') => string
  readonly tag: string
  readonly zone: string
}

/**
 * The formats of one reader: `tag` is her full locale (`en-US` has a 12-hour clock), `zone` the IANA zone in which instants are shown.
 * Keep the result: the formatters behind it are made once, on first use. Throws `RangeError` on an unknown zone or a broken tag.
 */
export function formats(tag: string, zone: string): Formats {
  const made = new Map<string, Intl.DateTimeFormat>()
  const dates = (options: Intl.DateTimeFormatOptions, timeZone = zone): Intl.DateTimeFormat => {
    const key = `${timeZone} ${JSON.stringify(options)}`
    const known = made.get(key)
    if (known) return known
    const format = new Intl.DateTimeFormat(tag, { ...options, timeZone })
    made.set(key, format)
    return format
  }
  const clock = dates({ timeStyle: 'short' })
  const number = new Intl.NumberFormat(tag)
  // In French a number and its unit stay together on one line.
  const gap = new Intl.Locale(tag).language === 'fr' ? '\u202f' : ' '
  const unit = (name: 'hour' | 'minute', value: number): string =>
    new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value)

  return {
    date: (at) => dates({ dateStyle: 'medium' }).format(epochMs(at)),
    time: (at) => clock.format(epochMs(at)),
    weekdayDate: (at, options) =>
      dates({ weekday: 'long', day: 'numeric', month: 'long', ...(options?.year ? { year: 'numeric' } : {}) }).format(epochMs(at)),
    dateTime: (at) => dates({ dateStyle: 'medium', timeStyle: 'short' }).format(epochMs(at)),
    weekdayDateTime: (at) => dates({ dateStyle: 'full', timeStyle: 'short' }).format(epochMs(at)),
    timeRange: (start, end) => clock.formatRange(epochMs(start), epochMs(end)),
    dateRange: (start, end) => dates({ dateStyle: 'medium' }).formatRange(epochMs(start), epochMs(end)),
    plainDate: (day, style = 'medium') =>
      dates(style === 'medium' ? { dateStyle: 'medium' } : { weekday: 'long', day: 'numeric', month: 'long' }, 'UTC').format(dayMs(day)),
    wallTime: (time) => dates({ timeStyle: 'short' }, 'UTC').format(wallMs(time)),
    // 1 January 2024 was a Monday.
    weekday: (isoDay, style = 'long') => dates({ weekday: style }, 'UTC').format(Date.UTC(2024, 0, isoDay)),
    month: (at) => dates({ month: 'long', year: 'numeric' }).format(epochMs(at)),
    relative: (at, now) => relative(tag, epochMs(at), epochMs(now), (ms) => localDay(ms, zone)),
    duration: (minutes) =>
      joinDuration(
        minutes,
        (hours) => `${number.format(hours)}${gap}h`,
        (rest) => `${number.format(rest)}${gap}min`,
      ),
    durationInWords: (minutes) =>
      joinDuration(
        minutes,
        (hours) => unit('hour', hours),
        (rest) => unit('minute', rest),
      ),
    money: (amount, options) => money(tag, amount, options?.short ?? false),
    number: (value) => number.format(value),
    percent: (share) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 }).format(share),
    list: (items) => new Intl.ListFormat(tag, { type: 'conjunction' }).format(items),
    zoneName: (at, style = 'long') => {
      const timeZoneName = { long: 'longGeneric', short: 'shortGeneric', offset: 'shortOffset' } as const
      const parts = dates({ timeZoneName: timeZoneName[style] }).formatToParts(epochMs(at))
      return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
    },
    tag,
    zone,
  }
}

/** The city in a zone's id, where no better name is known: `America/Argentina/Buenos_Aires` → `Buenos Aires`. */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
}

const sundayRegions =
  'AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW'
const saturdayRegions = 'AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY'

/** ISO number of the day a reader's week starts with. From the CLDR table, because not every browser has `getWeekInfo`. */
export function firstWeekday(tag: string): 1 | 6 | 7 {
  const region = new Intl.Locale(tag).maximize().region ?? ''
  if (sundayRegions.split(' ').includes(region)) return 7
  return saturdayRegions.split(' ').includes(region) ? 6 : 1
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayLengthMs = 24 * hourMs

function relative(tag: string, at: number, now: number, dayNumber: (ms: number) => number): string {
  const format = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const apart = at - now
  const size = Math.abs(apart)
  if (size < 45_000) return format.format(0, 'second')
  if (size < 59.5 * minuteMs) return format.format(Math.round(apart / minuteMs), 'minute')
  if (size < 22 * hourMs) return format.format(Math.round(apart / hourMs), 'hour')
  // "Yesterday" is a matter of the calendar, not of 24 hours.
  const days = dayNumber(at) - dayNumber(now)
  if (Math.abs(days) < 14) return format.format(days, 'day')
  if (Math.abs(days) < 60) return format.format(Math.round(days / 7), 'week')
  if (Math.abs(days) < 365) return format.format(Math.round(days / 30.44), 'month')
  return format.format(Math.round(days / 365.25), 'year')
}

function localDay(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(ms)
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(read('year'), read('month') - 1, read('day')) / dayLengthMs
}

function joinDuration(minutes: number, hoursText: (hours: number) => string, minutesText: (minutes: number) => string): string {
  const whole = Math.round(minutes)
  const hours = Math.floor(whole / 60)
  const rest = whole % 60
  if (hours === 0) return minutesText(rest)
  return rest === 0 ? hoursText(hours) : `${hoursText(hours)} ${minutesText(rest)}`
}

function money(tag: string, amount: MoneyLike, short: boolean): string {
  const style = { style: 'currency', currency: amount.currency } as const
  const format = new Intl.NumberFormat(tag, short ? { ...style, trailingZeroDisplay: 'stripIfInteger' } : style)
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  // Fifteen digits come out exact, which is ten trillion dollars.
  return format.format(Number(amount.minor) / 10 ** digits)
}

function dayMs(day: string): number {
  const ms = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(ms)) throw new RangeError(`"${day}" is not a calendar day such as 2026-12-25.`)
  return ms
}

function wallMs(time: string): number {
  const match = /^(\d\d):(\d\d)/.exec(time)
  if (!match) throw new RangeError(`"${time}" is not a time of day such as 09:00.`)
  return (Number(match[1]) * 60 + Number(match[2])) * minuteMs
}
