import { normalizeAddress } from '../../../platform/mail/index.ts'
import { normalizePhone } from '../../contacts/index.ts'
import type { KeyedPoint } from '../consents/point-hash.ts'
import { areaCodeOf } from './registry-facts.ts'

/** What a line of a file says: nothing (empty, a heading), something unreadable, or whom it is about. */
export type Line<What> = 'nothing' | 'bad' | What

/** The fields of one line of CSV, however they are separated and quoted. */
const fieldsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|[,;\t])\s*(?:"((?:[^"]|"")*)"|([^,;\t]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
  )

const digitsOf = (text: string): string => text.replace(/\D/g, '')

/**
 * A line of a register: area code and number in two fields (the federal file), or one number a line, with or without the country's 1. Answers the number as E.164.
 * A line without any digit is a heading.
 */
export function readRegistryLine(line: string): Line<string> {
  const fields = fieldsOf(line.replace(/^\uFEFF/, '')).filter((field) => field !== '')
  if (fields.every((field) => digitsOf(field) === '')) return 'nothing'
  const [first = '', second = ''] = fields.map(digitsOf)
  const digits = first.length === 3 && second.length === 7 ? first + second : first
  const number = `+1${digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits}`
  return /^\+1[2-9]\d{2}[2-9]\d{6}$/.test(number) && areaCodeOf(number) !== undefined ? number : 'bad'
}

/** A line of an own list: the first field that is an address or a number, wherever it stands. Numbers without a country are read as those of `country`. */
export function readOwnLine(line: string, country: string | null): Line<KeyedPoint> {
  const fields = fieldsOf(line.replace(/^\uFEFF/, '')).filter((field) => field !== '')
  const email = fields.find((field) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(field))
  if (email !== undefined) return { kind: 'email', value: normalizeAddress(email) }
  for (const field of fields) {
    if (digitsOf(field).length < 7 || /\p{L}/u.test(field)) continue
    const value = normalizePhone(field, country)
    if (value !== undefined) return { kind: 'phone', value }
  }
  return fields.every((field) => digitsOf(field) === '') ? 'nothing' : 'bad'
}
