import { describe, expect, it } from 'vitest'
import { hintElsewhere, placeHint, servedCountries } from './places.rules.ts'

const us = new Set(['US', 'CA'])

describe('where somebody may be', () => {
  it.each<[kind: 'email' | 'phone', value: string, country: string | undefined]>([
    ['phone', '+442079460018', 'GB'],
    ['phone', '+4930123456', 'DE'],
    ['phone', '+12125550147', 'US'],
    ['phone', '+14165550123', 'CA'],
    ['phone', '+17875550123', 'US'],
    ['email', 'ann@home.de', 'DE'],
    ['email', 'ann@home.co.uk', 'GB'],
    ['email', 'ann@home.example', undefined],
    ['email', 'ann@start.io', undefined],
    ['email', 'ann@home.eu', undefined],
  ])('is said by the %s %s: %s', (kind, value, country) => {
    expect(placeHint({ kind, value })?.country).toBe(country)
  })

  it('counts only where it is not served', () => {
    const points = [
      { kind: 'email', value: 'ann@home.example' },
      { kind: 'phone', value: '+4930123456' },
    ] as const
    expect(hintElsewhere(points, us)).toEqual({ country: 'DE', foundBy: 'phone' })
    expect(hintElsewhere(points, new Set(['US', 'DE']))).toBeUndefined()
    expect(hintElsewhere(points, null)).toBeUndefined()
  })
})

it('serves the United States and Canada, a list, or everybody', () => {
  expect(servedCountries({ 'geo.mode': 'US_CA_only', 'geo.signup_allow': ['DE'] })).toEqual(us)
  expect(servedCountries({ 'geo.mode': 'custom_list', 'geo.signup_allow': ['DE', 'AT'] })).toEqual(new Set(['DE', 'AT']))
  expect(servedCountries({ 'geo.mode': 'open', 'geo.signup_allow': ['US'] })).toBeNull()
})
