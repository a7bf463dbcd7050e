import type { CellProblemCode } from '../cells/problem.ts'
import { isNoDate, readDate } from '../cells/read-dates.ts'
import { readEmails } from '../cells/read-emails.ts'
import { splitName } from '../cells/read-names.ts'
import { phoneReader, readPhones } from '../cells/read-phones.ts'
import { readCountry, readLanguage } from '../cells/read-places.ts'
import { readWebsite } from '../cells/read-words.ts'
import { readLabel } from '../columns/header-words.ts'
import { draftPerson, type Person, type PersonDraft, wholeName } from '../people/person.ts'
import type { PersonReading } from '../people/read-person.ts'
import type { Encoding } from '../text/encodings.ts'
import { textOf } from './card-lines.ts'
import { type CardProperty, type CardVersion, quotedPrintable, splitUnescaped, unescaped } from './card-properties.ts'
import type { CardProblem } from './read-cards.ts'

type CardReading = PersonReading & { readonly version: CardVersion; readonly encoding: Encoding }

/** A person from the properties of her card. */
export function personOfCard(
  properties: readonly CardProperty[],
  reading: CardReading,
): { readonly person: Person; readonly problems: readonly CardProblem[] } {
  const person = draftPerson()
  const problems: CardProblem[] = []
  const labels = new Map<string, string>()
  for (const property of properties) {
    if (property.name === 'X-ABLABEL' && property.group !== undefined) labels.set(property.group, textValue(property, reading))
  }
  const at: At = {
    reading,
    readPhone: phoneReader(reading.country),
    labelOf: (property) => labelOf(property, labels),
    problem: (code, property, value) => problems.push({ code, property, value: value.slice(0, 200) }),
  }
  // Of several the preferred one comes first.
  for (const property of properties.toSorted((one, other) => preference(one) - preference(other)))
    readers[property.name]?.(property, person, at)
  if (person.name === '') person.name = wholeName(person)
  else if (person.givenName === null && person.familyName === null && person.name !== person.company) {
    const parts = splitName(person.name, reading.culture)
    person.givenName = parts.given ?? null
    person.middleName ??= parts.middle ?? null
    person.familyName = parts.family ?? null
  }
  return { person, problems }
}

type At = {
  readonly reading: CardReading
  readonly readPhone: ReturnType<typeof phoneReader>
  readonly labelOf: (property: CardProperty) => string | null
  readonly problem: (code: CellProblemCode, property: string, value: string) => void
}
type PropertyReader = (property: CardProperty, person: PersonDraft, at: At) => void

const typesOf = ({ params }: CardProperty) => (params.get('TYPE') ?? []).map((type) => type.toLowerCase())
const preference = (property: CardProperty) =>
  Number(property.params.get('PREF')?.[0] ?? (typesOf(property).includes('pref') ? 1 : 100)) || 100

/** Parts of a value, each decoded by itself: a semicolon that is encoded separates nothing. */
const partsOf = (property: CardProperty, at: ';' | ',', reading: CardReading): readonly string[] =>
  splitUnescaped(property.value, at).map((part) => decoded(part, property, reading))

const textValue = (property: CardProperty, reading: CardReading): string => decoded(property.value, property, reading)

function decoded(value: string, { params }: CardProperty, { encoding, version }: CardReading): string {
  const isEncoded = params.get('ENCODING')?.[0]?.toUpperCase() === 'QUOTED-PRINTABLE'
  const text = textOf(isEncoded ? quotedPrintable(value) : value, params.get('CHARSET')?.[0], encoding)
  // Version 2.1 knows no backslashes but before what would separate; a path of Windows keeps its own.
  return (version === '2.1' ? text.replace(/\\([;,\\])/g, '$1').replace(/\r\n?/g, '\n') : unescaped(text)).trim()
}

/** Apple's own words stand in brackets: _$!<Mobile>!$_. */
function labelOf(property: CardProperty, labels: ReadonlyMap<string, string>): string | null {
  const own = property.group === undefined ? undefined : labels.get(property.group)
  if (own !== undefined) return readLabel(own.replace(/^_\$!<(.*)>!\$_$/, '$1')) ?? null
  const types = typesOf(property)
  if (types.includes('fax')) return 'fax'
  const kinds = {
    cell: 'mobile',
    mobile: 'mobile',
    iphone: 'mobile',
    pager: 'pager',
    work: 'work',
    home: 'home',
    main: 'main',
    other: 'other',
  } as const
  for (const [type, label] of Object.entries(kinds)) if (types.includes(type)) return label
  const free = types.find((type) => type.startsWith('x-') && type.length > 2)
  return free === undefined ? null : free.slice(2)
}

const field =
  (name: 'nickname' | 'externalId' | 'zone' | 'name'): PropertyReader =>
  (property, person, { reading }) => {
    const text = textValue(property, reading)
    if (text === '') return
    if (name === 'name') person.name = person.name === '' ? text : person.name
    else person[name] ??= text
  }

const day =
  (name: 'birthday' | 'anniversary'): PropertyReader =>
  (property, person, { reading, problem }) => {
    const text = textValue(property, reading)
    if (text === '' || person[name] !== null) return
    const read = readDate(text, { order: 'ymd', today: reading.today, past: true })
    if (read === 'not_a_date' || read === 'date_could_be_two') {
      if (!isNoDate(text)) problem(read, property.name, text)
    } else person[name] = property.params.get('X-APPLE-OMIT-YEAR')?.[0] === read.slice(0, 4) ? `--${read.slice(5)}` : read
  }

const readers: { readonly [name: string]: PropertyReader | undefined } = {
  FN: field('name'),
  N: (property, person, { reading }) => {
    const [family = '', given = '', middle = '', prefix = '', suffix = ''] = partsOf(property, ';', reading).map((part) =>
      part.replace(/\s*,\s*/g, ' '),
    )
    person.familyName ??= family || null
    person.givenName ??= given || null
    person.middleName ??= middle || null
    person.namePrefix ??= prefix || null
    person.nameSuffix ??= suffix || null
  },
  NICKNAME: field('nickname'),
  UID: field('externalId'),
  TZ: field('zone'),
  LANG: (property, person, { reading }) => {
    person.language ??= readLanguage(textValue(property, reading)) ?? null
  },
  ORG: (property, person, { reading }) => {
    const [company = '', ...units] = partsOf(property, ';', reading)
    person.company ??= company || null
    person.department ??= units.filter((unit) => unit !== '').join(', ') || null
  },
  TITLE: (property, person, { reading }) => {
    person.jobTitle = textValue(property, reading) || person.jobTitle
  },
  ROLE: (property, person, { reading }) => {
    person.jobTitle ??= textValue(property, reading) || null
  },
  EMAIL: (property, person, { reading, labelOf: label, problem }) => {
    const text = textValue(property, reading)
    if (text === '') return
    const { emails, wrong } = readEmails(text)
    for (const each of wrong) problem('not_an_email', 'EMAIL', each)
    for (const { value, asTyped } of emails) {
      if (!person.emails.some((known) => known.value === value))
        person.emails = [...person.emails, { value, asTyped, label: label(property) }]
    }
  },
  TEL: (property, person, { reading, readPhone, labelOf: label, problem }) => {
    const text = textValue(property, reading).replace(/^tel:/i, '')
    if (text === '') return
    const { phones, wrong } = readPhones(text, readPhone)
    for (const each of wrong) problem('not_a_phone', 'TEL', each)
    for (const { value, asTyped, extension = null } of phones) {
      if (!person.phones.some((known) => known.value === value)) {
        person.phones = [...person.phones, { value, asTyped, label: label(property), extension }]
      }
    }
  },
  URL: (property, person, { reading, labelOf: label, problem }) => {
    const text = textValue(property, reading)
    const value = text === '' ? undefined : readWebsite(text)
    if (value !== undefined) person.websites = [...person.websites, { value, asTyped: text, label: label(property) }]
    else if (text !== '') problem('not_a_website', 'URL', text)
  },
  ADR: (property, person, { reading, labelOf: label }) => {
    const [poBox = '', extended = '', street = '', city = '', region = '', postalCode = '', country = ''] = partsOf(property, ';', reading)
    const whole = property.params.get('LABEL')?.[0]
    const text = whole === undefined ? null : textOf(whole, undefined, reading.encoding).replaceAll('\\n', '\n')
    const lines = [street, extended].filter((part) => part !== '').join('\n')
    if (text === null && [lines, poBox, city, region, postalCode, country].every((part) => part === '')) return
    person.addresses = [
      ...person.addresses,
      {
        label: label(property),
        text,
        street: lines || null,
        poBox: poBox || null,
        city: city || null,
        region: region || null,
        postalCode: postalCode || null,
        country: country || null,
        countryCode: readCountry(country) ?? null,
      },
    ]
  },
  BDAY: day('birthday'),
  ANNIVERSARY: day('anniversary'),
  'X-ANNIVERSARY': day('anniversary'),
  'X-ABDATE': (property, person, at) => {
    if (at.labelOf(property)?.toLowerCase() === 'anniversary') day('anniversary')(property, person, at)
  },
  NOTE: (property, person, { reading }) => {
    const text = textValue(property, reading)
    if (text !== '') person.note = person.note === null ? text : `${person.note}\n${text}`
  },
  CATEGORIES: (property, person, { reading }) => {
    const tags = partsOf(property, ',', reading).filter((tag) => tag !== '' && tag !== 'myContacts')
    person.tags = [...new Set([...person.tags, ...tags])]
  },
}
