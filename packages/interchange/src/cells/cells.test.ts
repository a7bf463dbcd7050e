import fc from 'fast-check'
import { type CountryCode, getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js'
import { describe, expect, it } from 'vitest'
import { readDate } from './read-dates.ts'
import { readEmails } from './read-emails.ts'
import { splitName } from './read-names.ts'
import { readAmount, readNumber } from './read-numbers.ts'
import { phoneReader, readPhones } from './read-phones.ts'
import { readCountry, readLanguage } from './read-places.ts'
import { readTags, readWebsite, readYesNo } from './read-words.ts'

describe('telephone numbers', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['call me', [], ['call me']],
    ['12345', [], ['12345']],
    ['212-555-0123', ['+12125550123'], []],
    ['1 (212) 555-0123', ['+12125550123'], []],
    ['212/555-0123', ['+12125550123'], []],
    ['tel:+1-212-555-0123', ['+12125550123'], []],
    ['+33 6 12 34 56 78', ['+33612345678'], []],
    ['+44 (0)20 7946 0018', ['+442079460018'], []],
    ['212 555 0123 / 646 555 0100', ['+12125550123', '+16465550100'], []],
    ['2125550123; 6465550100', ['+12125550123', '+16465550100'], []],
    ['212 555 0123 ::: 212 555 0123', ['+12125550123'], []],
    ['212 555 0123 or 646 555 0100', ['+12125550123', '+16465550100'], []],
    ['212 555 0123, home', ['+12125550123'], ['home']],
    ['212-555-0123 x5', ['+12125550123 x5'], []],
    ['(514) 555-0123 poste 12', ['+15145550123 x12'], []],
    ['+12125550123;ext=5', ['+12125550123 x5'], []],
    ['٢١٢٥٥٥٠١٢٣', ['+12125550123'], []],
  ])('%s', (cell, expected, wrong) => {
    const read = readPhones(cell, phoneReader('US'))
    expect(read.phones.map(({ value, extension }) => (extension === undefined ? value : `${value} x${extension}`))).toEqual(expected)
    expect(read.wrong).toEqual(wrong)
  })

  it('are read as the library reads them, in every country, however they are written', () => {
    const countries = getCountries()
    const country = fc.constantFrom<CountryCode>(...countries)
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 5, maxLength: 12 })
    fc.assert(
      fc.property(
        country,
        country,
        digits,
        fc.constantFrom('+', '', '0', ' ', '1'),
        fc.constantFrom('', ' ', '-', ') '),
        (home, abroad, number, before, between) => {
          const written = `${number.slice(0, 3)}${between}${number.slice(3)}`
          const typed = before === '+' ? `+${getCountryCallingCode(abroad)} ${written}` : `${before}${written}`
          const library = parsePhoneNumberFromString(typed, home)
          expect(phoneReader(home)(typed)?.value, `${typed} in ${home}`).toBe(library?.isPossible() ? library.number : undefined)
        },
      ),
      { numRuns: 20_000 },
    )
  })
})

it.each<[string, readonly string[], readonly string[]]>([
  ['nobody', [], ['nobody']],
  ['a@b', [], ['a@b']],
  ['a b@c.co', ['b@c.co'], ['a']],
  ['a@b.co.', [], ['a@b.co.']],
  ['Ann@Example.COM', ['ann@example.com'], []],
  ['Ann Lee <Ann@Example.com>', ['ann@example.com=Ann Lee'], []],
  ['"Lee, Ann" <ann@b.co>, Bob <bob@b.co>', ['ann@b.co=Lee, Ann', 'bob@b.co=Bob'], []],
  ['a@b.co; c@d.co, a@b.co', ['a@b.co', 'c@d.co'], []],
  ['a@b.co ::: c@d.co', ['a@b.co', 'c@d.co'], []],
  ['a@b.co c@d.co', ['a@b.co', 'c@d.co'], []],
  ['mailto:a+b@b.co', ['a+b@b.co'], []],
  ['josé@españa.example', ['josé@españa.example'], []],
])('email addresses: %s', (cell, expected, wrong) => {
  const read = readEmails(cell)
  expect(read.emails.map(({ value, name }) => (name === undefined ? value : `${value}=${name}`))).toEqual(expected)
  expect(read.wrong).toEqual(wrong)
})

describe('dates', () => {
  it.each([
    ['31/02/1980', 'dmy', 'not_a_date'],
    ['13/13/1980', null, 'not_a_date'],
    ['29/02/2023', 'dmy', 'not_a_date'],
    ['03/04/1980', null, 'date_could_be_two'],
    ['soon', null, 'not_a_date'],
    ['0/0/00', null, 'not_a_date'],
    ['03/04/1980', 'dmy', '1980-04-03'],
    ['03/04/1980', 'mdy', '1980-03-04'],
    ['25.4.1980', null, '1980-04-25'],
    ['4/25/1980 12:00', null, '1980-04-25'],
    ['05/05/1980', null, '1980-05-05'],
    ['80-04-03', 'ymd', '1980-04-03'],
    ['1980-04-03T10:00:00Z', null, '1980-04-03'],
    ['19800403', null, '1980-04-03'],
    ['29.02.2024', null, '2024-02-29'],
    ['--05-17', null, '--05-17'],
    ['1604-05-17', null, '--05-17'],
    ['5 May 1980', null, '1980-05-05'],
    ['May 5th, 1980', null, '1980-05-05'],
    ['05-May-80', null, '1980-05-05'],
    ['5 de mayo de 1980', null, '1980-05-05'],
    ['1er janvier 1980', null, '1980-01-01'],
    ['3 août 1980', null, '1980-08-03'],
  ] as const)('%s, %s: %s', (cell, order, expected) => {
    expect(readDate(cell, { order, today: '2026-11-30', past: true })).toBe(expected)
  })

  it('of birth with two digits of a year lie in the past, others up to twenty years ahead', () => {
    expect(readDate('1/2/30', { order: 'mdy', today: '2026-11-30', past: true })).toBe('1930-01-02')
    expect(readDate('1/2/30', { order: 'mdy', today: '2026-11-30' })).toBe('2030-01-02')
  })
})

describe('numbers and amounts', () => {
  it.each<[string, '.' | ',', string | undefined]>([
    ['12a', '.', undefined],
    ['1.5', ',', undefined],
    ['1,23,4', '.', undefined],
    ['12', '.', '12'],
    ['007', '.', '7'],
    ['1,234.50', '.', '1234.5'],
    ['1.234,50', ',', '1234.5'],
    ['1 234,5', ',', '1234.5'],
    ["1'234.5", '.', '1234.5'],
    ['(12)', '.', '-12'],
    ['12-', '.', '-12'],
    ['-0', '.', '0'],
    ['50 %', '.', '50'],
  ])('%s with %s is %s', (cell, decimal, expected) => {
    expect(readNumber(cell, decimal)).toBe(expected)
  })

  it.each<[string, '.' | ',', string | undefined, unknown]>([
    ['a lot', '.', 'USD', 'not_an_amount'],
    ['$12', '.', undefined, 'currency_unknown'],
    ['12 XQZ', '.', 'USD', 'currency_unknown'],
    ['$1.234', '.', 'USD', 'not_an_amount'],
    ['$1,200.50', '.', 'CAD', { minor: '120050', currency: 'CAD' }],
    ['1.200,50 €', ',', 'USD', { minor: '120050', currency: 'EUR' }],
    ['-£5', '.', 'USD', { minor: '-500', currency: 'GBP' }],
    ['($5.00)', '.', 'USD', { minor: '-500', currency: 'USD' }],
    ['¥500', '.', 'USD', { minor: '500', currency: 'JPY' }],
    ['CHF 5.5', '.', 'USD', { minor: '550', currency: 'CHF' }],
    ['0.05', '.', 'USD', { minor: '5', currency: 'USD' }],
  ])('%s with %s, otherwise in %s', (cell, decimal, currency, expected) => {
    expect(readAmount(cell, decimal, currency)).toEqual(expected)
  })
})

it.each([
  ['', 'en', '-'],
  ['Northwind, Inc.', 'en', '-'],
  ['ann@b.co', 'en', '-'],
  ['王小明', 'en', '-'],
  ['Ann', 'en', 'given Ann'],
  ['Ann Lee', 'en', 'given Ann, family Lee'],
  ['Lee, Ann Marie', 'en', 'given Ann, middle Marie, family Lee'],
  ['Dr. Ann Lee, MD', 'en', 'prefix Dr., given Ann, family Lee, suffix MD'],
  ['Ann B. Lee Jr.', 'en', 'given Ann, middle B., family Lee, suffix Jr.'],
  ['Ann Marie Lee', 'en', 'given Ann, middle Marie, family Lee'],
  ['Ana García López', 'es', 'given Ana, family García López'],
  ['Ana María García López', 'es', 'given Ana María, family García López'],
  ['Jean Claude Dupont', 'fr', '-'],
  ['Ludwig van Beethoven', 'en', 'given Ludwig, family van Beethoven'],
  ['Marie de la Tour', 'fr', 'given Marie, family de la Tour'],
  ['Mme Lefèvre', 'fr', 'prefix Mme, family Lefèvre'],
] as const)('splits the name %s (%s): %s', (full, culture, expected) => {
  const parts = splitName(full, culture)
  const shown = Object.entries({
    prefix: parts.prefix,
    given: parts.given,
    middle: parts.middle,
    family: parts.family,
    suffix: parts.suffix,
  })
  expect(
    shown
      .filter(([, part]) => part !== undefined)
      .map(([name, part]) => `${name} ${part}`)
      .join(', ') || '-',
  ).toBe(expected)
})

it('knows yes and no, countries and languages in three languages', () => {
  expect(['Yes', 'SÍ', 'oui', 'x', '✓'].map(readYesNo)).toEqual([true, true, true, true, true])
  expect(['No', 'non', '0', 'faux'].map(readYesNo)).toEqual([false, false, false, false])
  expect(readYesNo('maybe')).toBeUndefined()
  expect(['US', 'usa', 'Estados Unidos', 'États-Unis', 'Alemania', 'Narnia'].map(readCountry)).toEqual([
    'US',
    'US',
    'US',
    'US',
    'DE',
    undefined,
  ])
  expect(['English', 'español', 'Francés', 'fr_CA', 'pt-br', 'Klingonese'].map(readLanguage)).toEqual([
    'en',
    'es',
    'fr',
    'fr-CA',
    'pt-BR',
    undefined,
  ])
})

it('reads tags once each, without the groups that Google adds', () => {
  expect(readTags('VIP; new, vip | Neu')).toEqual(['VIP', 'new', 'Neu'])
  expect(readTags('* myContacts ::: Patients ::: * Clients')).toEqual(['Patients', 'Clients'])
})

it('reads pages with and without their scheme, and nothing that runs', () => {
  expect(['example.com', 'http://a.b/c', 'javascript:alert(1)', 'no page', 'ftp://a.b'].map(readWebsite)).toEqual([
    'https://example.com',
    'http://a.b/c',
    undefined,
    undefined,
    undefined,
  ])
})
