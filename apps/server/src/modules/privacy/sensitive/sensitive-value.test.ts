import { describe, expect, it } from 'vitest'
import { sensitiveKinds } from './sensitive-kinds.ts'
import { maskSensitiveValue, normalizeSensitive } from './sensitive-value.rules.ts'

describe('a value is refused', () => {
  it.each([
    ['ssn', '000-12-3456'],
    ['ssn', '12-345-6789 0'],
    ['ssn', 'nine digits'],
    ['ein', '07-1234567'],
    ['ein', '12-34567'],
    ['sin', '046 454 287'],
    ['gst', '123456780 RT0001'],
    ['vat', '123456789'],
    ['vat', 'DE'],
    ['bank_account', '4111 1111 1111 1111'],
    ['insurance_number', '219-45-6789'],
    ['government_id', '<script>'],
    ['health', 'her card is 4111 1111 1111 1111'],
  ] as const)('as %s: %s', (kind, typed) => {
    expect(normalizeSensitive(kind, typed)).toBeUndefined()
  })
})

describe('a value is written as its issuer writes it, and masked but for what tells it apart', () => {
  it.each([
    ['ssn', '219456789', '219-45-6789', '•••-••-6789'],
    ['ssn', '912-70-1234', '912-70-1234', '•••-••-1234'],
    ['ein', '12 3456789', '12-3456789', '••-•••6789'],
    ['sin', '130-692-544', '130 692 544', '••• ••2 544'],
    ['gst', '123456782rt0001', '123456782 RT0001', '••••••••• ••0001'],
    ['vat', 'de 136 695 976', 'DE136695976', '•••••••5976'],
    ['insurance_number', ' AB-12345 ', 'AB-12345', '••-••345'],
    ['bank_account', 'DE89 3704 0044 0532 0130 00', 'DE89 3704 0044 0532 0130 00', '•••• •••• •••• •••• ••30 00'],
    ['government_id', 'X12', 'X12', '••2'],
    ['health', 'Penicillin', 'Penicillin', '••••••'],
  ] as const)('%s %s', (kind, typed, written, masked) => {
    const value = normalizeSensitive(kind, typed) ?? ''
    expect(value).toBe(written)
    expect(maskSensitiveValue(kind, value)).toBe(masked)
  })
})

it('tax numbers stand on tax law alone and say for how long it asks for them; every law has its source and date', () => {
  for (const { taxId, grounds, statutoryYears, law, copyInFull } of sensitiveKinds) {
    expect(grounds.includes('tax_law')).toBe(taxId)
    expect(statutoryYears !== null).toBe(taxId)
    expect(copyInFull).toBe(!taxId)
    if (taxId) expect(law).not.toBeNull()
    if (law)
      expect(law).toMatchObject({
        source: expect.stringMatching(/\d/),
        compared: expect.stringMatching(/\w/),
        asOf: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      })
  }
})
