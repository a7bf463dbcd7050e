import { createHash } from 'node:crypto'
import type { PolicyLocale, TransferAsk, TransferSaid } from '@frontdesk/contract'
import { locales, translator } from '@frontdesk/i18n'
import type { z } from 'zod'
import { Refusal } from '../../platform/errors/index.ts'
import type { AcceptedDocument } from './acceptance.ts'
import { transferWords } from './transfer.words.ts'

/** The sentence that is shown now. */
const edition = 1

/** The European Economic Area: within it data go from country to country under one law (GDPR Art. 1(3) with the EEA Joint Committee's decision 154/2018). */
const area = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ')

/** Countries from which nothing goes abroad when it goes to this one; `EU` stands for the whole area. */
const homeOf = (destination: string): readonly string[] => (destination === 'EU' || area.includes(destination) ? area : [destination])

/** Every sentence there was, by its edition. */
const sentences = { 1: 'edition1' } as const

/** The sentence of an edition, in one language. */
export const transferSentence = (destination: string, locale: PolicyLocale, of: number = edition): string =>
  translator(transferWords, locale)(sentences[of as keyof typeof sentences] ?? sentences[edition], {
    country: new Intl.DisplayNames([locale], { type: 'region' }).of(destination) ?? destination,
  })

/** What somebody is asked whose data would go to another country; null where nobody is. */
export function transferAsk(destination: string | null): z.input<typeof TransferAsk> | null {
  if (destination === null) return null
  const words = { en: '', es: '', fr: '' }
  for (const locale of locales) words[locale] = transferSentence(destination, locale)
  return { destination, home: [...homeOf(destination)], edition, words }
}

/** Where data go, where somebody lives by her word and by what a named proxy sees, and what she agreed to. */
export type Transfer = {
  readonly destination: string | null
  readonly countries: readonly string[]
  readonly said: z.output<typeof TransferSaid> | undefined
}

/**
 * What is recorded of an agreement to the transfer; null where none is needed, because the data stay under the law of where she lives. Throws `accounts/transfer-not-agreed` where it
 * is needed and was not given, or given to other words than those that count now.
 */
export function agreedTransfer({ destination, countries, said }: Transfer): AcceptedDocument | null {
  if (destination === null) return null
  const home = homeOf(destination)
  if (countries.every((country) => home.includes(country))) return null
  if (said?.edition !== edition || said.destination !== destination) {
    throw new Refusal('accounts/transfer-not-agreed', {
      detail: `${transferSentence(destination, 'en')} Without that no account can be opened from where you live. Nothing of what you typed was kept.`,
      destination,
    })
  }
  const sha256 = createHash('sha256').update(transferSentence(destination, said.locale)).digest('hex')
  return { document: 'transfer', version: edition, sha256, locale: said.locale, destination }
}
