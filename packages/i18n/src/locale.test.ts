import { describe, expect, it } from 'vitest'
import { chooseLocale, languageName, locales, readerLocale, textDirection } from './locale.ts'

describe('choosing a language', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['de-DE,de;q=0.9', 'en'],
    ['es;q=0', 'en'],
    ['!!,\u0000;q=x', 'en'],
    ['x'.repeat(100_000), 'en'],
    ['es-MX', 'es'],
    ['de, fr-CH;q=0.5, en;q=0.4', 'fr'],
    ['en;q=0.3, es;q=0.8', 'es'],
    ['FR', 'fr'],
  ])('reads %j as %s', (header, locale) => {
    expect(chooseLocale(header)).toBe(locale)
  })

  it('takes a list as browsers give it, and any set of supported languages', () => {
    expect(chooseLocale(['pt-BR', 'fr-FR'])).toBe('fr')
    expect(chooseLocale('pt-BR', ['de', 'pt', 'pt-BR'])).toBe('pt-BR')
    expect(chooseLocale('ja', ['de', 'pt'])).toBe('de')
  })

  it.each([
    ['en-US,en;q=0.9', { locale: 'en', tag: 'en-US' }],
    ['es-419', { locale: 'es', tag: 'es-419' }],
    ['de-DE', { locale: 'en', tag: 'en-DE' }],
    ['ja', { locale: 'en', tag: 'en-JP' }],
    [null, { locale: 'en', tag: 'en' }],
  ])('keeps the full locale of %j', (header, reader) => {
    expect(readerLocale(header)).toEqual(reader)
  })
})

it.each([
  ['not a tag', 'ltr'],
  ['en', 'ltr'],
  ['ar-EG', 'rtl'],
  ['he', 'rtl'],
  ['fa', 'rtl'],
  ['ur', 'rtl'],
  ['az-Arab', 'rtl'],
  ['pa', 'ltr'],
  ['pa-PK', 'rtl'],
  ['dv', 'rtl'],
])('knows which way %s is written', (tag, direction) => {
  expect(textDirection(tag)).toBe(direction)
})

it('names each language in itself', () => {
  expect(locales.map(languageName)).toEqual(['English', 'español', 'français'])
})
