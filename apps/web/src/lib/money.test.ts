import { describe, expect, it } from 'vitest'
import { minorUnits, typedAmount } from './money.ts'

describe('an amount as typed', () => {
  it.each([
    ['', 'USD'],
    ['free', 'USD'],
    ['-5', 'USD'],
    ['5.0012', 'USD'],
    ['5.5', 'JPY'],
    ['1.2.3', 'USD'],
    ['99999999999999999', 'USD'],
  ])('%j in %s is refused', (typed, currency) => {
    expect(minorUnits(typed, currency)).toBeUndefined()
  })

  it.each([
    ['60', 'USD', '6000'],
    ['60.5', 'USD', '6050'],
    ['60,50', 'EUR', '6050'],
    ['1,200', 'USD', '120000'],
    ['1.200', 'EUR', '120000'],
    ['1.200,50', 'EUR', '120050'],
    ['1 200,50', 'EUR', '120050'],
    ["1'200.50", 'CHF', '120050'],
    ['0', 'USD', '0'],
    ['1500', 'JPY', '1500'],
    ['1.250', 'KWD', '1250000'],
    ['12.5', 'KWD', '12500'],
  ])('%j in %s is %s in minor units', (typed, currency, minor) => {
    expect(minorUnits(typed, currency)).toBe(minor)
  })

  it.each([
    ['6000', 'USD', '60'],
    ['6050', 'USD', '60.50'],
    ['5', 'USD', '0.05'],
    ['0', 'USD', '0'],
    ['1500', 'JPY', '1500'],
  ])('%s minor units of %s are shown as %j', (minor, currency, shown) => {
    expect(typedAmount(minor, currency)).toBe(shown)
    expect(minorUnits(shown, currency)).toBe(minor)
  })
})
