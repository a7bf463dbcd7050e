import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'

/** The number as E.164, or undefined when it cannot be one. A number without a country prefix is read as one of `country` (ISO 3166). */
export function normalizePhone(typed: string, country: string | null): string | undefined {
  const home: CountryCode | undefined = country !== null && isSupportedCountry(country) ? country : undefined
  const number = parsePhoneNumberFromString(typed.normalize('NFKC'), home)
  // Possible, not valid: the list of assigned ranges is always older than the newest numbers.
  return number?.isPossible() ? number.number : undefined
}

/** A phone number as people of the business's country write it, and as a phone dials it. */
export function writePhone(phone: string, country: string | null): { readonly shown: string; readonly dialled: string } {
  const home = country !== null && isSupportedCountry(country) ? (country as CountryCode) : undefined
  const number = parsePhoneNumberFromString(phone, home)
  if (!number?.isPossible()) return { shown: phone, dialled: phone.replace(/[^+\d]/g, '') }
  return { shown: number.country === home ? number.formatNational() : number.formatInternational(), dialled: number.number }
}
