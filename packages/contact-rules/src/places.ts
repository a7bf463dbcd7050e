import { type CalendarId, calendars } from '@frontdesk/deadlines'
import { complexes, islands, placeless } from './area-codes.ts'
import type { Facts } from './facts.ts'
import type { Place, Rulebook } from './rulebook.ts'
import type { Channel } from './touch.ts'
import { isZone } from './zone-clock.ts'

/** Everywhere a person may be, as far as the rules care: all of these places and zones hold at once. */
export type Where = {
  readonly id: number
  readonly places: ReadonlySet<Place>
  /** The places as a reason names them, the smaller ones where they are known. */
  readonly names: string
  readonly zones: readonly string[]
  /** Countries the rulebook does not know; `unknown` where even that is open. */
  readonly foreign: readonly string[]
  readonly calendars: readonly CalendarId[]
}

type Ground = { readonly places: readonly Place[]; readonly zones: readonly string[] }

const grounds = new Map<string, Ground>()
const regionZones = new Map<Place, readonly string[]>()
for (const { region, codes, zones } of complexes) {
  regionZones.set(region, [...new Set([...(regionZones.get(region) ?? []), ...zones])])
  for (const code of codes.split(' ')) {
    const known = grounds.get(code)
    grounds.set(code, {
      places: [...new Set<Place>([...(known?.places ?? []), region])],
      zones: [...new Set([...(known?.zones ?? []), ...zones])],
    })
  }
}
const islandOf = new Map(Object.entries(islands).flatMap(([country, codes]) => codes.split(' ').map((code) => [code, country] as const)))
const withoutPlace = new Set(placeless.split(' '))
/** Territories have country codes of their own, and the law of the United States. */
const territories = new Set(['PR', 'VI', 'GU', 'MP', 'AS'])

/** Every zone of the places we know, for who may be anywhere. */
export const allZones: readonly string[] = [...new Set([...regionZones.values()].flat())]

/** What decides where somebody may be, as one text to remember the answer by. */
export function whereKey(channel: Channel, { point, person }: Facts): string {
  const { address } = person
  const from = address ? `${address.country}-${address.region ?? ''} ${address.zone ?? ''}` : ''
  return `${isPhone(channel) ? codeOf(point) : ''}|${from}|${person.zone ?? ''}`
}

/** Channels that go to a phone number: its area code says where it was issued, not where she is, so the address counts beside it. */
export const isPhone = (channel: Channel): boolean => channel === 'call' || channel === 'sms' || channel === 'whatsapp'

function codeOf(point: Facts['point']): string {
  if (!point?.number) return 'unknown'
  return point.number.startsWith('+1') ? `+${point.number.slice(2, 5)}` : (point.numberCountry ?? 'unknown')
}

/** Collects the candidates of a number, an address and a zone she told us. */
export function locate(id: number, channel: Channel, { point, person }: Facts, { countries }: Rulebook): Where {
  const places = new Set<Place>()
  const zones = new Set<string>()
  const foreign = new Set<string>()
  const addCountry = (country: string) => (isCovered(country, countries) ? places.add(country) : foreign.add(country))
  const add = (ground: Ground) => {
    for (const place of ground.places) places.add(place).add(place.startsWith('US') ? 'US' : 'CA')
    for (const zone of ground.zones) zones.add(zone)
  }
  const home = homeOf(person.address)

  if (isPhone(channel)) {
    const code = codeOf(point)
    if (!code.startsWith('+')) addCountry(code)
    else {
      const area = code.slice(1)
      const ground = grounds.get(area)
      const island = islandOf.get(area)
      if (ground) add(ground)
      else if (island) addCountry(island)
      else if (!withoutPlace.has(area) || !home) add(anywhere)
    }
  }
  if (person.address) addCountry(territories.has(person.address.country) ? 'US' : person.address.country)
  if (home) add(home)
  else if (person.address?.zone && isZone(person.address.zone)) zones.add(person.address.zone)
  if (person.zone !== null && isZone(person.zone)) zones.add(person.zone)
  if (isPhone(channel) && zones.size === 0) for (const zone of allZones) zones.add(zone)
  if (places.size === 0 && foreign.size === 0) for (const country of countries) places.add(country)

  const small = [...places].filter((place) => place.includes('-'))
  return {
    id,
    places,
    names: small.length > 0 && small.length < 10 ? small.join(', ') : [...places].filter((place) => !place.includes('-')).join(', '),
    zones: [...zones],
    foreign: [...foreign],
    calendars: [...places].map((place) => place.toLowerCase()).filter(isCalendar),
  }
}

/**
 * The places that a number (E.164) was issued for, as ISO 3166: states and provinces (`US-NY`) of the North American plan, or the country of an island. Nothing where the number does not say it. She may
 * live elsewhere: fit to choose who looks after her, never to decide what the law lets us do.
 */
export function placesOfNumber(number: string): readonly string[] {
  if (!number.startsWith('+1')) return []
  const area = number.slice(2, 5)
  const island = islandOf.get(area)
  return grounds.get(area)?.places ?? (island === undefined ? [] : [island])
}

const anywhere: Ground = { places: [...regionZones.keys()], zones: allZones }

/** The ground of an address whose region we know; a zone of its own narrows it. */
function homeOf(address: Facts['person']['address']): Ground | undefined {
  if (!address) return undefined
  const region = territories.has(address.country) ? address.country : address.region
  const country = territories.has(address.country) ? 'US' : address.country
  const place = `${country}-${region ?? ''}` as Place
  const zones = regionZones.get(place)
  if (!zones) return undefined
  return { places: [place], zones: address.zone && isZone(address.zone) ? [address.zone] : zones }
}

const isCovered = (country: string, countries: Rulebook['countries']): country is 'US' | 'CA' => countries.some((one) => one === country)
const isCalendar = (name: string): name is CalendarId => Object.hasOwn(calendars, name)
