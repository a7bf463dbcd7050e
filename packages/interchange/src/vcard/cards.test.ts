import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftPerson, type Person } from '../people/person.ts'
import { detectEncoding } from '../text/detect-encoding.ts'
import { encodeText } from '../text/encode-text.ts'
import type { Encoding } from '../text/encodings.ts'
import { type CardRow, readCards } from './read-cards.ts'
import { writeCard, writeCards } from './write-cards.ts'

const reading = { country: 'US', culture: 'en', today: '2026-11-30' } as const
async function read(text: string | Uint8Array, encoding?: Encoding): Promise<readonly CardRow[]> {
  const bytes = typeof text === 'string' ? encodeText(text, encoding ?? 'utf-8') : text
  return (await Array.fromAsync(readCards([bytes], encoding ?? detectEncoding(bytes).value, reading))).flat()
}
const card = (version: string, ...lines: readonly string[]) => `BEGIN:VCARD\r\nVERSION:${version}\r\n${lines.join('\r\n')}\r\nEND:VCARD\r\n`
/** What is known of the only person of a file: what is empty is left out. */
async function known(text: string | Uint8Array, encoding?: Encoding) {
  const rows = await read(text, encoding)
  expect(rows).toHaveLength(1)
  const [row] = rows
  if (row?.kind !== 'person') throw new Error(`The card is ${row?.kind}.`)
  expect(row.problems).toEqual([])
  return Object.fromEntries(Object.entries(row.person).filter(([, value]) => value !== null && value !== '' && value.length !== 0))
}
const told = (rows: readonly CardRow[]) =>
  rows.map((row) => `${row.line} ${row.kind === 'broken' ? row.problem.code : row.kind === 'person' ? row.person.name : row.kind}`)

describe('a broken card is told, and the next one read', () => {
  it.each([
    ['one that does not end', `BEGIN:VCARD\r\nFN:Ann\r\n${card('3.0', 'FN:Bob')}`, ['1 card_not_ended', '3 Bob']],
    ['the last one that does not end', `${card('3.0', 'FN:Bob')}BEGIN:VCARD\r\nFN:Ann`, ['1 Bob', '5 card_not_ended']],
    ['text between cards', `${card('3.0', 'FN:Bob')}\r\nhello\r\n${card('3.0', 'FN:Ann')}`, ['1 Bob', '5 card_not_begun', '7 Ann']],
    ['a card that says nothing', card('3.0', 'NOTE:x'), ['1 empty']],
    ['lines that are no properties', card('3.0', 'nonsense', 'FN:Ann', '=== x'), ['1 Ann']],
  ])('%s', async (_what, text, expected) => {
    expect(told(await read(text))).toEqual(expected)
  })

  it('tells properties that cannot be read, and names those that are not taken over', async () => {
    const [row] = await read(
      card('3.0', 'FN:Ann', 'TEL:call me', 'EMAIL:nobody', 'BDAY:soon', 'PHOTO;ENCODING=b;TYPE=JPEG:AAAA', ' BBBB=='),
    )
    expect(row).toMatchObject({
      kind: 'person',
      problems: [
        { code: 'not_a_phone', property: 'TEL', value: 'call me' },
        { code: 'not_an_email', property: 'EMAIL', value: 'nobody' },
        { code: 'not_a_date', property: 'BDAY', value: 'soon' },
      ],
      skipped: ['PHOTO'],
    })
  })

  it('ends on any text', async () => {
    const unit = fc.constantFrom(
      'BEGIN:VCARD',
      'END:VCARD',
      'VERSION:2.1',
      '\r\n',
      '\n',
      '\r',
      ' ',
      ':',
      ';',
      '=',
      'ENCODING=QUOTED-PRINTABLE',
      'N',
      'FN',
      'TEL',
      'AGENT:',
      '\\',
      '"',
      'é',
      'x',
    )
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 60 }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
        const whole = await read(text, 'utf-8')
        const bytes = Buffer.from(text)
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        )
        expect((await Array.fromAsync(readCards(pieces, 'utf-8', reading))).flat()).toEqual(whole)
      }),
      { numRuns: 500 },
    )
  })
})

describe('published examples', () => {
  it('RFC 6350 §8', async () => {
    const text = card(
      '4.0',
      'FN:Simon Perreault',
      'N:Perreault;Simon;;;ing. jr,M.Sc.',
      'BDAY:--0203',
      'GENDER:M',
      'LANG;PREF=1:fr',
      'LANG;PREF=2:en',
      'ORG;TYPE=work:Viagenie',
      'ADR;TYPE=work:;Suite D2-630;2875 Laurier;Quebec;QC;G1V 2M2;Canada',
      'TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-656-9254;ext=102',
      'TEL;VALUE=uri;TYPE="work,cell,voice,video,text":tel:+1-418-262-6501',
      'EMAIL;TYPE=work:simon.perreault@viagenie.ca',
      'GEO;TYPE=work:geo:46.772673,-71.282945',
      'URL;TYPE=home:http://nomis80.org',
    )
    expect(await known(text)).toMatchObject({
      name: 'Simon Perreault',
      familyName: 'Perreault',
      nameSuffix: 'ing. jr M.Sc.',
      birthday: '--02-03',
      language: 'fr',
      company: 'Viagenie',
      addresses: [
        { label: 'work', street: '2875 Laurier\nSuite D2-630', city: 'Quebec', region: 'QC', postalCode: 'G1V 2M2', countryCode: 'CA' },
      ],
      phones: [
        { value: '+14186569254', label: 'work', extension: '102' },
        { value: '+14182626501', label: 'mobile', extension: null },
      ],
      emails: [{ value: 'simon.perreault@viagenie.ca', label: 'work' }],
      websites: [{ value: 'http://nomis80.org', label: 'home' }],
    })
  })

  it('RFC 2426 §7, with a folded address', async () => {
    const text = card(
      '3.0',
      'FN:Frank Dawson',
      'ORG:Lotus Development Corporation',
      'ADR;TYPE=WORK,POSTAL,PARCEL:;;6544 Battleford Drive',
      ' ;Raleigh;NC;27613-3502;U.S.A.',
      'TEL;TYPE=VOICE,MSG,WORK:+1-919-676-9515',
      'TEL;TYPE=FAX,WORK:+1-919-676-9564',
      'EMAIL;TYPE=INTERNET,PREF:Frank_Dawson@Lotus.com',
      'EMAIL;TYPE=INTERNET:fdawson@earthlink.net',
    )
    expect(await known(text)).toMatchObject({
      name: 'Frank Dawson',
      addresses: [{ street: '6544 Battleford Drive', city: 'Raleigh', region: 'NC', postalCode: '27613-3502', countryCode: 'US' }],
      phones: [
        { value: '+19196769515', label: 'work' },
        { value: '+19196769564', label: 'fax' },
      ],
      emails: [{ value: 'frank_dawson@lotus.com', asTyped: 'Frank_Dawson@Lotus.com' }, { value: 'fdawson@earthlink.net' }],
    })
  })
})

describe('cards as telephones and programs write them', () => {
  it('vCard 2.1: bare types, quoted-printable with soft breaks, a charset of its own, a picture without folds', async () => {
    const text = [
      'BEGIN:VCARD',
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8vre;Zo=C3=A9;;;',
      'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9 =',
      'Lef=C3=A8vre',
      'TEL;CELL;PREF:06 12 34 56 78',
      'TEL;WORK;VOICE:(212) 555-0123',
      'NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo=3Bthree',
      'PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD',
      ' AAAA',
      'BBBB==',
      '',
      'ORG:Boulangerie;Caisse',
      'END:VCARD',
    ].join('\r\n')
    const [row] = await read(text)
    expect(row).toMatchObject({
      kind: 'person',
      skipped: ['PHOTO'],
      person: {
        name: 'Zoé Lefèvre',
        familyName: 'Lefèvre',
        givenName: 'Zoé',
        note: 'one\ntwo;three',
        company: 'Boulangerie',
        department: 'Caisse',
      },
    })
  })

  it('vCard 2.1 in Latin-1, and the card of an assistant within the card', async () => {
    const text =
      'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1:Müller;Jörg\r\nAGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN:Somebody Else\r\nEND:VCARD\r\nEMAIL:j@b.co\r\nEND:VCARD\r\n'
    expect(await known(encodeText(text, 'windows-1252'))).toMatchObject({ name: 'Jörg Müller', emails: [{ value: 'j@b.co' }] })
  })

  it('labels of Apple and Google in groups, escaped separators, days without a year', async () => {
    const text = card(
      '3.0',
      'N:Lee\\, Jr.;Ann;;Dr.;',
      'FN:Dr. Ann Lee',
      'item1.TEL:+1 212 555 0123',
      'item1.X-ABLabel:_$!<Mobile>!$_',
      'item2.TEL:+1 212 555 0124',
      'item2.X-ABLabel:Reception',
      'item3.X-ABDATE:2005-06-01',
      'item3.X-ABLabel:_$!<Anniversary>!$_',
      'BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-17',
      'CATEGORIES:VIP,myContacts,a\\,b',
      'NOTE:one\\ntwo\\; three\\\\',
    )
    expect(await known(text)).toMatchObject({
      familyName: 'Lee Jr.',
      namePrefix: 'Dr.',
      phones: [
        { value: '+12125550123', label: 'mobile' },
        { value: '+12125550124', label: 'Reception' },
      ],
      anniversary: '2005-06-01',
      birthday: '--05-17',
      tags: ['VIP', 'a,b'],
      note: 'one\ntwo; three\\',
    })
  })

  it('folds within a character, and in UTF-16', async () => {
    const [before, after] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)]
    const bytes = Buffer.concat([
      Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zo'),
      before,
      Buffer.from('\r\n '),
      after,
      Buffer.from(' Roe\r\nEND:VCARD\r\n'),
    ])
    expect(await known(bytes)).toMatchObject({ name: 'Zoé Roe' })
    expect(await known(encodeText(`\ufeff${card('3.0', 'FN:Zoé Roe')}`, 'utf-16le'), 'utf-16le')).toMatchObject({ name: 'Zoé Roe' })
  })
})

describe('what is written is read again', () => {
  const text = fc
    .string({ unit: fc.constantFrom('a', 'B', 'é', '日', '😀', ' ', ',', ';', '\\', '"', ':', '\n', '^'), minLength: 1, maxLength: 60 })
    .map((value) => `x${value}x`)
  const plain = fc.string({ unit: fc.constantFrom('a', 'B', 'é', ';', '\\'), minLength: 1, maxLength: 40 }).map((value) => `N${value}n`)
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
  const label = fc.constantFrom(null, 'home', 'work', 'mobile', 'fax', 'Reception desk')
  const person: fc.Arbitrary<Person> = fc.record({
    name: text,
    familyName: plain,
    givenName: plain,
    middleName: maybe(plain),
    namePrefix: maybe(plain),
    nameSuffix: maybe(plain),
    nickname: maybe(text),
    company: text,
    department: maybe(text),
    jobTitle: maybe(text),
    emails: fc.constantFrom([], [{ value: 'ann@b.co', asTyped: 'Ann@b.co', label: 'Reception desk' }]),
    phones: fc.uniqueArray(
      fc.record({
        value: fc.constantFrom('+12125550123', '+33612345678'),
        asTyped: fc.constant(''),
        label,
        extension: fc.constantFrom(null, '12'),
      }),
      { selector: ({ value }) => value },
    ),
    websites: fc.constantFrom([], [{ value: 'https://a.b/c?d=e,f;g', asTyped: 'https://a.b/c?d=e,f;g', label: null }]),
    addresses: fc.array(
      fc.record({
        label,
        text: fc.constant(null),
        street: plain,
        poBox: maybe(plain),
        city: maybe(plain),
        region: maybe(plain),
        postalCode: maybe(plain),
        country: fc.constant('Spain'),
        countryCode: fc.constant('ES'),
      }),
      {
        maxLength: 2,
      },
    ),
    birthday: fc.constantFrom(null, '1980-05-17', '--02-29'),
    anniversary: fc.constantFrom(null, '2005-06-01', '--06-01'),
    note: maybe(text),
    tags: fc.uniqueArray(plain, { maxLength: 3 }),
    language: fc.constant(null),
    zone: maybe(text),
    externalId: maybe(text),
    custom: fc.constant([]),
  })

  it.each(['3.0', '4.0'] as const)('in version %s', async (version) => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 3 }), async (people) => {
        const rows = (await Array.fromAsync(readCards(writeCards(people, version), 'utf-8', reading))).flat()
        const back = rows.map((row) =>
          row.kind === 'person' ? { ...row.person, phones: row.person.phones.map((phone) => ({ ...phone, asTyped: '' })) } : row,
        )
        expect(back).toEqual(people)
      }),
      { numRuns: 150 },
    )
  })

  it('in lines of 75 octets, cut between characters', () => {
    const lines = writeCard({ ...draftPerson(), name: '日本語'.repeat(30) }, '4.0').split('\r\n')
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBe(75)
    expect(lines.join('\n')).not.toContain('\ufffd')
  })

  it('with a name, whatever is known', () => {
    expect(writeCard({ ...draftPerson(), company: 'Northwind' }, '4.0')).toContain('FN:Northwind\r\n')
    expect(writeCard(draftPerson(), '3.0')).toContain('FN:-\r\n')
  })
})
