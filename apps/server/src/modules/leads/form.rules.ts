import { type ContactField, EmailAddress, type FieldValue, type FormField, Line, Text } from '@frontdesk/contract'
import { type FieldFacts, readFieldValue } from '../contacts/index.ts'
import type { KeptAnswer } from './form.tables.ts'

/** An own field as a form shows it. */
export type OwnField = FieldFacts & Pick<ContactField, 'key' | 'label'>

/** What was written into a form, by the keys of its fields; nothing is left out or empty. */
export type Given = { readonly [key: string]: FieldValue | undefined }

/** A form that is filled in rightly. */
export type Entry = {
  readonly name: string
  readonly email: string | undefined
  /** As it is dialled. */
  readonly phone: string | undefined
  readonly answers: readonly KeptAnswer[]
}

/** Which field is not right, and why. `reach`: neither an address nor a number. */
export type EntryFault = { readonly key: string; readonly code: 'missing' | 'wrong' | 'reach'; readonly message: string }

export type ReadEntry = { readonly ok: true; readonly entry: Entry } | { readonly ok: false; readonly faults: readonly EntryFault[] }

export type EntryGround = {
  readonly fields: readonly FormField[]
  readonly own: readonly OwnField[]
  /** A number as it is dialled, or undefined for what is none. */
  readonly dialled: (phone: string) => string | undefined
  /** What the business calls a field without words of its own. */
  readonly labelOf: (field: FormField) => string
}

const answerLength = 4000

/** Reads a form that was sent: each fault by its field, in the order of the form. Own fields are read by their types. */
export function readEntry({ fields, own, dialled, labelOf }: EntryGround, given: Given): ReadEntry {
  const faults: EntryFault[] = []
  const answers: KeptAnswer[] = []
  const reach: { email: string | undefined; phone: string | undefined } = { email: undefined, phone: undefined }
  let name = ''
  const wrong = (key: string, message: string) => faults.push({ key, code: 'wrong', message })
  for (const field of fields) {
    const { key, kind, required } = field
    const value = given[key]
    const text = typeof value === 'string' ? value.trim() : ''
    const empty = value === undefined || value === '' || value === false || (typeof value === 'string' && text === '') || isNone(value)
    if (empty) {
      if (required) faults.push({ key, code: 'missing', message: `${labelOf(field)}: fill this in.` })
      continue
    }
    if (kind === 'name') {
      const read = Line(120).safeParse(text.replace(/\s+/g, ' '))
      if (read.success) name = read.data
      else wrong(key, 'Write a name of at most 120 characters.')
    } else if (kind === 'email') {
      const read = EmailAddress.safeParse(text)
      if (read.success) reach.email = read.data
      else wrong(key, 'Write an email address, like ann@example.com.')
    } else if (kind === 'phone') {
      reach.phone = dialled(text)
      if (reach.phone === undefined) wrong(key, 'Write a phone number that can be called, with its area code.')
    } else if (kind === 'own') {
      const facts = own.find((each) => each.key === key)
      if (!facts) continue // put away meanwhile
      const read = readFieldValue(facts, value, { before: undefined, members: new Set() })
      if ('code' in read) wrong(key, read.message)
      else if (read.value !== null) answers.push({ key, label: labelOf(field), text: textOf(facts, read.value), value: read.value })
    } else {
      const read = Text(answerLength).safeParse(text.replace(/\r\n/g, '\n'))
      if (read.success) answers.push({ key, label: labelOf(field), text: read.data })
      else wrong(key, `Write at most ${answerLength} characters.`)
    }
  }
  const asks = fields.filter(({ kind }) => kind === 'email' || kind === 'phone')
  if (faults.length === 0 && reach.email === undefined && reach.phone === undefined)
    faults.push({ key: asks[0]?.key ?? 'email', code: 'reach', message: 'Give an email address or a phone number.' })
  return faults.length > 0 ? { ok: false, faults } : { ok: true, entry: { name, ...reach, answers } }
}

const isNone = (value: FieldValue): boolean => Array.isArray(value) && value.length === 0

/** A value as it is read by people; numbers and dates stay as they are written in the data. */
function textOf(field: OwnField, value: FieldValue): string {
  const labelled = (key: string) => field.choices.find((choice) => choice.key === key)?.label ?? key
  if (Array.isArray(value)) return value.map(labelled).join(', ')
  if (field.type === 'choice') return labelled(String(value))
  if (typeof value === 'boolean') return value ? '✓' : '✗'
  return String(value)
}

/** What was typed into a page, as values by the types of the own fields: a box that is ticked says `on`, several choices come as `key.choice`. */
export function givenFromPage(
  fields: readonly FormField[],
  own: readonly OwnField[],
  form: Readonly<Record<string, string | undefined>>,
): Given {
  return Object.fromEntries(
    fields.map(({ key, kind }) => {
      const typed = form[key]
      const type = kind === 'own' ? own.find((each) => each.key === key)?.type : undefined
      const facts = own.find((each) => each.key === key)
      if (type === 'yes_no') return [key, typed === undefined || typed === '' ? undefined : true]
      if (type === 'choices')
        return [key, (facts?.choices ?? []).filter((choice) => form[`${key}.${choice.key}`]).map((choice) => choice.key)]
      if (type === 'number' && typed !== undefined && typed.trim() !== '') {
        const number = Number(typed.trim().replace(',', '.'))
        // What is no number stays text, so that the field says so.
        return [key, Number.isFinite(number) ? number : typed]
      }
      return [key, typed]
    }),
  )
}
