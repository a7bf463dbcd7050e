import { looseFrenchSpaces } from './french-spaces.ts'
import type { Locale } from './locale.ts'
import { locales, textDirection } from './locale.ts'

/**
 * A text by number: `vars.count` picks the form by the language's plural rule (Unicode CLDR); `zero`, where written, is
 * taken for exactly 0 in every language ("No bookings yet").
 */
export type Plural = {
  readonly zero?: string
  readonly one?: string
  readonly two?: string
  readonly few?: string
  readonly many?: string
  readonly other: string
}

/** A text, or a text by number. `{name}` stands for a value. */
export type Word = string | Plural

/** The texts of one language by key. */
export type Words = { readonly [key: string]: Word }

/** The values a text can take; numbers are written the reader's way, so pass years and codes as strings. */
export type WordVars = { readonly [name: string]: string | number }

/** The placeholder names of a text, as a type. */
export type Placeholders<W extends Word> = W extends string
  ? string extends W
    ? string
    : W extends `${string}{${infer Name}}${infer Rest}`
      ? Name | Placeholders<Rest>
      : never
  : W extends Plural
    ? 'count' | Placeholders<Exclude<W[keyof W & keyof Plural], undefined>>
    : never

/** Every key of the English words, each of the same kind (text or plural), in another language. */
export type Translation<En extends Words> = {
  readonly [K in keyof En]: En[K] extends string ? string : string extends En[K] ? Word : Plural
}

/** What `defineWords` asks of a translation beyond its keys: none of its own, and no placeholder English does not have. */
export type Faithful<En extends Words, Other extends Words> = {
  readonly [K in keyof Other]: K extends keyof En
    ? [Exclude<Placeholders<Other[K]>, Placeholders<En[K]>>] extends [never]
      ? Other[K]
      : `{${Exclude<Placeholders<Other[K]>, Placeholders<En[K]>>}} is not in the English text`
    : 'no such key in the English words'
}

/** The words of one feature, English always there, other languages as far as they are loaded. */
export type Catalog<En extends Words = Words> = { readonly en: En } & { readonly [L in Exclude<Locale, 'en'>]?: Translation<En> }

/** Defines the words of a feature in all languages at once; the compiler refuses a missing key, a foreign key and an unknown placeholder. */
export function defineWords<const En extends Words, const Es extends Translation<En>, const Fr extends Translation<En>>(
  en: En,
  others: { readonly es: Es & Faithful<En, Es>; readonly fr: Fr & Faithful<En, Fr> },
): Catalog<En> {
  return { en, es: others.es, fr: others.fr }
}

/** The words of a feature whose translations are fetched when a reader needs them. */
export type LazyWords<En extends Words> = {
  /** Loads what `locale` needs; English comes without a fetch. */
  readonly load: (locale: Locale) => Promise<Catalog<En>>
}

/**
 * Defines words whose translations live in files of their own:
 * `lazyWords(en, { es: () => import('./words.es.ts').then((file) => file.es), … })`, with `es satisfies Translation<typeof en>`.
 */
export function lazyWords<const En extends Words>(
  en: En,
  others: { readonly [L in Exclude<Locale, 'en'>]: () => Promise<Translation<En>> },
): LazyWords<En> {
  return {
    load: async (locale) => {
      if (locale === 'es') return { en, es: await others.es() }
      if (locale === 'fr') return { en, fr: await others.fr() }
      return { en }
    },
  }
}

type VarsOf<W extends Word> = { readonly [Name in Placeholders<W>]: Name extends 'count' ? number : string | number }
type PartVarsOf<W extends Word, Part> = { readonly [Name in Placeholders<W>]: Name extends 'count' ? number : string | number | Part }

/** Says a text of the catalog by its key; the compiler asks for exactly the values the text has places for. */
export type Translator<En extends Words = Words> = {
  <K extends keyof En & string>(key: K, ...vars: [Placeholders<En[K]>] extends [never] ? [vars?: WordVars] : [vars: VarsOf<En[K]>]): string
  /** The same in pieces, so that a value may be an element: `t.parts('terms', { link: <a>…</a> })`. */
  readonly parts: <K extends keyof En & string, Part>(key: K, vars: PartVarsOf<En[K], Part>) => readonly (string | Part)[]
  readonly locale: Locale
}

/** Makes the `t` of a catalog. `tag` is the reader's full locale (numbers follow it); a language that is not loaded reads English. */
export function translator<En extends Words>(catalog: Catalog<En>, tag: string): Translator<En> {
  const language = new Intl.Locale(tag).language
  const wanted = locales.find((one) => one === language)
  const words = wanted === undefined ? undefined : catalog[wanted]
  const locale = wanted !== undefined && words ? wanted : 'en'
  const table: { readonly [key: string]: Word | undefined } = words ?? catalog.en
  const plural = new Intl.PluralRules(locale)
  const number = new Intl.NumberFormat(tag)
  const direction = textDirection(locale)

  const text = (key: string, vars: { readonly [name: string]: unknown }): string => {
    const word = table[key] ?? catalog.en[key]
    if (word === undefined) throw new Error(`There is no text "${key}" in this catalog.`)
    if (typeof word === 'string') return word
    const count = Number(vars.count)
    return (count === 0 ? word.zero : undefined) ?? word[plural.select(count)] ?? word.other
  }
  const spoken = (value: string | number): string => (typeof value === 'number' ? number.format(value) : isolate(value, direction))

  const parts = <Part>(key: string, vars: { readonly [name: string]: string | number | Part }): readonly (string | Part)[] => {
    const said = text(key, vars)
      .split(placeholder)
      .map((piece, index) => {
        if (index % 2 === 0) return piece
        const value = vars[piece]
        // A value that was forgotten stays visible as {name}: a wrong sentence is better than a broken page or an unsent mail.
        if (value === undefined) return `{${piece}}`
        return typeof value === 'number' || typeof value === 'string' ? spoken(value) : value
      })
    return said.map((piece, index) => (endsWithStop(said[index - 1]) ? withoutStop(piece) : piece)).filter((piece) => piece !== '')
  }
  const t = (key: string, vars: WordVars = {}): string => parts(key, vars).join('')
  return Object.assign(t, { parts, locale })
}

const placeholder = /\{(\w+)\}/g
const rightToLeftLetter = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u
const leftToRightLetter = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u

/** Whether a piece brings a full stop of its own: `10:20 a.m.`, `Harbor Dental Inc.` */
const endsWithStop = (piece: unknown): boolean => typeof piece === 'string' && /\.\u2069?$/.test(piece)

/** The rest of a sentence without the stop that the piece before it has brought already. An ellipsis stays. */
const withoutStop = <Piece>(piece: Piece): Piece | string => (typeof piece === 'string' ? piece.replace(/^\.(?!\.)/, '') : piece)

/** Wraps a name written against the sentence's direction in isolate marks (Unicode UAX #9), so that it does not rearrange its neighbours. */
function isolate(value: string, sentence: 'ltr' | 'rtl'): string {
  const against = sentence === 'ltr' ? rightToLeftLetter : leftToRightLetter
  return against.test(value) ? `\u2068${value}\u2069` : value
}

/** Lists what types cannot see in a catalog: places a translation forgot, plural forms its language needs, spaces at which French breaks. For tests; empty means fine. */
export function catalogProblems(catalog: Catalog): readonly string[] {
  return locales.flatMap((locale) => {
    const words: Words | undefined = catalog[locale]
    if (!words) return [`${locale}: no words`]
    return Object.entries(catalog.en).flatMap(([key, english]) => {
      const word = words[key]
      if (word === undefined) return [`${locale} ${key}: missing`]
      if (typeof word !== typeof english)
        return [`${locale} ${key}: English is ${typeof english === 'string' ? 'a text' : 'by number'}, this is not`]
      const needed = placesOf(fullText(english))
      const found = placesOf(fullText(word))
      return [
        ...needed.filter((name) => !found.includes(name)).map((name) => `${locale} ${key}: {${name}} is missing`),
        ...found.filter((name) => !needed.includes(name)).map((name) => `${locale} ${key}: {${name}} is not in the English text`),
        ...(fullText(word).trim() === '' ? [`${locale} ${key}: empty`] : []),
        ...missingForms(word, locale).map((form) => `${locale} ${key}: the form "${form}" is missing`),
        ...(locale === 'fr' ? textsOf(word).flatMap(looseFrenchSpaces) : []).map(
          (place) => `fr ${key}: a narrow no-break space belongs into "${place}"`,
        ),
        ...(locale === 'es' && textsOf(word).some((text) => distant.test(text)) ? [`es ${key}: says usted; Frontdesk says tú`] : []),
      ]
    })
  })
}

function fullText(word: Word): string {
  return typeof word === 'string' ? word : word.other
}

/** What only a text that says usted would say. */
const distant = /\b(usted(es)?|inténtelo|escríban(os|lo)|llámenos|díganos|permítanos)\b/i

const textsOf = (word: Word): readonly string[] => (typeof word === 'string' ? [word] : Object.values(word))

function placesOf(text: string): string[] {
  return [...text.matchAll(placeholder)].flatMap((match) => match[1] ?? [])
}

/** `many` (Spanish and French millions) falls back to `other`, which reads well except where a noun follows; it is not asked for. */
function missingForms(word: Word, locale: Locale): string[] {
  if (typeof word === 'string') return []
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  return forms.filter((form) => form !== 'many' && form !== 'other' && word[form] === undefined)
}
