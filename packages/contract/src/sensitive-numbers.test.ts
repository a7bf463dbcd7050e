import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSensitiveNumbers, maskSensitiveNumbers, passesLuhn } from './sensitive-numbers.ts'

const found = (text: string) => findSensitiveNumbers(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])

/** The numbers that the networks publish for tests. */
const testCards = [
  ['Visa', '4111111111111111'],
  ['Visa', '4012888888881881'],
  ['Mastercard', '5555555555554444'],
  ['Mastercard, 2 series', '2223003122003222'],
  ['American Express', '378282246310005'],
  ['Discover', '6011111111111117'],
  ['Diners Club', '30569309025904'],
  ['JCB', '3530111333300000'],
  ['UnionPay', '6200000000000005'],
  ['Maestro', '6759649826438453'],
] as const

describe('what is left alone', () => {
  it.each([
    ['a phone number', 'Call me on +1 (212) 555-0100 or 212-555-0100, 2125550101'],
    ['two phone numbers in a row', '4155550123 4155550124'],
    ['numbers of other countries', '+34 912 34 56 78, +49 30 901820, 06 12 34 56 78, +55 11 91234-5678'],
    ['an order number that fails the check', 'Order 4111111111111112'],
    ['a long number of no issuer', 'Invoice 1234567890123456, 9999888877776666'],
    ['the number of a parcel', 'USPS 9400111899223197428490, UPS 1Z999AA10123456784'],
    ['a book and a bottle', 'ISBN 978-4-16-148410-0, EAN 4006381333931'],
    ['days and times', '2026-11-29 14:30, 29.11.2026, 20261129143000, 1764426600000'],
    ['an IBAN', 'DE89 3704 0044 0532 0130 00'],
    ['an id', '018f4111-1111-4111-8111-111111111111, a4111111111111111f'],
    ['a link', 'https://shop.example.com/orders/4111111111111111?x=1'],
    ['a postal code', '10118-0001, SW1A 1AA'],
    ['money', '1 234 567,89 and 4,111,111,111.11'],
    ['nine digits without a word for it', '123456789, 123 456 789'],
    ['numbers never issued', '000-12-3456, 666-12-3456, 123-00-4567, 123-45-0000, 900-12-3456'],
    ['digits of something longer', '1-123-45-6789-0'],
    ['a SIREN', 'SIREN 732 829 320'],
  ])('%s', (_what, text) => {
    expect(found(text)).toEqual([])
  })

  it('every phone number of the United States', () => {
    const digit = (from: number, to: number) => fc.integer({ min: from, max: to }).map(String)
    const phone = fc
      .tuple(
        digit(200, 999),
        digit(200, 999),
        fc.integer({ min: 0, max: 9999 }).map((line) => String(line).padStart(4, '0')),
      )
      .chain(([area, exchange, line]) =>
        fc.constantFrom(
          `${area}${exchange}${line}`,
          `(${area}) ${exchange}-${line}`,
          `${area}-${exchange}-${line}`,
          `${area}.${exchange}.${line}`,
          `+1${area}${exchange}${line}`,
          `1-${area}-${exchange}-${line}`,
        ),
      )
    fc.assert(
      fc.property(phone, (number) => {
        expect(found(`my number is ${number}, thanks`)).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  it('every id and every moment of ours', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.date({ noInvalidDate: true }), (id, at) => {
        expect(found(`${id} ${at.toISOString()}`)).toEqual([])
      }),
    )
  })
})

describe('a card is found', () => {
  it.each(testCards)('of %s: %s', (_network, digits) => {
    expect(found(`my card is ${digits}, exp 12/27`)).toEqual([['card', digits]])
  })

  it.each([
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4111.1111.1111.1111',
    '4111\u00a01111\u202f1111 1111',
    '4111 - 1111 - 1111 - 1111',
    '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
    '41111111 11111111',
    '3782 822463 10005',
    '３７８２８２２４６３１０００５',
    '٤١١١١١١١١١١١١١١١',
  ])('however it is written: %s', (text) => {
    expect(found(text)).toEqual([['card', text]])
  })

  it.each([
    ['Visa4111111111111111', '4111111111111111'],
    ['2 x 4111 1111 1111 1111 12/27 123', '4111 1111 1111 1111'],
    ['卡号4111111111111111谢谢', '4111111111111111'],
    ['(4111111111111111)', '4111111111111111'],
    ['order #4111111111111111', '4111111111111111'],
  ])('in %s', (text, card) => {
    expect(found(text)).toEqual([['card', card]])
  })

  it('wherever it stands, and is gone once it is masked, with every letter around it kept', () => {
    const card = fc
      .tuple(
        fc.constantFrom('4', '51', '55', '2221', '2720', '6011', '65', '3528', '62'),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 }),
      )
      .map(([start, rest]) => {
        const body = (start + rest.join('')).slice(0, 15)
        return Array.from({ length: 10 }, (_, last) => body + last).find(passesLuhn) ?? ''
      })
    const written = fc.tuple(card, fc.constantFrom('', ' ', '-')).map(([digits, between]) => (digits.match(/.{4}/g) ?? []).join(between))
    const words = fc.stringMatching(/^[a-zéñ ,!\n]{0,40}$/)
    fc.assert(
      fc.property(words, written, words, (before, number, after) => {
        const text = `${before} ${number} ${after}`
        expect(found(text)).toEqual([['card', number]])
        const { text: masked, found: kinds } = maskSensitiveNumbers(text)
        expect(kinds).toEqual(['card'])
        expect(masked).toBe(`${before} ••••${number.slice(-4)} ${after}`)
        expect(findSensitiveNumbers(masked)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('in any text at all without ever failing, and masking twice is masking once', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9 .-]{0,200}$/)), (text) => {
        const once = maskSensitiveNumbers(text).text
        expect(maskSensitiveNumbers(once).text).toBe(once)
        for (const { start, end } of findSensitiveNumbers(text)) expect(start).toBeLessThan(end)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the number of a person is found', () => {
  it.each([
    ['my social is 219-45-6789', 'ssn', '219-45-6789'],
    ['219-45-6789', 'ssn', '219-45-6789'],
    ['219 – 45 – 6789', 'ssn', '219 – 45 – 6789'],
    ['SSN: 219 45 6789', 'ssn', '219 45 6789'],
    ['Social Security number 219456789.', 'ssn', '219456789'],
    ['número de seguro social: 219456789', 'ssn', '219456789'],
    ['ITIN 912-70-1234', 'ssn', '912-70-1234'],
    ['my SIN is 130 692 544', 'sin', '130 692 544'],
    ['NAS 130692544', 'sin', '130692544'],
  ])('%s', (text, kind, number) => {
    expect(found(text)).toEqual([[kind, number]])
  })

  it('whichever was issued, by its hyphens', () => {
    const two = (n: number) => String(n).padStart(2, '0')
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 899 }).filter((area) => area !== 666),
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 9999 }),
        (area, group, serial) => {
          const number = `${String(area).padStart(3, '0')}-${two(group)}-${String(serial).padStart(4, '0')}`
          expect(found(`It is ${number}.`)).toEqual([['ssn', number]])
        },
      ),
    )
  })

  it('and a card beside it', () => {
    expect(maskSensitiveNumbers('219-45-6789, 4111 1111 1111 1111')).toEqual({ text: '••••6789, ••••1111', found: ['ssn', 'card'] })
  })
})

it.each([
  ['4111111111111111', true],
  ['4111111111111112', false],
  ['79927398713', true],
  ['0', true],
  ['', false],
])('the check of %j is %s', (digits, passes) => {
  expect(passesLuhn(digits)).toBe(passes)
})
