import type { FieldChoice, FieldType, FieldValue } from '@frontdesk/contract'
import { FieldKey, Text } from '@frontdesk/contract'
import { foldText } from '../fold-text.ts'

/** What a value is judged by: its field, and who works here. */
export type FieldFacts = {
  readonly type: FieldType
  readonly choices: readonly FieldChoice[]
  readonly currency: string | null
}

/** A value as it is kept, null for nothing; or what is wrong with it, in words for the person. */
export type ReadValue = { readonly value: FieldValue | null } | { readonly code: `field_${string}`; readonly message: string }

const LONGEST_TEXT = 2000
const LARGEST_NUMBER = 1e15

/**
 * Reads what was written into a field. What a contact has already stays good: a choice that is not offered any more, somebody who has left. `before` is that value,
 * `members` are the ids of those who work here.
 */
export function readFieldValue(
  field: FieldFacts,
  written: FieldValue | null,
  { before, members }: { readonly before: FieldValue | undefined; readonly members: ReadonlySet<string> },
): ReadValue {
  if (written === null || written === '') return { value: null }
  switch (field.type) {
    case 'text':
      return readText(written)
    case 'number':
      return typeof written === 'number' && Number.isFinite(written) && Math.abs(written) <= LARGEST_NUMBER
        ? { value: written }
        : { code: 'field_number', message: 'Write a number, like 12.5.' }
    case 'money':
      return isMoney(written) && written.currency === field.currency
        ? { value: { minor: BigInt(written.minor).toString(), currency: written.currency } }
        : { code: 'field_amount', message: `Write an amount in ${field.currency}.` }
    case 'date':
      return readDate(written)
    case 'choice':
      return typeof written === 'string' && isOpen(field, before, written) ? { value: written } : noChoice
    case 'choices':
      return readChoices(field, written, before)
    case 'person':
      return typeof written === 'string' && (members.has(written) || written === before)
        ? { value: written }
        : { code: 'field_person', message: 'Choose one of the members.' }
    case 'link':
      return readLink(written)
    case 'yes_no':
      return typeof written === 'boolean' ? { value: written } : { code: 'field_yes_no', message: 'Say yes or no.' }
  }
}

const noChoice = { code: 'field_choice', message: 'Choose one of the choices of this field.' } as const

/** Made once: a list has millions of texts, and to make a schema takes longer than to use it. */
const OwnText = Text(LONGEST_TEXT)

function readText(written: FieldValue): ReadValue {
  const text = typeof written === 'string' ? OwnText.safeParse(written) : undefined
  if (!text?.success) return { code: 'field_text', message: `Write a text of at most ${LONGEST_TEXT} characters.` }
  return { value: text.data === '' ? null : text.data }
}

function readDate(written: FieldValue): ReadValue {
  const wrong = { code: 'field_date', message: 'Write the date like 2026-11-22.' } as const
  const [, year, month, day] = (typeof written === 'string' && /^([12]\d{3})-(\d\d)-(\d\d)$/.exec(written)) || []
  return isDay(Number(year), Number(month), Number(day)) ? { value: written } : wrong
}

const daysOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether there is such a day (ISO 8601); false for what is no number. */
function isDay(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day >= 1 && day <= (month === 2 && !isLeap ? 28 : (daysOf[month - 1] ?? 0))
}

/** Whether a choice is offered, or is one that she has. */
const isOpen = ({ choices }: FieldFacts, before: FieldValue | undefined, key: string): boolean =>
  choices.some((choice) => choice.key === key && !choice.archived) || before === key || (Array.isArray(before) && before.includes(key))

/** In the order of the field, so that two people who chose the same have the same. */
function readChoices(field: FieldFacts, written: FieldValue, before: FieldValue | undefined): ReadValue {
  if (!Array.isArray(written)) return noChoice
  if (!written.every((key) => isOpen(field, before, key))) return noChoice
  const chosen = field.choices.map(({ key }) => key).filter((key) => written.includes(key))
  return { value: chosen.length === 0 ? null : chosen }
}

function readLink(written: FieldValue): ReadValue {
  const wrong = { code: 'field_link', message: 'Write an address on the web, like https://example.com.' } as const
  const typed = typeof written === 'string' ? written.trim() : ''
  if (typed === '' || typed.length > LONGEST_TEXT || /\s/.test(typed)) return wrong
  try {
    const address = new URL(/^[a-z][a-z\d+.-]*:/i.test(typed) && !/^[^/]+:\d/.test(typed) ? typed : `https://${typed}`)
    return ['http:', 'https:'].includes(address.protocol) && address.hostname.includes('.') && address.username === ''
      ? { value: address.href }
      : wrong
  } catch {
    return wrong
  }
}

const isMoney = (value: FieldValue): value is Extract<FieldValue, { minor: string }> =>
  typeof value === 'object' && !Array.isArray(value) && /^-?\d{1,15}$/.test(value.minor)

/** Whether a stored value is one of this field. What came from elsewhere under the same key may be of another type; it is then as if it were not there. */
export function fitsField(field: FieldFacts, value: unknown): value is FieldValue {
  switch (field.type) {
    case 'text':
    case 'link':
    case 'date':
    case 'person':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'yes_no':
      return typeof value === 'boolean'
    case 'choice':
      return field.choices.some(({ key }) => key === value)
    case 'choices':
      return Array.isArray(value) && value.every((each) => field.choices.some(({ key }) => key === each))
    case 'money':
      return typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value && value.currency === field.currency
  }
}

/** Whether two values are the same; null is nothing. */
export const sameValue = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** In which kind of column a type is indexed; a field with several choices has rows instead. */
export function slotKindOf(type: FieldType): 'text' | 'number' | 'money' | 'date' | undefined {
  switch (type) {
    case 'number':
    case 'money':
    case 'date':
      return type
    case 'choices':
      return undefined
    case 'text':
    case 'link':
    case 'choice':
    case 'person':
    case 'yes_no':
      return 'text'
  }
}

/** As much of a text as is compared: a B-tree takes no more than a third of a page. */
const COMPARED_TEXT = 200

/** A value as it stands in its column of the index. */
export function indexed(type: FieldType, value: FieldValue): string | number {
  switch (type) {
    case 'number':
      return Number(value)
    case 'money':
      return isMoney(value) ? Number(value.minor) : 0
    case 'yes_no':
      return value === true ? 'yes' : 'no'
    case 'text':
      return foldText(String(value)).slice(0, COMPARED_TEXT)
    case 'link':
      return String(value).toLowerCase().slice(0, COMPARED_TEXT)
    case 'choice':
    case 'choices':
    case 'person':
    case 'date':
      return String(value)
  }
}

/** A key made from a label, unlike those that are taken: "Policy no." becomes `policy_no`. What no key can be made of is called after its kind. */
export function keyFrom(label: string, taken: ReadonlySet<string>, otherwise: 'field' | 'choice'): string {
  const plain = foldText(label)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[\d_]+|_+$/g, '')
    .slice(0, 50)
    .replace(/_+$/, '')
  const base = FieldKey.safeParse(plain).success ? plain : otherwise
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}_${number}`
    if (!taken.has(key)) return key
  }
}
