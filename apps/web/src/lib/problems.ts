import { ApiProblem } from '@frontdesk/contract/client'
import { type Catalog, type Locale, type Translator, translator } from '@frontdesk/i18n'
import { useCallback } from 'react'
import { words } from '../locales/en/failures.ts'
import type { words as english } from '../locales/en/problems.ts'
import { featureWords, type Reader, type TranslatorOf, useWords } from './i18n.tsx'

/** What goes wrong on this side, in the reader's language. Loaded before the first screen. */
export const failureWords = featureWords(words, {
  es: () => import('../locales/es/failures.ts').then((file) => file.words),
  fr: () => import('../locales/fr/failures.ts').then((file) => file.words),
})

/** The `t` of these failures. */
export type FailureTranslator = TranslatorOf<typeof failureWords>

type RefusalWords = typeof english
type RefusalKey = keyof RefusalWords
/** What the server's refusals mean, in one language. */
export type Refusals = { readonly t: Translator<RefusalWords>; readonly has: (key: string) => key is RefusalKey }

/** Puts the words of refusals to use. */
export const refusalsOf = (catalog: Catalog<RefusalWords>, tag: string): Refusals => ({
  t: translator(catalog, tag),
  has: (key): key is RefusalKey => Object.hasOwn(catalog.en, key),
})

const learned = new Map<Locale, Refusals>()

/** Fetches the words of refusals, which come with the first one (lib/api.ts). Where they do not arrive, the server's own sentences stand in. */
export async function learnRefusals({ locale, tag }: Pick<Reader, 'locale' | 'tag'>): Promise<void> {
  if (learned.has(locale)) return
  const { words: en } = await import('../locales/en/problems.ts')
  learned.set(locale, refusalsOf(await catalogs[locale](en), tag))
}

const catalogs: Readonly<Record<Locale, (en: RefusalWords) => Promise<Catalog<RefusalWords>>>> = {
  en: async (en) => ({ en }),
  es: async (en) => ({ en, es: (await import('../locales/es/problems.ts')).words }),
  fr: async (en) => ({ en, fr: (await import('../locales/fr/problems.ts')).words }),
}

/** An error in words for the person: `message` says what happened and what to do, `faults` which field is meant, `slug` lets a screen act on it. */
export type Explained = {
  readonly slug: string
  readonly message: string
  /** What to quote when asking for help. */
  readonly reference?: string
  /** By the path of the field, such as `email` or `points.0.value`. */
  readonly faults: Readonly<Record<string, string>>
}

/** The slug of a refusal, or undefined for any other error. */
export const slugOf = (error: unknown): string | undefined => (error instanceof ApiProblem ? error.slug : undefined)

/** The request never reached the server, or the answer never came back. */
export const isNetworkLoss = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof DOMException && error.name === 'NetworkError')

/** Puts any error into words. The server explains itself in English; in other languages our own words come first. */
export function explain(error: unknown, t: FailureTranslator, refusals: Refusals | undefined = learned.get(t.locale)): Explained {
  if (error instanceof ApiProblem) {
    const { details, slug } = error
    // A title says what happened, a detail what was kept and what to do next. The faults of a request stand beside their fields instead.
    const besides = slug === 'http/invalid-request' && details.faults !== undefined
    const said = details.detail && !besides ? `${details.title}. ${details.detail}` : undefined
    const ours = refusals?.has(slug) ? refusals.t(slug) : undefined
    return {
      slug,
      message: (t.locale === 'en' ? (said ?? ours) : (ours ?? said)) ?? details.title,
      ...(details.reference ? { reference: details.reference } : {}),
      faults: Object.fromEntries((details.faults ?? []).map((fault) => [fieldPath(fault.path), faultMessage(fault, refusals)])),
    }
  }
  const slug = isNetworkLoss(error) ? 'network/lost' : 'app/unexpected'
  return { slug, message: t(slug), faults: {} }
}

/** `explain` in the reader's language. */
export function useExplain(): (error: unknown) => Explained {
  const t = useWords(failureWords)
  return useCallback((error: unknown) => explain(error, t), [t])
}

/** The server says where a fault is from the request's part on: `body.points.0.value`. */
const fieldPath = (path: string): string => path.replace(/^(body|query|params)\./, '')

function faultMessage(fault: { readonly code: string; readonly message: string }, refusals: Refusals | undefined): string {
  const key = `fault/${fault.code}`
  return refusals && refusals.t.locale !== 'en' && refusals.has(key) ? refusals.t(key) : fault.message
}
