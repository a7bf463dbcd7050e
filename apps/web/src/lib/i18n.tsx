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
  /** Translators already made or on their way, by tag. */
  readonly made: Map<string, Promise<Translator<En>>>
}

/** The type of a feature's `t`, for functions that are given it. */
export type TranslatorOf<Words> = Words extends FeatureWords<infer En> ? Translator<En> : never

/** Defines the words of a feature: `featureWords(en, { es: () => import('../../locales/es/calendar.ts').then((file) => file.words), fr: … })`. */
export function featureWords<const En extends Words>(
  en: En,
  others: { readonly [L in Exclude<Locale, 'en'>]: () => Promise<Translation<En>> },
): FeatureWords<En> {
  return { ...lazyWords(en, others), made: new Map() }
}

/** Loads the words of a feature ahead of their first use, such as in a route's loader. */
export function loadWords<En extends Words>(words: FeatureWords<En>, reader: Reader): Promise<Translator<En>> {
  const known = words.made.get(reader.tag)
  if (known) return known
  const promise = words.load(reader.locale).then((catalog) => translator(catalog, reader.tag))
  words.made.set(reader.tag, promise)
  // A language file that did not arrive may be asked for again.
  promise.catch(() => words.made.delete(reader.tag))
  return promise
}

/** The `t` of a feature's words, in the reader's language. Waits (Suspense) while a language is on its way. */
export function useWords<En extends Words>(words: FeatureWords<En>): Translator<En> {
  return use(loadWords(words, useReader()))
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
