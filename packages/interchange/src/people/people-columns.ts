import { severalMark } from '../cells/split-values.ts'
import type { CustomValue, Person, PersonPhone, PersonPoint, PostalAddress } from './person.ts'

/** How many columns there are for what a person may have several of, and which fields of the business's own. */
export type PeopleShape = {
  readonly emails?: number
  readonly phones?: number
  readonly websites?: number
  readonly addresses?: number
  readonly custom?: readonly string[]
}

/** The columns in which persons are written; `cells` are of one person, in their order. */
export type PeopleColumns = {
  readonly header: readonly string[]
  readonly cells: (person: Person) => readonly string[]
  readonly days: ReadonlySet<number>
}

type Column = { readonly name: string; readonly of: (person: Person) => string | null; readonly isDay?: boolean }

const addressColumns: readonly (readonly [string, keyof PostalAddress])[] = [
  ['Label', 'label'],
  ['Formatted', 'text'],
  ['Street', 'street'],
  ['City', 'city'],
  ['PO Box', 'poBox'],
  ['Region', 'region'],
  ['Postal Code', 'postalCode'],
  ['Country', 'country'],
]

/** The columns for persons, named so that Google Contacts and our own reader know them. Where somebody has more than there are columns for, the last one holds the rest. */
export function peopleColumns({ emails = 3, phones = 3, websites = 1, addresses = 2, custom = [] }: PeopleShape = {}): PeopleColumns {
  const columns: readonly Column[] = [
    { name: 'Name', of: ({ name }) => name },
    { name: 'Name Prefix', of: ({ namePrefix }) => namePrefix },
    { name: 'First Name', of: ({ givenName }) => givenName },
    { name: 'Middle Name', of: ({ middleName }) => middleName },
    { name: 'Last Name', of: ({ familyName }) => familyName },
    { name: 'Name Suffix', of: ({ nameSuffix }) => nameSuffix },
    { name: 'Nickname', of: ({ nickname }) => nickname },
    { name: 'Organization Name', of: ({ company }) => company },
    { name: 'Organization Department', of: ({ department }) => department },
    { name: 'Organization Title', of: ({ jobTitle }) => jobTitle },
    ...severalColumns(
      'E-mail',
      emails,
      (person) => person.emails,
      ({ asTyped }) => asTyped,
    ),
    ...severalColumns('Phone', phones, (person) => person.phones, phoneText),
    ...severalColumns(
      'Website',
      websites,
      (person) => person.websites,
      ({ value }) => value,
    ),
    ...Array.from({ length: addresses }, (_, index) =>
      addressColumns.map(
        ([name, part]): Column => ({ name: `Address ${index + 1} - ${name}`, of: (person) => person.addresses[index]?.[part] ?? null }),
      ),
    ).flat(),
    { name: 'Birthday', of: ({ birthday }) => birthday, isDay: true },
    { name: 'Anniversary', of: ({ anniversary }) => anniversary, isDay: true },
    { name: 'Notes', of: ({ note }) => note },
    { name: 'Labels', of: ({ tags }) => tags.join(severalMark) },
    { name: 'Language', of: ({ language }) => language },
    { name: 'Time Zone', of: ({ zone }) => zone },
    { name: 'Record ID', of: ({ externalId }) => externalId },
    ...custom.map((key): Column => ({ name: key, of: (person) => customText(person.custom.find((value) => value.key === key)) })),
  ]
  return {
    header: columns.map(({ name }) => name),
    cells: (person) => columns.map(({ of }) => of(person) ?? ''),
    days: new Set(columns.flatMap(({ isDay }, index) => (isDay ? [index] : []))),
  }
}

/** A value and its label, as many times as there are columns. */
function severalColumns<T extends PersonPoint>(
  name: string,
  count: number,
  of: (person: Person) => readonly T[],
  text: (point: T) => string,
): readonly Column[] {
  return Array.from({ length: count }, (_, index): readonly Column[] => [
    { name: `${name} ${index + 1} - Label`, of: (person) => of(person)[index]?.label ?? null },
    {
      name: `${name} ${index + 1} - Value`,
      of: (person) =>
        of(person)
          .slice(index, index + 1 === count ? undefined : index + 1)
          .map(text)
          .join(severalMark),
    },
  ]).flat()
}

const phoneText = ({ value, extension }: PersonPhone): string => (extension === null ? value : `${value} x${extension}`)

function customText(value: CustomValue | undefined): string | null {
  if (value === undefined) return null
  switch (value.kind) {
    case 'yesNo':
      return value.value ? 'yes' : 'no'
    case 'choices':
      return value.value.join(severalMark)
    case 'money':
      return `${majorOf(value.value.minor, value.value.currency)} ${value.value.currency}`
    default:
      return value.value
  }
}

function majorOf(minor: string, currency: string): string {
  const decimals = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  if (decimals === 0) return minor
  const sign = minor.startsWith('-') ? '-' : ''
  const digits = minor.slice(sign.length).padStart(decimals + 1, '0')
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
