import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'

/** A phone number as people of the business's country write it, and as a phone dials it. */
export function writePhone(phone: string, country: string | null): { readonly shown: string; readonly dialled: string } {
  const home = country !== null && isSupportedCountry(country) ? (country as CountryCode) : undefined
  const number = parsePhoneNumberFromString(phone, home)
  if (!number?.isPossible()) return { shown: phone, dialled: phone.replace(/[^+\d]/g, '') }
  return { shown: number.country === home ? number.formatNational() : number.formatInternational(), dialled: number.number }
}
