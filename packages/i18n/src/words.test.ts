import { describe, expect, it } from 'vitest'
import type { Catalog } from './words.ts'
import { catalogProblems, defineWords, lazyWords, translator } from './words.ts'

const words = defineWords(
  {
    'booking.with': 'With {host} on {day}',
    'booking.count': { zero: 'No bookings yet', one: '{count} booking', other: '{count} bookings' },
    'booking.move': 'Move it',
  },
  {
    es: {
      'booking.with': 'El {day} con {host}',
      'booking.count': { zero: 'Aún no hay citas', one: '{count} cita', other: '{count} citas' },
      'booking.move': 'Cambiarla',
    },
    fr: {
      'booking.with': 'Avec {host} le {day}',
      'booking.count': { one: '{count} rendez-vous', other: '{count} rendez-vous' },
      'booking.move': 'Le déplacer',
    },
  },
)

it('ends a sentence with one full stop when the last value brings its own', () => {
  const t = translator({ en: { until: 'Until {moment}. Not later.', held: 'Held by {name}.', more: '{name}...' } }, 'en')
  expect(t('until', { moment: '10:20 a.m.' })).toBe('Until 10:20 a.m. Not later.')
  expect(t('until', { moment: '10:20' })).toBe('Until 10:20. Not later.')
  expect(t('more', { name: 'Acme Inc.' })).toBe('Acme Inc....')
  expect(t.parts('held', { name: 'Acme Inc.' })).toEqual(['Held by ', 'Acme Inc.'])
  expect(t.parts('held', { name: { b: 'Acme Inc.' } })).toEqual(['Held by ', { b: 'Acme Inc.' }, '.'])
})

describe('defining words', () => {
  it('refuses a translation without every key, with a key of its own, or with an unknown place, at compile time', () => {
    // @ts-expect-error es lacks "b"
    defineWords({ a: 'A', b: 'B' }, { es: { a: 'A' }, fr: { a: 'A', b: 'B' } })
    // @ts-expect-error fr has "c", English has not
    defineWords({ a: 'A' }, { es: { a: 'A' }, fr: { a: 'A', c: 'C' } })
    // @ts-expect-error {nombre} is not in the English text
    defineWords({ a: 'Hi {name}' }, { es: { a: 'Hola {nombre}' }, fr: { a: 'Salut {name}' } })
    // @ts-expect-error English is by number, es is not
    defineWords({ a: { one: '{count} day', other: '{count} days' } }, { es: { a: 'días' }, fr: { a: { other: '{count} jours' } } })
  })

  it('refuses a wrong key and a forgotten value, at compile time', () => {
    const t = translator(words, 'en')
    // @ts-expect-error no such key
    expect(() => t('booking.nothing')).toThrow('There is no text "booking.nothing"')
    // @ts-expect-error {day} is missing
    expect(t('booking.with', { host: 'Ann' })).toBe('With Ann on {day}')
    // @ts-expect-error count must be a number
    expect(t('booking.count', { count: '1' })).toBe('1 booking')
  })

  it('lists what the types cannot see', () => {
    const careless: Catalog = {
      en: { hello: 'Hello {name}', days: { one: '{count} day', other: '{count} days' }, gone: 'Gone' },
      es: { hello: 'Hola', days: { other: '{count} días' }, gone: ' ' },
      fr: { hello: 'Bonjour {nom}', days: '{count} jours' },
    }
    expect(catalogProblems(careless)).toEqual([
      'es hello: {name} is missing',
      'es days: the form "one" is missing',
      'es gone: empty',
      'fr hello: {name} is missing',
      'fr hello: {nom} is not in the English text',
      'fr days: English is by number, this is not',
      'fr gone: missing',
    ])
    expect(
      catalogProblems({ en: { ask: 'Really?' }, es: { ask: '¿De verdad?' }, fr: { ask: 'Vraiment ?' } }),
      'a plain space before a French question mark',
    ).toEqual(['fr ask: a narrow no-break space belongs into " ?"'])
    expect(catalogProblems({ en: { again: 'Try again' }, es: { again: 'Inténtelo otra vez' }, fr: { again: 'Réessayez' } })).toEqual([
      'es again: says usted; Frontdesk says tú',
    ])
    expect(catalogProblems({ en: { a: 'A' } })).toEqual(['es: no words', 'fr: no words'])
    expect(catalogProblems(words)).toEqual([])
  })
})

describe('saying words', () => {
  it.each([
    ['en-US', 'With Ann on Friday'],
    ['es-MX', 'El Friday con Ann'],
    ['fr', 'Avec Ann le Friday'],
    ['de-DE', 'With Ann on Friday'],
  ])('puts the values in their places in %s', (tag, said) => {
    expect(translator(words, tag)('booking.with', { host: 'Ann', day: 'Friday' })).toBe(said)
  })

  it.each([
    ['en', 0, 'No bookings yet'],
    ['en', 1, '1 booking'],
    ['en', 2, '2 bookings'],
    ['en-US', 1234, '1,234 bookings'],
    ['es', 1, '1 cita'],
    ['es', 1_000_000, '1.000.000 citas'],
    ['fr', 0, '0 rendez-vous'],
    ['en-IN', 123456, '1,23,456 bookings'],
  ])('follows the plural rule and the numbers of %s for %i', (tag, count, said) => {
    expect(translator(words, tag)('booking.count', { count })).toBe(said)
  })

  it('keeps a name written the other way from rearranging the sentence', () => {
    expect(translator(words, 'en')('booking.with', { host: 'שרה', day: 'Friday' })).toBe('With \u2068שרה\u2069 on Friday')
  })

  it('takes a value literally, whatever it holds', () => {
    expect(translator(words, 'en')('booking.with', { host: '$& {day} $1', day: 'x' })).toBe('With $& {day} $1 on x')
  })

  it('gives the pieces, so that a value can be an element', () => {
    const link = { element: 'a' }
    expect(translator(words, 'es').parts('booking.with', { host: link, day: 3 })).toEqual(['El ', '3', ' con ', link])
  })

  it('says which language it speaks', () => {
    expect([translator(words, 'fr-CA').locale, translator(words, 'pt-BR').locale]).toEqual(['fr', 'en'])
  })
})

describe('words loaded when needed', () => {
  it('fetches one language only, and English not at all', async () => {
    const fetched: string[] = []
    const lazy = lazyWords(
      { move: 'Move it' },
      {
        es: async () => {
          fetched.push('es')
          return { move: 'Cambiarla' }
        },
        fr: async () => {
          fetched.push('fr')
          return { move: 'Le déplacer' }
        },
      },
    )
    expect(translator(await lazy.load('en'), 'en')('move')).toBe('Move it')
    expect(fetched).toEqual([])
    expect(translator(await lazy.load('es'), 'es-MX')('move')).toBe('Cambiarla')
    expect(fetched).toEqual(['es'])
    expect(translator(await lazy.load('fr'), 'fr')('move')).toBe('Le déplacer')
  })
})
