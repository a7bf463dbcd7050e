import { expect, it } from 'vitest'
import { isReservedSlug, slugFrom } from './slug.rules.ts'

it.each([
  ['Café Zoë & Co.', 'cafe-zoe-co'],
  ["O'Brien's Salon", 'obriens-salon'],
  ['Straße 9', 'strasse-9'],
  ['  Łódź – Ørsted  ', 'lodz-orsted'],
  ['東京サロン', 'desk'],
  ['💇', 'desk'],
  ['Admin', 'admin-desk'],
  ['x'.repeat(80), 'x'.repeat(40)],
])('%s becomes %s', (name, slug) => {
  expect(slugFrom(name)).toBe(slug)
})

it('keeps what the server itself needs', () => {
  expect(isReservedSlug('api')).toBe(true)
  expect(isReservedSlug('dana-hair')).toBe(false)
})
