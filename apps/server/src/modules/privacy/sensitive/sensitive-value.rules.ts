import { findSensitiveNumbers, passesLuhn, type SensitiveFieldKind } from '@frontdesk/contract'

/** A value as it is kept, or undefined where it is no such number. Separators that people type are put as the issuer writes them. */
export function normalizeSensitive(kind: SensitiveFieldKind, typed: string): string | undefined {
  const plain = typed.normalize('NFKC').trim()
  const digits = plain.replace(/[\s.-]/g, '')
  switch (kind) {
    case 'ssn': {
      if (!/^\d{9}$/.test(digits)) return undefined
      const written = `${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`
      return findSensitiveNumbers(written).some((found) => found.kind === 'ssn') ? written : undefined
    }
    case 'ein':
      return /^\d{9}$/.test(digits) && einPrefixes.has(digits.slice(0, 2)) ? `${digits.slice(0, 2)}-${digits.slice(2)}` : undefined
    case 'sin':
      return /^[1-79]\d{8}$/.test(digits) && passesLuhn(digits)
        ? `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`
        : undefined
    case 'gst': {
      const [, business = '', account = '0001'] = /^(\d{9})(?:RT(\d{4}))?$/i.exec(digits) ?? []
      return business !== '' && passesLuhn(business) ? `${business} RT${account}` : undefined
    }
    case 'vat': {
      const written = digits.toUpperCase()
      return /^[A-Z]{2}[0-9A-Z+*]{2,13}$/.test(written) && /\d/.test(written) ? written : undefined
    }
    case 'bank_account':
      // No card is an account: those never reach the server.
      return findSensitiveNumbers(plain).some((found) => found.kind === 'card') || !/^[0-9A-Za-z\s-]{4,40}$/.test(plain) ? undefined : plain
    case 'insurance_number':
    case 'government_id':
      return findSensitiveNumbers(plain).length === 0 && /^[\p{L}\p{Nd}\s./-]{3,60}$/u.test(plain) ? plain : undefined
    case 'health':
      return findSensitiveNumbers(plain).length === 0 ? plain : undefined
  }
}

/** A value with nothing to recognise it by but its last four letters or digits; of health nothing at all. */
export function maskSensitiveValue(kind: SensitiveFieldKind, value: string): string {
  if (kind === 'health') return '••••••'
  const shown = Math.min(4, Math.floor([...value].filter((letter) => /[\p{L}\p{Nd}]/u.test(letter)).length / 2))
  let left = shown
  return [...value]
    .toReversed()
    .map((letter) => {
      if (!/[\p{L}\p{Nd}]/u.test(letter)) return letter
      left -= 1
      return left >= 0 ? letter : '•'
    })
    .toReversed()
    .join('')
}

/** Prefixes that the IRS assigns (irs.gov, "How EINs are assigned and valid EIN prefixes", as of 2026-01). */
const einPrefixes: ReadonlySet<string> = new Set(
  (
    '10 12 60 67 50 53 01 02 03 04 05 06 11 13 14 16 21 22 23 25 34 51 52 54 55 56 57 58 59 65 30 32 35 36 37 38 61 15 24 40 44 94 95 80 90 33 39 41 42 43 46 48 62 63 64 66 68 71 72 73 74 ' +
    '75 76 77 85 86 87 88 91 92 93 98 99 20 26 27 45 47 81 82 83 84 31'
  ).split(' '),
)
