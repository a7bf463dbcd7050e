import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import { type PhonePlan, phonePlan, plansOf } from './phone-plans.ts'

/** A telephone number as it is dialled (E.164), and as it was typed. */
export type Phone = { readonly value: string; readonly asTyped: string; readonly extension?: string }

/** Reads single numbers, those without a country prefix as numbers of one country (ISO 3166). Undefined where it cannot be one. */
export type PhoneReader = (typed: string) => Phone | undefined

const extension = /[\s,;]*(?:ext=|(?<!\p{L})(?:extension|extensión|extn?|poste|anexo|interno|int|x)[\s.:]*|#\s?)(\d{1,7})\s*$/iu
const readers = new Map<string, PhoneReader>()

/** The reader for numbers of a country. */
export function phoneReader(country: string | null): PhoneReader {
  const known = readers.get(country ?? '')
  if (known) return known
  const home: CountryCode | undefined = country !== null && isSupportedCountry(country) ? country : undefined
  const plan = home && phonePlan(home)
  const read = (typed: string): Phone | undefined => {
    const quick = quickRead(typed, plan)
    return quick === undefined ? slowRead(typed, home) : { value: quick, asTyped: typed }
  }
  readers.set(country ?? '', read)
  return read
}

/** Whatever the quick way does not know for sure. Possible, not valid: the list of assigned ranges is always older than the newest numbers. */
function slowRead(typed: string, home: CountryCode | undefined): Phone | undefined {
  const text = typed.normalize('NFKC')
  if (text.length > 80 || !/\p{Nd}/u.test(text)) return undefined
  // Fifteen digits at most, what dials abroad, and an extension.
  if (text.replace(/\P{Nd}+/gu, '').length > 28) return undefined
  const found = extension.exec(text)
  const number = parsePhoneNumberFromString(found ? text.slice(0, found.index) : text, home)
  if (!number?.isPossible()) return undefined
  const ext = found?.[1] ?? number.ext
  return { value: number.number, asTyped: typed, ...(ext === undefined ? {} : { extension: ext }) }
}

/**
 * The same as the library's answer for numbers that are plainly written, thirty times faster: a list has a million of them. Undefined where something might need more knowledge; held against
 * the library in `read-phones.test.ts`.
 */
function quickRead(typed: string, plan: PhonePlan | undefined): string | undefined {
  let digits = ''
  let international = false
  let from = -1
  for (let at = 0; at < typed.length; at += 1) {
    const code = typed.charCodeAt(at)
    if (code >= 48 && code <= 57) {
      if (from < 0) from = at
      continue
    }
    if (from >= 0) {
      digits += typed.slice(from, at)
      from = -1
    }
    if (code === 43 && digits === '' && !international) international = true
    // Blank, brackets, hyphen, full stop, no-break space.
    else if (code !== 32 && code !== 40 && code !== 41 && code !== 45 && code !== 46 && code !== 0xa0) return undefined
  }
  if (from >= 0) digits += typed.slice(from)
  if (digits.length < 8 || digits.length > 15) return undefined
  if (international) return quickInternational(digits)
  if (plan === undefined) return undefined
  return plan.callingCode === '1' ? quickNorthAmerican(digits) : quickNational(digits, plan)
}

function quickNorthAmerican(digits: string): string | undefined {
  const national = digits.length === 11 && digits.charCodeAt(0) === 49 ? digits.slice(1) : digits
  return national.length === 10 && national.charCodeAt(0) > 49 ? `+1${national}` : undefined
}

function quickNational(digits: string, plan: PhonePlan): string | undefined {
  const { callingCode, prefix, plainPrefix, pattern } = plan
  // What dials abroad, or the country's own code without its plus.
  if (plan.abroad?.test(digits) || digits.startsWith(callingCode)) return undefined
  if (prefix?.test(digits)) {
    if (plainPrefix === undefined || pattern.test(digits)) return undefined
    return quickInternational(`${callingCode}${digits.slice(1)}`)
  }
  return digits.charCodeAt(0) === 48 ? undefined : quickInternational(`${callingCode}${digits}`)
}

function quickInternational(digits: string): string | undefined {
  // Two dozen countries share this code, and all number alike.
  if (digits.charCodeAt(0) === 49) return digits.length === 11 && digits.charCodeAt(1) > 49 ? `+${digits}` : undefined
  for (let length = 1; length <= 3; length += 1) {
    const plans = plansOf(digits.slice(0, length))
    if (plans.length === 0) continue
    const national = digits.slice(length)
    const isPlain = (plan: PhonePlan) => plan.lengths.has(national.length) && !plan.prefix?.test(national)
    return plans.every(isPlain) ? `+${digits}` : undefined
  }
  return undefined
}

/** Several numbers of a cell. What is no number comes back in `wrong`. */
export function readPhones(cell: string, read: PhoneReader): { readonly phones: readonly Phone[]; readonly wrong: readonly string[] } {
  const typed = cell.trim()
  // A semicolon or comma is not left to the library, which takes what follows for an extension.
  const one = /[;,|\n]|:::/.test(typed) && !extension.test(typed) ? undefined : read(typed)
  if (one !== undefined) return { phones: [one], wrong: none }
  const phones: Phone[] = []
  const wrong: string[] = []
  const parts = typed.length > mostChars ? [] : typed.split(separators)
  if (parts.length === 0 || parts.length > mostNumbers) return { phones, wrong: [typed] }
  for (const part of parts) {
    const text = part.trim()
    if (text === '') continue
    const phone = read(text)
    if (phone === undefined) wrong.push(text)
    else if (!phones.some(({ value }) => value === phone.value)) phones.push(phone)
  }
  // A slash or comma may belong to what is no number: then the cell is wrong as a whole.
  return phones.length === 0 && wrong.length > 0 ? { phones, wrong: [typed] } : { phones, wrong }
}

const none: readonly string[] = []
/** No person has more numbers in one cell. */
const mostNumbers = 20
const mostChars = 600
/** A hyphen between blanks is no separator: "+49 30 - 1234". */
const separators = /\s*(?::::|;(?!\s*ext=)|[|,\n\r/]|\s(?:or|and|o|y|ou|et|&)\s)\s*/i
