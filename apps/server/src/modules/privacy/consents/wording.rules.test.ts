import { kitKeys } from '@frontdesk/contract'
import { locales } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { readyWording } from './kit.ts'
import { missingElements, needsOf, strayPlaceholder } from './wording.rules.ts'

describe('own words for a consent', () => {
  it.each([
    ['nothing at all', 'mail_offers', 'en', 'I agree.', ['seller', 'way', 'purpose', 'stop', 'free']],
    ['that nothing hangs on it', 'mail_offers', 'en', '{business} may mail me offers. I can stop it any day.', ['free']],
    [
      'that a machine calls, and with which voice',
      'ai_calls_bookings',
      'en',
      '{business} may call me about my bookings. I can say stop, and I do not have to agree in order to book.',
      ['automatic', 'artificial'],
    ],
    [
      'what texts may cost',
      'texts_offers',
      'es',
      '{business} puede enviarme ofertas por mensaje de texto, de forma automática. Puedo responder STOP. No es una condición para comprar.',
      ['rates'],
    ],
    ['who asks', 'calls_offers', 'fr', 'On peut m’appeler avec des offres. Je peux dire stop. Ce n’est pas une condition.', ['seller']],
  ] as const)('that leave out %s are told so', (_what, key, locale, text, missing) => {
    expect(missingElements(key, locale, text)).toEqual(missing)
  })

  it.each(locales.flatMap((locale) => kitKeys.map((key) => [key, locale] as const)))(
    'may be as whole as the ready ones: %s in %s [N14]',
    (key, locale) => {
      const { written, spoken } = readyWording(key, locale)
      expect([missingElements(key, locale, written), missingElements(key, locale, spoken)]).toEqual([[], []])
      expect(strayPlaceholder(`${written}${spoken}`)).toBeUndefined()
    },
  )

  it('need no more than what they are for', () => {
    expect(needsOf('mail_offers')).toEqual(['seller', 'way', 'purpose', 'stop', 'free'])
    expect(needsOf('texts_bookings')).toContain('rates')
    expect(needsOf('calls_offers')).not.toContain('artificial')
  })

  it.each([
    ['Dear {name}, {business}', '{name}'],
    ['{business} {', '{'],
    ['{business}}', '}'],
  ])('may fill in the business and nothing else: %s', (text, stray) => {
    expect(strayPlaceholder(text)).toBe(stray)
  })
})
