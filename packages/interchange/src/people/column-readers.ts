import type { CellProblemCode } from '../cells/problem.ts'
import { isNoDate, readDate } from '../cells/read-dates.ts'
import { readEmails } from '../cells/read-emails.ts'
import { readAmount, readNumber } from '../cells/read-numbers.ts'
import { phoneReader, readPhones } from '../cells/read-phones.ts'
import { readCountry, readLanguage } from '../cells/read-places.ts'
import { readChoice, readTags, readWebsite, readYesNo } from '../cells/read-words.ts'
import { splitValues } from '../cells/split-values.ts'
import type { ColumnTarget, PersonField } from '../columns/fields.ts'
import { readLabel } from '../columns/header-words.ts'
import { detached } from '../delimited/open-delimited.ts'
import type { CustomValue, PersonDraft, PersonPhone, PersonPoint, PostalAddress } from './person.ts'
import type { PersonReading } from './read-person.ts'

/** What is known while a row is read. */
export type Reading = {
  /** By slot. */
  readonly labels: (string | undefined)[]
  readonly addresses: AddressDraft[]
  readonly custom: CustomValue[]
  readonly problem: (code: CellProblemCode, column: number, value: string) => void
}

/** An address whose parts come one by one. */
export type AddressDraft = { readonly slot: number } & { -readonly [part in keyof PostalAddress]: PostalAddress[part] }

/** Reads one cell, without blanks around it and not empty, into the draft. */
export type ColumnReader = (cell: string, person: PersonDraft, at: Reading, column: number) => void

type PersonTarget = Extract<ColumnTarget, { field: PersonField }>

/** The reader for a column. */
export function columnReader(target: ColumnTarget, reading: PersonReading): ColumnReader {
  switch (target.field) {
    case 'ignore':
      return () => undefined
    case 'label':
      return labelReader(target.slot)
    case 'custom':
      return customReader(target, reading)
    case 'email':
      return emailReader(target)
    case 'phone':
      return phonesReader(target, reading.country)
    case 'website':
      return websiteReader(target)
    case 'birthday':
    case 'anniversary':
      return dayReader(target, reading)
    case 'address':
    case 'street':
    case 'poBox':
    case 'city':
    case 'region':
    case 'postalCode':
    case 'country':
      return addressReader(target)
    case 'tags': {
      const read = remembering(readTags)
      return (cell, person) => {
        const tags = read(cell)
        person.tags = person.tags.length === 0 ? tags : [...new Set([...person.tags, ...tags])]
      }
    }
    case 'note':
      return (cell, person) => {
        person.note = person.note === null ? cell : `${person.note}\n${cell}`
      }
    case 'language': {
      const read = remembering(readLanguage)
      return (cell, person) => {
        person.language = read(cell) ?? null
      }
    }
    default: {
      const { field } = target
      return (cell, person) => {
        person[field] = cell
      }
    }
  }
}

/** Answers again what was asked before: a list names few countries, many times. */
function remembering<T>(read: (cell: string) => T): (cell: string) => T {
  const known = new Map<string, { readonly value: T }>()
  return (cell) => {
    const found = known.get(cell)
    if (found !== undefined) return found.value
    const value = read(cell)
    if (known.size < 500) known.set(detached(cell), { value })
    return value
  }
}

function labelReader(slot: number): ColumnReader {
  const read = remembering(readLabel)
  return (cell, _person, at) => {
    const label = read(cell)
    if (label === undefined) return
    at.labels[slot] = label
  }
}

const labelOf = ({ label, slot }: PersonTarget, at: Reading): string | null =>
  (slot === undefined ? undefined : at.labels[slot]) ?? label ?? null

function emailReader(target: PersonTarget): ColumnReader {
  return (cell, person, at, column) => {
    const { emails, wrong } = readEmails(cell)
    for (const text of wrong) at.problem('not_an_email', column, text)
    for (const { value, asTyped, name } of emails) {
      if (name !== undefined && person.name === '') person.name = name
      if (!isThere(person.emails, value)) person.emails = [...person.emails, { value, asTyped, label: labelOf(target, at) }]
    }
  }
}

function phonesReader(target: PersonTarget, country: string | null): ColumnReader {
  const read = phoneReader(country)
  return (cell, person, at, column) => {
    const { phones, wrong } = readPhones(cell, read)
    for (const text of wrong) at.problem('not_a_phone', column, text)
    for (const { value, asTyped, extension = null } of phones) {
      if (isThere(person.phones, value)) continue
      const phone: PersonPhone = { value, asTyped, label: labelOf(target, at), extension }
      person.phones = [...person.phones, phone]
    }
  }
}

function websiteReader(target: PersonTarget): ColumnReader {
  return (cell, person, at, column) => {
    for (const text of splitValues(cell)) {
      const value = readWebsite(text)
      if (value === undefined) at.problem('not_a_website', column, text)
      else if (!isThere(person.websites, value))
        person.websites = [...person.websites, { value, asTyped: text, label: labelOf(target, at) }]
    }
  }
}

const isThere = (points: readonly PersonPoint[], value: string) => points.length > 0 && points.some((point) => point.value === value)

function dayReader(target: PersonTarget, { today }: PersonReading): ColumnReader {
  const field = target.field === 'birthday' ? 'birthday' : 'anniversary'
  const how = { order: target.order ?? null, today, past: true }
  return (cell, person, at, column) => {
    const day = readDate(cell, how)
    if (day !== 'not_a_date' && day !== 'date_could_be_two') person[field] = day
    else if (!isNoDate(cell)) at.problem(day, column, cell)
  }
}

const emptyAddress: PostalAddress = {
  label: null,
  text: null,
  street: null,
  poBox: null,
  city: null,
  region: null,
  postalCode: null,
  country: null,
  countryCode: null,
}

function addressReader(target: PersonTarget): ColumnReader {
  const { field, slot = 0 } = target
  const codeOf = remembering(readCountry)
  return (cell, _person, at) => {
    let address = at.addresses.find((known) => known.slot === slot)
    if (address === undefined) {
      address = { slot, ...emptyAddress, label: labelOf(target, at) }
      at.addresses.push(address)
    }
    if (field === 'street') address.street = address.street === null ? cell : `${address.street}\n${cell}`
    else if (field === 'address') address.text = cell
    else if (field === 'country') {
      address.country = cell
      address.countryCode = codeOf(cell) ?? null
    } else if (field === 'city' || field === 'region' || field === 'postalCode' || field === 'poBox') address[field] = cell
  }
}

function customReader(target: Extract<ColumnTarget, { field: 'custom' }>, reading: PersonReading): ColumnReader {
  const read = customValueReader(target, reading)
  return (cell, _person, at, column) => {
    const value = read(cell)
    if (typeof value === 'string') at.problem(value, column, cell)
    else if (value !== undefined) at.custom.push(value)
  }
}

function customValueReader(
  { key, kind, decimal = '.', order, currency, options }: Extract<ColumnTarget, { field: 'custom' }>,
  reading: PersonReading,
): (cell: string) => CustomValue | CellProblemCode | undefined {
  switch (kind) {
    case 'text':
      return (cell) => ({ key, kind, value: cell })
    case 'number':
      return (cell) => {
        const value = readNumber(cell, decimal)
        return value === undefined ? 'not_a_number' : { key, kind, value }
      }
    case 'money':
      return (cell) => {
        const value = readAmount(cell, decimal, currency ?? reading.currency)
        return typeof value === 'string' ? value : { key, kind, value }
      }
    case 'date':
      return (cell) => {
        const value = readDate(cell, { order: order ?? null, today: reading.today })
        if (value !== 'not_a_date' && value !== 'date_could_be_two') return { key, kind, value }
        return isNoDate(cell) ? undefined : value
      }
    case 'yesNo': {
      const read = remembering(readYesNo)
      return (cell) => {
        const value = read(cell)
        return value === undefined ? 'not_yes_or_no' : { key, kind, value }
      }
    }
    case 'choice':
      return (cell) => {
        const value = readChoice(cell, options)
        return value === undefined ? 'not_a_choice' : { key, kind, value }
      }
    case 'choices':
      return (cell) => {
        const read = splitValues(cell, { commas: true }).map((word) => readChoice(word, options))
        const known = read.filter((word) => word !== undefined)
        return known.length < read.length ? 'not_a_choice' : { key, kind, value: known }
      }
  }
}
