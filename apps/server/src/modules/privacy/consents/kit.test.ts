import { kitKeys } from '@frontdesk/contract'
import { catalogProblems, locales } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { hashOfWords } from './give-consent.ts'
import { fillWording, keywordText, kitWordings } from './kit.ts'
import { kitWords } from './kit.words.ts'
import { kitNames } from './kit-names.words.ts'

const seller = { name: 'Salon Ana', phone: '+1 212 555 0100' }

describe('the ready wordings', () => {
  it('are written in every language, with every value', () => {
    expect(catalogProblems(kitWords)).toEqual([])
    expect(catalogProblems(kitNames)).toEqual([])
  })

  it.each(locales.flatMap((locale) => kitKeys.map((key) => [key, locale] as const)))(
    '%s names the seller and the number, says how to stop and that nothing hangs on it, in %s [N14]',
    (key, locale) => {
      for (const form of ['written', 'spoken'] as const) {
        const { words } = fillWording(key, form, seller, locale)
        expect(words).toContain('Salon Ana (+1 212 555 0100)')
        expect(words).toMatch(/stop|alto|arrêter|dejar de/i)
        expect(words).toMatch(/do not have to agree|no tengo que aceptar|no tienes que aceptar|(n’ai|n’avez) pas à accepter/i)
        expect(words).not.toMatch(/[{}]/)
      }
    },
  )

  it('say that a machine is used, where one is', () => {
    for (const { key, automated } of kitWordings) expect(/automatic/.test(fillWording(key, 'written', seller, 'en').words)).toBe(automated)
  })

  it('name the business alone while it gave no number; a keyword waits for one', () => {
    expect(fillWording('mail_offers', 'written', { name: 'Salon Ana', phone: null }, 'en').words).toContain('Yes, Salon Ana may')
    expect(keywordText('JOIN', { name: 'Salon Ana', phone: null }, 'en')).toBeNull()
    expect(keywordText('JOIN', seller, 'en')).toContain('Text JOIN to +1 212 555 0100')
  })

  it('get a new edition with every change of a word', () => {
    // When this fails: give every changed wording a new edition in kit.ts, then write the hash of all of them here.
    expect(new Set(kitWordings.map(({ edition }) => edition))).toEqual(new Set(['2026-11-29']))
    expect(hashOfWords(JSON.stringify(kitWords))).toBe('1323ab78e06412a7fa351bbd1cd0651406ef7c0806048e0259a7750f734d68cb')
  })
})
