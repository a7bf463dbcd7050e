import { describe, expect, it } from 'vitest'
import { detectDialect } from '../delimited/detect-dialect.ts'
import { openText } from '../delimited/open-delimited.ts'
import type { Person } from '../people/person.ts'
import { readPeople } from '../people/read-people.ts'
import { samples } from '../samples.fixture.ts'
import { proposeMapping } from './propose-mapping.ts'
import { recogniseSource } from './recognise-source.ts'
import { surveyColumns } from './survey-columns.ts'

async function readSample(text: string, country: string) {
  const { value: dialect } = detectDialect(text, { whole: true })
  const survey = async () => {
    const { width, rows } = await openText([text], dialect)
    const columns = surveyColumns(width, country)
    for await (const batch of rows) columns.take(batch)
    return columns.columns()
  }
  const { header, rows } = await openText([text], dialect)
  const proposals = proposeMapping({ header, contents: await survey(), country, currency: 'USD' })
  const culture = country === 'FR' ? 'fr' : country === 'ES' ? 'es' : 'en'
  const people = readPeople(
    rows,
    proposals.map(({ value }) => value),
    { country, culture, currency: 'USD', today: '2026-11-30' },
  )
  const read = (await Array.fromAsync(people)).flat()
  return { header: header ?? [], proposals, read }
}

/** A person in a few words: what is empty is left out. */
const shown = (person: Person) => ({
  name: person.name,
  parts: [person.namePrefix, person.givenName, person.middleName, person.familyName, person.nameSuffix]
    .map((part) => part ?? '-')
    .join(' '),
  work: [person.jobTitle, person.department, person.company].filter((part) => part !== null).join(', '),
  emails: person.emails.map(({ value, label }) => `${value} ${label}`),
  phones: person.phones.map(({ value, label, extension }) => `${value} ${label}${extension === null ? '' : ` x${extension}`}`),
  addresses: person.addresses.map((one) => [one.label, one.street, one.city, one.region, one.postalCode, one.countryCode].join('|')),
  birthday: person.birthday,
  tags: person.tags,
  custom: person.custom.map(({ key, value }) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`),
})

const cases: readonly (readonly [keyof typeof samples, string, string | null, Partial<ReturnType<typeof shown>>])[] = [
  [
    'google',
    'US',
    'google',
    {
      name: 'Ann Marie Lee',
      parts: 'Dr. Ann Marie Lee -',
      work: 'Dentist, Northwind',
      emails: ['ann@northwind.example work', 'ann.lee@example.com work', 'ann@home.example home'],
      phones: ['+12125550123 mobile', '+33612345678 mobile', '+12125550100 fax'],
      addresses: ['home|12 Main St\nApt 4|Portland|ME|04101|US'],
      birthday: '1980-05-17',
      tags: ['Patients'],
      custom: ['Insurance=Blue'],
    },
  ],
  [
    'googleOld',
    'US',
    'google-old',
    { name: 'Ann Lee', work: 'Dentist, Northwind', emails: ['ann@example.com home'], birthday: '--05-17', tags: ['Patients'], custom: [] },
  ],
  [
    'outlookEn',
    'US',
    'outlook',
    {
      name: 'Ann Lee Jr.',
      parts: 'Dr. Ann - Lee Jr.',
      work: 'Dentist, Dental, Northwind',
      emails: ['ann@northwind.example null', 'ann@example.com null'],
      phones: ['+12125550100 fax', '+12125550101 work', '+12125550102 home', '+12125550103 mobile'],
      addresses: ['work|12 Main St\nSuite 4|Portland|ME|04101|US', 'home|5 Oak Ave|Bath|||'],
      birthday: '1980-05-17',
      tags: ['VIP', 'New'],
      custom: ['Gender=Unspecified'],
    },
  ],
  [
    'outlookFr',
    'FR',
    'outlook',
    {
      name: 'Zoé Lefèvre',
      parts: 'M. Zoé - Lefèvre -',
      work: 'Gérante, Boulangerie',
      phones: ['+33472000001 work', '+33612345678 mobile'],
      addresses: ['work|3 rue Haute|Lyon||69001|FR'],
      birthday: '1980-05-17',
    },
  ],
  [
    'outlookEs',
    'ES',
    'outlook',
    {
      name: 'Ana García López',
      parts: 'Sra. Ana - García López -',
      work: 'Gerente, Clínica',
      phones: ['+34910000001 work', '+34612345678 mobile'],
      addresses: ['work|Calle Mayor 3|Madrid||28001|ES'],
      birthday: '1980-05-17',
    },
  ],
  [
    'hubspot',
    'US',
    'hubspot',
    {
      name: 'Ann Lee',
      work: 'Dentist, Northwind',
      emails: ['ann@example.com null', 'a2@example.com other', 'a3@example.com other'],
      phones: ['+12125550123 null'],
      addresses: ['||Portland|ME|04101|US'],
    },
  ],
  [
    'salesforce',
    'US',
    'salesforce',
    {
      name: 'Ann Lee',
      parts: 'Ms. Ann - Lee -',
      work: 'Dentist, Northwind',
      phones: ['+12125550123 null', '+12125550124 mobile'],
      addresses: ['mailing|12 Main St|Portland|ME|04101|US'],
    },
  ],
  [
    'zoho',
    'US',
    'zoho',
    {
      name: 'Ann Lee',
      work: 'Dentist, Dental, Northwind',
      emails: ['ann@example.com null', 'a2@example.com other'],
      phones: ['+12125550123 null', '+12125550124 mobile'],
      birthday: '1980-05-17',
    },
  ],
  [
    'pasted',
    'US',
    null,
    {
      name: 'Ann Lee',
      parts: '- Ann - Lee -',
      phones: ['+12125550123 null x5'],
      custom: ['Fee={"minor":"120050","currency":"USD"}', 'Since=2026-03-25'],
    },
  ],
]

describe('exports are recognised, mapped and read without a word from anybody', () => {
  it.each(cases)('%s', async (name, country, source, expected) => {
    const { header, read } = await readSample(samples[name], country)
    expect(recogniseSource(header).value).toBe(source)
    const [first] = read
    if (first?.kind !== 'person') throw new Error('The first row is no person.')
    expect(first.problems).toEqual([])
    expect(shown(first.person)).toMatchObject(expected)
  })
})
