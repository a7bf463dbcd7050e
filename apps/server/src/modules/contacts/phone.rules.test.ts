import { expect, it } from 'vitest'
import { homeCountryOf } from './home-country.ts'
import { writePhone } from './phone.rules.ts'

it.each([
  ['+12075550172', 'US', '(207) 555-0172'],
  ['+33123456789', 'US', '+33 1 23 45 67 89'],
  ['+33123456789', 'FR', '01 23 45 67 89'],
  ['+12075550172', 'FR', '+1 207 555 0172'],
  ['+34912345678', 'ES', '912 34 56 78'],
  ['+14165550123', 'US', '+1 416 555 0123'],
  ['+12075550172', null, '+1 207 555 0172'],
  ['ext. 12', 'US', 'ext. 12'],
])('writes %s for a business in %s as %s', (number, country, shown) => {
  expect(writePhone(number, country).shown).toBe(shown)
})

it('takes the country of the language where a business named none', () => {
  expect(homeCountryOf({ country: null, locale: 'es-MX' })).toBe('MX')
  expect(homeCountryOf({ country: 'US', locale: 'es-MX' })).toBe('US')
  expect(homeCountryOf({ country: null, locale: 'fr' })).toBeNull()
})
