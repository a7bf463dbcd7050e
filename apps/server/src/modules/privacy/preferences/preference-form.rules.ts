import type { Cap, WallWindow } from '@frontdesk/contact-rules'
import { Zone } from '@frontdesk/contract'
import { locales } from '@frontdesk/i18n'
import { kitWordings } from '../consents/kit.ts'
import { type OwnChannel, ownChannels, type SaveWishes } from './her-wishes.ts'

/** How often at most, by the name of the choice. */
export const often = {
  any: null,
  day: { count: 1, hours: 24 },
  week: { count: 1, hours: 168 },
  month: { count: 1, hours: 720 },
} as const satisfies Readonly<Record<string, Cap | null>>
export type Often = keyof typeof often

/** The zones of the countries we ship rules for; hers and the business's join on the page. */
export const usualZones = [
  'America/St_Johns',
  'America/Halifax',
  'America/New_York',
  'America/Toronto',
  'America/Chicago',
  'America/Winnipeg',
  'America/Regina',
  'America/Denver',
  'America/Edmonton',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Vancouver',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
] as const

type Form = Readonly<Record<string, unknown>>
const everyDay = [1, 2, 3, 4, 5, 6, 7] as const

/** Reads the form of the preference page; what makes no sense counts as not chosen. `times` is the one mistake a person can make. */
export function readForm(form: Form, zoneNow: string, localeNow: string): SaveWishes | { readonly fault: 'times' } {
  const ticked = (name: string) => form[name] === 'on'
  const weekdays = everyDay.filter((day) => ticked(`day_${day}`))
  const [from, until] = [minuteOf(form.from), minuteOf(form.until)]
  if (from !== null && until !== null && from >= until) return { fault: 'times' }
  const days = weekdays.length === 0 ? everyDay : weekdays
  const always = days.length === 7 && from === null && until === null
  const hours: WallWindow | null = always ? null : { weekdays: [...days], fromMinute: from ?? 0, toMinute: until ?? 1440 }
  const chosenZone = Zone.safeParse(form.zone)
  return {
    ways: (Object.keys(ownChannels) as OwnChannel[]).filter((channel) => ticked(`way_${channel}`)),
    agreed: kitWordings.map(({ key }) => key).filter((key) => ticked(`agree_${key}`)),
    noOffers: ticked('no_offers'),
    locale: locales.find((one) => one === form.locale) ?? localeNow,
    zone: chosenZone.success ? chosenZone.data : zoneNow,
    hours,
    atMost: typeof form.often === 'string' && form.often in often ? often[form.often as Often] : null,
  }
}

/** `09:30` in minutes since midnight; null for anything else. */
function minuteOf(text: unknown): number | null {
  if (typeof text !== 'string' || !/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return null
  const [hour = 0, minute = 0] = text.split(':').map(Number)
  return hour * 60 + minute
}

/** Minutes since midnight as `09:30`; empty at the edges of the day, where nothing was chosen. */
export const wallText = (minute: number): string =>
  minute === 0 || minute === 1440 ? '' : `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
