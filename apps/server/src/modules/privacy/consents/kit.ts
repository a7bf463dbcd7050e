import type { Channel } from '@frontdesk/contact-rules'
import { type KitKey, kitKeys, type WordingLocale } from '@frontdesk/contract'
import { chooseLocale, locales, translator } from '@frontdesk/i18n'
import type { ConsentPurpose } from './consent.tables.ts'
import { hashOfWords, type Wording } from './give-consent.ts'
import { kitWords } from './kit.words.ts'

/** One ready wording: what it allows, and in which form. Its texts are in kit.words.ts. */
export type KitWording = {
  readonly key: KitKey
  /** The day of the text, a new one with every change of a word. */
  readonly edition: string
  readonly channel: Channel
  readonly purpose: ConsentPurpose
  /** The level where it is shown, read and agreed to in writing; spoken it is an oral consent. */
  readonly level: 'pec' | 'pewc'
  readonly automated: boolean
}

const what: Readonly<Record<KitKey, Omit<KitWording, 'key'>>> = {
  mail_offers: { edition: '2026-11-29', channel: 'email', purpose: 'marketing', level: 'pec', automated: false },
  texts_bookings: { edition: '2026-11-29', channel: 'sms', purpose: 'service', level: 'pewc', automated: true },
  texts_offers: { edition: '2026-11-29', channel: 'sms', purpose: 'marketing', level: 'pewc', automated: true },
  ai_calls_bookings: { edition: '2026-11-29', channel: 'call', purpose: 'service', level: 'pewc', automated: true },
  ai_calls_offers: { edition: '2026-11-29', channel: 'call', purpose: 'marketing', level: 'pewc', automated: true },
  calls_offers: { edition: '2026-11-29', channel: 'call', purpose: 'marketing', level: 'pewc', automated: false },
}

/** The ready wordings, in the order in which they are offered. */
export const kitWordings: readonly KitWording[] = kitKeys.map((key) => ({ key, ...what[key] }))

/** One wording by its key. */
export const kitWording = (key: KitKey): KitWording => ({ key, ...what[key] })

/** A business's own words that are used instead of the ready ones. */
export type OwnWordings = readonly {
  readonly key: KitKey
  readonly locale: WordingLocale
  readonly edition: number
  readonly written: string
  readonly spoken: string
  readonly since: Temporal.Instant
}[]

/** What the texts name: the seller and the number under which she is reached; and the words of its own. */
export type Seller = { readonly name: string; readonly phone: string | null; readonly own?: OwnWordings }

/** A wording with the business's name and number filled in, in the language asked for or the nearest we ship: its own words where it has some, the ready ones otherwise. */
export function fillWording(key: KitKey, form: 'written' | 'spoken', seller: Seller, locale: string): Wording {
  const t = translator(kitWords, chooseLocale([locale]))
  const name = form === 'spoken' ? (`${key}/spoken` as const) : key
  const business = sellerText(seller, t.locale)
  const own = ownWording(seller, key, t.locale)
  if (own) return { key: name, edition: `own-${own.edition}`, locale: t.locale, words: own[form].replaceAll('{business}', () => business) }
  return { key: name, edition: what[key].edition, locale: t.locale, words: t(name, { business }) }
}

/** The sign of a text, which a box to tick carries as its value. */
export const sealOf = ({ words }: Pick<Wording, 'words'>): string => hashOfWords(words).slice(0, 16)

/** Whether a box was ticked beside these very words: nobody agrees to what was changed since she read it. A form without signs says `on`. */
export const tickedBeside = (wording: Pick<Wording, 'words'>, value: unknown): boolean => value === 'on' || value === sealOf(wording)

/** The business's own words for one wording in one language, if it has some. */
export const ownWording = ({ own = [] }: Pick<Seller, 'own'>, key: KitKey, locale: string) =>
  own.find((each) => each.key === key && each.locale === locale)

/** The ready words as they stand, with `{business}` in them. */
export function readyWording(key: KitKey, locale: WordingLocale): { readonly written: string; readonly spoken: string } {
  const words = kitWords[locale]
  if (words === undefined) throw new Error(`The kit is not written in ${locale}.`)
  return { written: words[key], spoken: words[`${key}/spoken`] }
}

/** The text beside a keyword: "Text JOIN to …"; null while the business gave no number. */
export function keywordText(keyword: string, seller: Seller, locale: string): string | null {
  if (seller.phone === null) return null
  const t = translator(kitWords, chooseLocale([locale]))
  return t('keyword', { keyword, number: seller.phone, business: seller.name })
}

function sellerText({ name, phone }: Seller, locale: string): string {
  return phone === null ? name : translator(kitWords, locale)('named', { name, number: phone })
}

/** The languages the kit is written in. */
export const kitLocales = locales
