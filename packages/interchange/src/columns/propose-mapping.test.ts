import { describe, expect, it } from 'vitest'
import { openText } from '../delimited/open-delimited.ts'
import { dateOrderOf, decimalOf } from './column-style.ts'
import type { ColumnTarget } from './fields.ts'
import { proposeMapping } from './propose-mapping.ts'
import { readHeader } from './read-header.ts'
import { applySavedMapping, headerSignature, saveMapping } from './saved-mapping.ts'
import { surveyColumns } from './survey-columns.ts'

async function survey(text: string, country: string | null = 'US', header = true) {
  const table = await openText([text], { header, lineEnd: '\n' })
  const columns = surveyColumns(table.width, country)
  for await (const batch of table.rows) columns.take(batch)
  return { header: table.header, contents: columns.columns() }
}
const propose = async (text: string, country: string | null = 'US', header = true) =>
  proposeMapping({ ...(await survey(text, country, header)), country, currency: null })

describe('a column is asked about where nothing in it tells', () => {
  it('asks for the order of dates that could all be read in two ways', async () => {
    const [proposal] = await propose('Birthday\n03/04/1980\n05/06/1990\n')
    expect(proposal?.value).toEqual({ field: 'birthday', order: 'mdy' })
    expect(proposal?.asks).toEqual(['date_order'])
    expect(proposal?.reasons.at(-1)).toEqual({ code: 'habit_of_the_country', country: 'US', dates: 2 })
  })

  it('says no order where both come up', async () => {
    const [proposal] = await propose('Birthday\n25/04/1980\n05/26/1990\n')
    expect(proposal?.value).toEqual({ field: 'birthday' })
    expect(proposal?.asks).toEqual(['date_order'])
  })

  it('lets the last date of the column decide', async () => {
    const { contents } = await survey(`d\n${'03/04/1980\n'.repeat(5000)}25/04/1980\n`)
    expect(contents.map((content) => dateOrderOf(content, 'US').value)).toEqual(['dmy'])
  })

  it('asks for the currency, and for the decimal sign where 1.234 could be either', async () => {
    const [proposal] = await propose('Fee\n$1.234\n$2.345\n', 'ES')
    expect(proposal?.value).toEqual({ field: 'custom', key: 'Fee', kind: 'money', decimal: ',' })
    expect(proposal?.asks).toEqual(['decimal_sign', 'currency'])
  })

  it.each([
    ['1,5', ','],
    ['1.234,50', ','],
    ['1,234.5', '.'],
    ['1 234,5', ','],
  ])('reads the decimal sign off %s', async (cell, sign) => {
    const { contents } = await survey(`v,x\n"${cell}",1\n`)
    expect(contents[0] && decimalOf(contents[0], 'US').value).toBe(sign)
  })
})

describe('what becomes of a column', () => {
  it.each<[string, string, Partial<ColumnTarget>]>([
    ['an email without a name', 'x\na@b.co\nc@d.co\n', { field: 'email' }],
    ['telephone numbers without a name', 'x\n212-555-0123\n(646) 555-0100\n', { field: 'phone' }],
    ['yes and no', 'Newsletter\nyes\nno\nyes\n', { field: 'custom', key: 'Newsletter', kind: 'yesNo' }],
    ['few different words', `Plan\n${'gold\nsilver\n'.repeat(10)}`, { field: 'custom', kind: 'choice' }],
    ['several of few words', `Likes\n${'a;b\nb\na\n'.repeat(10)}`, { field: 'custom', kind: 'choices' }],
    ['numbers', 'Visits\n3\n40\n', { field: 'custom', kind: 'number' }],
    ['days', 'Since\n2026-01-05\n2026-02-07\n', { field: 'custom', kind: 'date', order: 'ymd' }],
    ['a page', 'x\nwww.example.com\nhttps://b.example\n', { field: 'website' }],
    ['countries', 'x\nSpain\nFrancia\n', { field: 'country' }],
    ['nothing at all', 'x,y\n,a\n,b\n', { field: 'ignore' }],
  ])('%s', async (_what, text, expected) => {
    const [proposal] = await propose(text)
    expect(proposal?.value).toMatchObject(expected)
  })

  it('trusts the cells where they speak against the name', async () => {
    const [phone] = await propose('Phone\na@b.co\nc@d.co\n')
    expect(phone?.value.field).toBe('email')
    expect(phone?.reasons[0]).toEqual({ code: 'content_says_otherwise', field: 'phone' })
    expect(phone?.confidence).toBe(0.6)
  })

  it('keeps a second column for what a person has once as a field of its own', async () => {
    const proposals = await propose('Company,Company name\nNorthwind,Acme\n')
    expect(proposals.map(({ value }) => value.field)).toEqual(['company', 'custom'])
  })

  it('maps a file without a header by its cells alone', async () => {
    const proposals = await propose('Ann Lee,a@b.co,212-555-0123\nBob Roe,c@d.co,646-555-0100\n', 'US', false)
    expect(proposals.map(({ value }) => value.field)).toEqual(['custom', 'email', 'phone'])
  })
})

it.each([
  ['Nombre', 'givenName'],
  ['Prénom', 'givenName'],
  ['NOM DE FAMILLE', 'familyName'],
  ['Correo electrónico', 'email'],
  ['Adresse de messagerie', 'email'],
  ['Teléfono móvil', 'phone mobile'],
  ['Tél. bureau', 'phone work'],
  ['Business Fax', 'phone fax'],
  ["Assistant's Phone", 'phone assistant'],
  ['mobilePhone', 'phone mobile'],
  ['Rue (domicile)', 'street home'],
  ['Código postal del trabajo', 'postalCode work'],
  ['Pays/Région (bureau)', 'country work'],
  ['Fecha de nacimiento', 'birthday'],
  ['Étiquettes', 'tags'],
  ['Address 2 - Postal Code', 'postalCode'],
  ['Email opt out', undefined],
  ['Email status', undefined],
  ['Colour', undefined],
])('reads the header %s', (header, expected) => {
  const read = readHeader(header)
  expect(read && [read.field, read.label].filter(Boolean).join(' ')).toBe(expected)
})

describe('a mapping is remembered', () => {
  const header = ['Name', 'E-mail', 'Name']
  const saved = saveMapping(header, [{ field: 'name' }, { field: 'email', slot: 0 }, { field: 'company' }])

  it('and fits a file with the same columns in another order, in other letters', () => {
    expect(applySavedMapping(saved, ['e mail', 'NAME', 'name'])).toEqual([
      { field: 'email', slot: 0 },
      { field: 'name' },
      { field: 'company' },
    ])
  })

  it('but no file with other columns', () => {
    expect(applySavedMapping(saved, ['Name', 'E-mail'])).toBeUndefined()
    expect(headerSignature(['a', 'b'])).toBe(headerSignature(['B', 'A']))
  })
})
