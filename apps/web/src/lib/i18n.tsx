import {
  type Formats,
  formats,
  type LazyWords,
  type Locale,
  lazyWords,
  readerLocale,
  type Translation,
  type Translator,
  textDirection,
  translator,
  type Words,
} from '@frontdesk/i18n'
import { createContext, type ReactNode, startTransition, use, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { keep, kept } from './storage.ts'

/** Who reads: the language of the words, the full tag that numbers and dates follow, and the zone in which times are shown. */
export type Reader = { readonly locale: Locale; readonly tag: string; readonly zone: string }

type ReaderState = Reader & {
  /** Whether somebody chose the language on this computer. */
  readonly chosen: boolean
  /** Changes the language as soon as its words are there, and keeps it for the next visit unless told otherwise. */
  readonly speak: (tag: string, options?: { readonly keep: boolean }) => void
}

const KEY = 'frontdesk.locale'
const ReaderContext = createContext<ReaderState | undefined>(undefined)

/** What the browser and an earlier choice say about the reader. */
export function guessReader(): Reader {
  const chosen = kept(KEY)
  const wanted = chosen ? [chosen, ...navigator.languages] : navigator.languages
  return { ...readerLocale(wanted), zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
}

/** Gives everything below it the reader's language, and says it on `<html>`. */
export function ReaderProvider({ children }: { readonly children: ReactNode }) {
  const [reader, setReader] = useState(() => ({ ...guessReader(), chosen: kept(KEY) !== undefined }))
  const speak = useCallback((tag: string, options = { keep: true }) => {
    if (options.keep) keep(KEY, tag)
    startTransition(() => setReader((before) => ({ ...before, ...readerLocale([tag]), chosen: before.chosen || options.keep })))
  }, [])
  useEffect(() => {
    document.documentElement.lang = reader.tag
    document.documentElement.dir = textDirection(reader.locale)
  }, [reader])
  const state = useMemo(() => ({ ...reader, speak }), [reader, speak])
  return <ReaderContext value={state}>{children}</ReaderContext>
}

/** The reader's language, tag and zone, and how to change the language. */
export function useReader(): ReaderState {
  const reader = useContext(ReaderContext)
  if (!reader) throw new Error('useReader needs a ReaderProvider above it.')
  return reader
}

/** The words of one feature: English at once, other languages when a reader needs them. */
export type FeatureWords<En extends Words> = LazyWords<En> & {
  readonly en: En
  /** Translators on their way, by tag. */
  readonly asked: Map<string, Promise<Translator<En>>>
  /** Translators that are here, by tag. */
  readonly made: Map<string, Translator<En>>
}

/** The type of a feature's `t`, for functions that are given it. */
export type TranslatorOf<Words> = Words extends FeatureWords<infer En> ? Translator<En> : never

/** Defines the words of a feature: `featureWords(en, { es: () => import('../../locales/es/calendar.ts').then((file) => file.words), fr: … })`. */
export function featureWords<const En extends Words>(
  en: En,
  others: { readonly [L in Exclude<Locale, 'en'>]: () => Promise<Translation<En>> },
): FeatureWords<En> {
  const words: FeatureWords<En> = { ...lazyWords(en, others), en, asked: new Map(), made: new Map() }
  const reader = firstReader
  if (reader && reader.locale !== 'en') onTheirWay.push(loadWords(words, reader))
  return words
}

let firstReader: Reader | undefined
const onTheirWay: Promise<unknown>[] = []

/** From now on the words of a feature come together with its code, in this reader's language. */
export function fetchWordsFor(reader: Reader): void {
  firstReader = reader
}

/** Waits for the words of all features whose code is here; those that do not arrive are asked for again when they are used. */
export async function wordsThatCome(): Promise<void> {
  await Promise.allSettled(onTheirWay.splice(0))
}

/** Loads the words of a feature ahead of their first use, such as in a route's loader. */
export function loadWords<En extends Words>(words: FeatureWords<En>, reader: Reader): Promise<Translator<En>> {
  const known = words.asked.get(reader.tag)
  if (known) return known
  const promise = words.load(reader.locale).then((catalog) => {
    const t = translator(catalog, reader.tag)
    words.made.set(reader.tag, t)
    return t
  })
  words.asked.set(reader.tag, promise)
  // A language file that did not arrive may be asked for again.
  promise.catch(() => words.asked.delete(reader.tag))
  return promise
}

/** The `t` of a feature's words, in the reader's language. Waits (Suspense) while a language is on its way; English is here. */
export function useWords<En extends Words>(words: FeatureWords<En>): Translator<En> {
  const reader = useReader()
  if (reader.locale === 'en' && !words.made.has(reader.tag)) words.made.set(reader.tag, translator({ en: words.en }, reader.tag))
  return words.made.get(reader.tag) ?? use(loadWords(words, reader))
}

const formatsMade = new Map<string, Formats>()

/** Writes dates, times, money and numbers for the reader; in the reader's zone, or in `zone` where another one is meant. */
export function useFormats(zone?: string): Formats {
  const reader = useReader()
  const key = `${reader.tag} ${zone ?? reader.zone}`
  const known = formatsMade.get(key) ?? formats(reader.tag, zone ?? reader.zone)
  formatsMade.set(key, known)
  return known
}
