import type { ContactPointInput } from '@frontdesk/contract'
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import { Refusal } from '../../platform/errors/index.ts'
import { normalizeAddress } from '../../platform/mail/index.ts'

/** A contact point as it is compared, and as it was typed. */
export type NormalizedPoint = {
  readonly kind: 'email' | 'phone'
  readonly value: string
  readonly asTyped: string
}

/** The number as E.164, or undefined when it cannot be one. A number without a country prefix is read as one of `country` (ISO 3166). */
export function normalizePhone(typed: string, country: string | null): string | undefined {
  const home: CountryCode | undefined = country !== null && isSupportedCountry(country) ? country : undefined
  const number = parsePhoneNumberFromString(typed.normalize('NFKC'), home)
  // Possible, not valid: the list of assigned ranges is always older than the newest numbers.
  return number?.isPossible() ? number.number : undefined
}

/** Normalises one contact point. Throws `contacts/not-a-phone-number`. */
export function normalizePoint(point: Pick<ContactPointInput, 'kind' | 'value'>, country: string | null): NormalizedPoint {
  const asTyped = point.value.trim()
  if (point.kind === 'email') return { kind: 'email', value: normalizeAddress(asTyped), asTyped }
  const value = normalizePhone(asTyped, country)
  if (value !== undefined) return { kind: 'phone', value, asTyped }
  throw new Refusal('contacts/not-a-phone-number', {
    detail: `“${asTyped}” is not a number that can be dialled${country ? ` in ${country}` : ''}. Write it with its country, like +1 212 555 0123. Nothing was saved.`,
    value: asTyped,
  })
}
