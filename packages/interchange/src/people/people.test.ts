import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Mapping } from '../columns/fields.ts'
import { proposeMapping } from '../columns/propose-mapping.ts'
import { surveyColumns } from '../columns/survey-columns.ts'
import { openDelimited, openText } from '../delimited/open-delimited.ts'
import type { ReadRow, Table } from '../rows.ts'
import { bytesInHand } from '../workbook/file-bytes.ts'
import { openSheet } from '../workbook/open-sheet.ts'
import { openWorkbook } from '../workbook/open-workbook.ts'
import { peopleColumns } from './people-columns.ts'
import { draftPerson, type Person } from './person.ts'
import { readPeople } from './read-people.ts'
import { type PeopleFormat, writePeople } from './write-people.ts'

const reading = { country: 'US', culture: 'en', currency: 'USD', today: '2026-11-30' } as const

async function readText(text: string, mapping: Mapping) {
  const table = await openText([text], { lineEnd: '\n' })
  return (await Array.fromAsync(readPeople(table.rows, mapping, reading))).flat()
}

describe('a row is never lost for one cell', () => {
  it('tells each cell that cannot be read, and keeps what else the row says', async () => {
    const mapping: Mapping = [
      { field: 'name' },
      { field: 'email' },
      { field: 'phone' },
      { field: 'birthday' },
      { field: 'custom', key: 'Fee', kind: 'money' },
      { field: 'custom', key: 'VIP', kind: 'yesNo' },
      { field: 'website' },
      { field: 'custom', key: 'Plan', kind: 'choice', options: ['Gold'] },
      { field: 'custom', key: 'Likes', kind: 'choices', options: ['Tea', 'Café'] },
    ]
    const [row] = await readText(
      'a,b,c,d,e,f,g,h,i\nAnn Lee,ann@b.co; nobody,call me,03/04/1980,a lot,perhaps,no page,silver,cafe; tea\n',
      mapping,
    )
    expect(row).toMatchObject({
      kind: 'person',
      person: {
        name: 'Ann Lee',
        emails: [{ value: 'ann@b.co' }],
        phones: [],
        birthday: null,
        custom: [{ key: 'Likes', value: ['Café', 'Tea'] }],
      },
      problems: [
        { code: 'not_an_email', column: 1, value: 'nobody' },
        { code: 'not_a_phone', column: 2, value: 'call me' },
        { code: 'date_could_be_two', column: 3, value: '03/04/1980' },
        { code: 'not_an_amount', column: 4, value: 'a lot' },
        { code: 'not_yes_or_no', column: 5, value: 'perhaps' },
        { code: 'not_a_website', column: 6, value: 'no page' },
        { code: 'not_a_choice', column: 7, value: 'silver' },
      ],
    })
  })

  it('tells broken and empty rows, and what is too long or could not be decoded', async () => {
    const rows = await readText(`a,b\n,\n"x"y,1\nAnn\ufffd,${'n'.repeat(2000)}\n`, [{ field: 'name' }, { field: 'company' }])
    expect(rows.map((row) => (row.kind === 'person' ? row.problems.map(({ code, column }) => `${code} ${column}`) : row.kind))).toEqual([
      'empty',
      'broken',
      ['too_long 1', 'undecodable 0'],
    ])
  })

  it('does not carry anything over from one row to the next', async () => {
    const mapping: Mapping = [
      { field: 'label', of: 'phone', slot: 0 },
      { field: 'phone', slot: 0 },
      { field: 'city', slot: 1 },
      { field: 'custom', key: 'k', kind: 'text' },
    ]
    const rows = await readText('a,b,c,d\nwork,212-555-0123,Rome,x\n,212-555-0124,,\n', mapping)
    expect(rows[1]).toMatchObject({ person: { phones: [{ value: '+12125550124', label: null }], addresses: [], custom: [] } })
    expect(rows[0]).toMatchObject({
      person: { phones: [{ value: '+12125550123', label: 'work' }], addresses: [{ city: 'Rome' }], custom: [{ key: 'k', value: 'x' }] },
    })
  })

  it('ends on any cells under any mapping', () => {
    const target = fc.constantFrom<Mapping[number]>(
      { field: 'name' },
      { field: 'email' },
      { field: 'phone', slot: 0 },
      { field: 'label', of: 'phone', slot: 0 },
      { field: 'birthday' },
      { field: 'street', slot: 1 },
      { field: 'country', slot: 1 },
      { field: 'tags' },
      { field: 'website' },
      { field: 'language' },
      { field: 'custom', key: 'a', kind: 'money', decimal: ',' },
      { field: 'custom', key: 'b', kind: 'number' },
      { field: 'custom', key: 'c', kind: 'date', order: 'dmy' },
      { field: 'custom', key: 'd', kind: 'choices' },
    )
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('1', '2', '-', '/', '.', ',', '+', '$', '@', ' ', ';', ':', '<', '>', 'a', '(', 'x') }),
    )
    return fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(target, cell), { minLength: 1, maxLength: 6 }), async (columns) => {
        const rows = (async function* (): AsyncGenerator<readonly ReadRow[]> {
          yield [{ kind: 'row', line: 1, cells: columns.map(([, text]) => text), raw: '' }]
        })()
        const read = await Array.fromAsync(
          readPeople(
            rows,
            columns.map(([of]) => of),
            reading,
          ),
        )
        expect(read.flat()).toHaveLength(1)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('what is exported is imported again', () => {
  const text = fc
    .string({ unit: fc.constantFrom('a', 'B', 'é', '日', ' ', ',', ';', '"', "'", '\n', '='), minLength: 1, maxLength: 20 })
    .map((value) => `N${value}n`)
  const maybe = fc.option(text, { nil: null })
  const label = fc.constantFrom(null, 'home', 'work', 'mobile', 'Reception')
  const person: fc.Arbitrary<Person> = fc.record({
    name: text,
    namePrefix: maybe,
    givenName: text,
    middleName: maybe,
    familyName: text,
    nameSuffix: maybe,
    nickname: maybe,
    company: maybe,
    department: maybe,
    jobTitle: maybe,
    emails: fc.constantFrom(
      [],
      [{ value: 'ann@b.co', asTyped: 'Ann@b.co', label: 'work' }],
      [
        { value: 'ann@b.co', asTyped: 'ann@b.co', label: null },
        { value: 'b@b.co', asTyped: 'b@b.co', label: 'home' },
      ],
    ),
    phones: fc.uniqueArray(
      fc.record({
        value: fc.constantFrom('+12125550123', '+33612345678', '+442079460018'),
        asTyped: fc.constant(''),
        label,
        extension: fc.constantFrom(null, '12'),
      }),
      { selector: ({ value }) => value },
    ),
    websites: fc.constantFrom([], [{ value: 'https://a.b/c', asTyped: 'https://a.b/c', label: null }]),
    addresses: fc.array(
      fc.record({
        label,
        text: maybe,
        street: text,
        poBox: maybe,
        city: maybe,
        region: maybe,
        postalCode: maybe,
        country: fc.constant('España'),
        countryCode: fc.constant('ES'),
      }),
      { maxLength: 2 },
    ),
    birthday: fc.constantFrom(null, '1980-05-17', '--02-29'),
    anniversary: fc.constantFrom(null, '2005-06-01'),
    note: maybe,
    tags: fc.constantFrom([], ['VIP', 'a, b']),
    language: fc.constantFrom(null, 'fr-CA'),
    zone: fc.constantFrom(null, 'America/New_York'),
    externalId: fc.constantFrom(null, '007'),
    custom: fc.constantFrom<Person['custom']>(
      [],
      [
        { key: 'Fee', kind: 'money', value: { minor: '-1250', currency: 'CAD' } },
        { key: 'Visits', kind: 'number', value: '3.5' },
        { key: 'Newsletter', kind: 'yesNo', value: false },
        { key: 'Since', kind: 'date', value: '2026-01-02' },
      ],
    ),
  })
  const shape = { emails: 2, phones: 3, websites: 1, addresses: 2, custom: ['Fee', 'Visits', 'Newsletter', 'Since'] }
  // Somebody with everything, so that the kinds of all columns can be seen.
  const full: Person = {
    ...draftPerson(),
    name: 'Full Person',
    givenName: 'Full',
    familyName: 'Person',
    custom: [
      { key: 'Fee', kind: 'money', value: { minor: '1250', currency: 'USD' } },
      { key: 'Visits', kind: 'number', value: '3' },
      { key: 'Newsletter', kind: 'yesNo', value: true },
      { key: 'Since', kind: 'date', value: '2026-01-03' },
    ],
  }

  async function readBack(open: () => Promise<Table>): Promise<readonly unknown[]> {
    const survey = async () => {
      const { width, rows } = await open()
      const columns = surveyColumns(width, 'US')
      for await (const batch of rows) columns.take(batch)
      return columns.columns()
    }
    const { header, rows } = await open()
    const mapping = proposeMapping({ header, contents: await survey(), country: 'US', currency: 'USD' }).map(({ value }) => value)
    const read = (await Array.fromAsync(readPeople(rows, mapping, reading))).flat()
    return read.map((row) =>
      row.kind === 'person'
        ? { ...row.person, phones: row.person.phones.map((phone) => ({ ...phone, asTyped: '' })), problems: row.problems }
        : row,
    )
  }

  it.each<PeopleFormat>(['csv', 'tsv', 'xlsx'])('as %s', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { maxLength: 3 }), async (others) => {
        const people = [full, ...others]
        const bytes = Buffer.concat(
          await Array.fromAsync(writePeople(people, format, { shape, writing: { guardFormulas: true, mark: true } })),
        )
        const open = async () =>
          format === 'xlsx'
            ? openSheet(await openWorkbook(bytesInHand(bytes)), { header: true, skipRows: 0 })
            : openDelimited([bytes], { dialect: { delimiter: format === 'csv' ? ',' : '\t' } })
        expect(await readBack(open)).toEqual(people.map((one) => ({ ...one, problems: [] })))
      }),
      { numRuns: 60 },
    )
  })

  it('with more numbers than there are columns in the last one', () => {
    const { header, cells } = peopleColumns({ emails: 1, phones: 1, websites: 0, addresses: 0 })
    const points = ['a@b.co', 'c@d.co'].map((value) => ({ value, asTyped: value, label: null }))
    const written = cells({ ...draftPerson(), emails: points })
    expect(written[header.indexOf('E-mail 1 - Value')]).toBe('a@b.co ::: c@d.co')
  })

  it('as JSON, one person a line', async () => {
    const json = Buffer.concat(await Array.fromAsync(writePeople([full, draftPerson()], 'json'))).toString()
    expect(JSON.parse(json)).toEqual([full, draftPerson()])
    expect(json.split('\n')).toHaveLength(5)
    expect(Buffer.concat(await Array.fromAsync(writePeople([], 'json'))).toString()).toBe('[]\n')
  })
})
