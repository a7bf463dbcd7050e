import type { PrivacySettings } from '@frontdesk/contract'
import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** The countries that a business serves; null: all of them. */
export function servedCountries(settings: Pick<PrivacySettings, 'geo.mode' | 'geo.signup_allow'>): ReadonlySet<string> | null {
  if (settings['geo.mode'] === 'open') return null
  return new Set(settings['geo.mode'] === 'US_CA_only' ? ['US', 'CA'] : settings['geo.signup_allow'])
}

/** Endings of two letters that are sold to everybody and say nothing of a place. */
const everywhere = new Set(['ai', 'bz', 'cc', 'co', 'fm', 'gg', 'io', 'la', 'ly', 'me', 'sh', 'so', 'to', 'tv', 'vc', 'ws', 'xyz', 'eu'])
/** Territories whose numbers have a country of their own, and which belong to one that is served with it. */
const belongsTo: Readonly<Record<string, string>> = { PR: 'US', VI: 'US', GU: 'US', MP: 'US', AS: 'US' }

/** Where an address or number says that somebody may be. A hint, and no more: numbers move, and a domain is only a name. */
export type PlaceHint = { readonly country: string; readonly foundBy: 'phone' | 'mail' }

/** The country of a number in E.164, or of the ending of a mail domain; undefined where it says nothing. */
export function placeHint(point: { readonly kind: 'email' | 'phone'; readonly value: string }): PlaceHint | undefined {
  if (point.kind === 'phone') {
    const country = parsePhoneNumberFromString(point.value)?.country
    return country === undefined ? undefined : { country: belongsTo[country] ?? country, foundBy: 'phone' }
  }
  const ending = /\.([a-z]{2})$/.exec(point.value.toLowerCase())?.[1]
  if (ending === undefined || everywhere.has(ending)) return undefined
  return { country: ending === 'uk' ? 'GB' : ending.toUpperCase(), foundBy: 'mail' }
}

/** The first hint that names a place the business does not serve. */
export function hintElsewhere(
  points: readonly { readonly kind: 'email' | 'phone'; readonly value: string }[],
  served: ReadonlySet<string> | null,
): PlaceHint | undefined {
  if (served === null) return undefined
  return points.map(placeHint).find((hint) => hint !== undefined && !served.has(hint.country))
}
