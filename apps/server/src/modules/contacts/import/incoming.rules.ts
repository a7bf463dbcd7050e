import type { FieldValue } from '@frontdesk/contract'
import { handleChannels, Locale, Zone } from '@frontdesk/contract'
import type { CustomValue, Person } from '@frontdesk/interchange'
import type { PointKind } from '../contact-point.rules.ts'
import { readFieldValue } from '../fields/field-value.rules.ts'
import type { FieldRow } from '../fields/list-fields.ts'
import { foldText } from '../fold-text.ts'
import { joinHandle, readHandle } from '../handle.rules.ts'
import { handleKey, whenKey } from './targets.rules.ts'

/** A number, address or handle as a row brings it. */
export type IncomingPoint = {
  readonly kind: PointKind
  readonly value: string
  readonly asTyped: string
  readonly label: string | null
}

/** Somebody as a row tells of her, in the bounds of a contact. Null and empty say nothing. */
export type Incoming = {
  readonly name: string
  /** Whether the row names her; otherwise `name` is what else is known of her. */
  readonly named: boolean
  readonly givenName: string | null
  readonly familyName: string | null
  readonly company: string | null
  readonly companyRole: string | null
  readonly locale: string | null
  readonly zone: string | null
  readonly note: string | null
  readonly tags: readonly string[]
  readonly points: readonly IncomingPoint[]
  readonly own: Readonly<Record<string, FieldValue>>
  /** The day (ISO) that starts a clock. */
  readonly when: string | null
}

/** What reading a person into a contact needs to know. */
export type IncomingFacts = {
  readonly fields: ReadonlyMap<string, FieldRow>
  /** Who works here, by folded name and by address. */
  readonly members: ReadonlyMap<string, string>
  readonly memberIds: ReadonlySet<string>
  /** Own fields that take what only a vCard has a word for, by that word. */
  readonly extras: ReadonlyMap<string, FieldRow>
  readonly tags: readonly string[]
  /** Of numbers without a country; ISO 3166. */
  readonly country: string | null
  /** ISO. */
  readonly today: string
}

/** What a vCard may tell of that only an own field can hold. */
export const cardExtras = ['birthday', 'anniversary', 'website', 'address', 'nickname', 'department'] as const

const mostPoints = 40

/** Reads a person into the shape of a contact; undefined where the row names nobody and nothing to reach her by. `problem` is told of values that an own field does not take. */
export function incomingFrom(person: Person, facts: IncomingFacts, problem: (key: string, value: string) => void): Incoming | undefined {
  const points = pointsOf(person, facts, problem)
  const company = line(person.company, 200)
  const name = line(person.name, 200)
  const called = name ?? company ?? points[0]?.asTyped ?? null
  if (called === null) return undefined
  return {
    name: called.slice(0, 200),
    named: name !== null,
    givenName: line(person.givenName, 120),
    familyName: line(person.familyName, 120),
    company,
    companyRole: line(person.jobTitle, 120),
    locale: person.language !== null && Locale.safeParse(person.language).success ? person.language : null,
    zone: person.zone !== null && Zone.safeParse(person.zone).success ? person.zone : null,
    note: person.note === null ? null : plain(person.note).trim().slice(0, 20_000) || null,
    tags: tagsOf([...facts.tags, ...person.tags]),
    points,
    own: ownOf(person, facts, problem),
    when: whenOf(person.custom, facts.today),
  }
}

/** Without what the database cannot hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no text of ours may hold
const plain = (text: string): string => text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff]/g, '')

function line(text: string | null, most: number): string | null {
  if (text === null || text === '') return null
  const one = plain(text).replace(/\s+/g, ' ').trim().slice(0, most).toWellFormed()
  return one === '' ? null : one
}

function pointsOf(
  { emails, phones, custom }: Person,
  { country }: IncomingFacts,
  problem: (key: string, value: string) => void,
): readonly IncomingPoint[] {
  const points: IncomingPoint[] = []
  for (const { value, asTyped, label } of emails) points.push({ kind: 'email', value, asTyped: asTyped.trim(), label: line(label, 40) })
  for (const { value, asTyped, label } of phones) points.push({ kind: 'phone', value, asTyped: asTyped.trim(), label: line(label, 40) })
  for (const { key, kind, value } of custom) {
    if (kind !== 'text' || !key.startsWith('$handle.')) continue
    const channel = handleChannels.find((each) => handleKey(each) === key)
    if (channel === undefined) continue
    for (const part of value.split(' ::: ')) {
      const typed = line(part, 500)
      if (typed === null) continue
      const handle = readHandle(channel, typed, country)
      if (handle === undefined) problem(key, typed)
      else points.push({ kind: 'handle', value: joinHandle(channel, handle), asTyped: typed, label: null })
    }
  }
  return points.length > mostPoints ? points.slice(0, mostPoints) : points
}

function tagsOf(tags: readonly string[]): readonly string[] {
  if (tags.length === 0) return tags
  const named = tags.flatMap((tag) => line(tag, 60) ?? []).map((tag) => [foldText(tag), tag] as const)
  return [...new Map(named.toReversed()).values()].toReversed().slice(0, 60)
}

/** A day to come starts no clock. */
function whenOf(custom: readonly CustomValue[], today: string): string | null {
  for (const { key, kind, value } of custom)
    if (key === whenKey && kind === 'date' && value <= today && !value.startsWith('-')) return value
  return null
}

function ownOf(
  { custom, ...person }: Person,
  { fields, members, memberIds, extras }: IncomingFacts,
  problem: (key: string, value: string) => void,
): Readonly<Record<string, FieldValue>> {
  if (custom.length === 0 && extras.size === 0) return {}
  const own: Record<string, FieldValue> = {}
  const take = (field: FieldRow, written: FieldValue | undefined, said: string) => {
    const read = written === undefined ? undefined : readFieldValue(field, written, { before: undefined, members: memberIds })
    if (read === undefined || 'code' in read) problem(field.key, said)
    else if (read.value !== null) own[field.key] = read.value
  }
  for (const value of custom) {
    const field = fields.get(value.key)
    if (field)
      take(field, writtenIn(field, value, members), String(typeof value.value === 'object' ? JSON.stringify(value.value) : value.value))
  }
  for (const [word, field] of extras) {
    const said = extraOf(person, word)
    if (said !== null) take(field, field.type === 'text' ? plain(said).slice(0, 2000) : said, said)
  }
  return own
}

function writtenIn(field: FieldRow, value: CustomValue, members: ReadonlyMap<string, string>): FieldValue | undefined {
  const keyOf = (label: string) => field.choices.find((choice) => choice.label === label)?.key
  switch (value.kind) {
    case 'number':
      return Number(value.value)
    case 'money':
    case 'yesNo':
      return value.value
    case 'date':
      return value.value
    case 'choice':
      return keyOf(value.value)
    case 'choices':
      return value.value.flatMap((label) => keyOf(label) ?? [])
    case 'text':
      if (field.type === 'person') return members.get(foldText(value.value))
      return plain(value.value).slice(0, field.type === 'link' ? 4000 : 2000)
  }
}

function extraOf(person: Omit<Person, 'custom'>, word: string): string | null {
  switch (word) {
    case 'birthday':
      return person.birthday
    case 'anniversary':
      return person.anniversary
    case 'website':
      return person.websites[0]?.value ?? null
    case 'nickname':
      return person.nickname
    case 'department':
      return person.department
    case 'address': {
      const [address] = person.addresses
      if (!address) return null
      const { text, street, poBox, city, region, postalCode, country } = address
      return text ?? [street, poBox, city, region, postalCode, country].filter((part) => part !== null).join(', ')
    }
    default:
      return null
  }
}
