import { ApiProblem } from '@frontdesk/contract/client'
import { useCallback } from 'react'
import { words } from '../locales/en/problems.ts'
import { featureWords, type TranslatorOf, useWords } from './i18n.tsx'

/** What the server's refusals mean, in the reader's language. Loaded before the first screen. */
export const problemWords = featureWords(words, {
  es: () => import('../locales/es/problems.ts').then((file) => file.words),
  fr: () => import('../locales/fr/problems.ts').then((file) => file.words),
})

type ProblemKey = keyof typeof words
/** The `t` of the refusals. */
export type ProblemTranslator = TranslatorOf<typeof problemWords>

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
export function explain(error: unknown, t: ProblemTranslator): Explained {
  if (error instanceof ApiProblem) {
    const { details, slug } = error
    // A title says what happened, a detail what was kept and what to do next. The faults of a request stand beside their fields instead.
    const besides = slug === 'http/invalid-request' && details.faults !== undefined
    const said = details.detail && !besides ? `${details.title}. ${details.detail}` : undefined
    const ours = isKey(slug) ? t(slug) : undefined
    return {
      slug,
      message: (t.locale === 'en' ? (said ?? ours) : (ours ?? said)) ?? details.title,
      ...(details.reference ? { reference: details.reference } : {}),
      faults: Object.fromEntries((details.faults ?? []).map((fault) => [fieldPath(fault.path), faultMessage(fault, t)])),
    }
  }
  const slug = isNetworkLoss(error) ? 'network/lost' : 'app/unexpected'
  return { slug, message: t(slug), faults: {} }
}

/** `explain` in the reader's language. */
export function useExplain(): (error: unknown) => Explained {
  const t = useWords(problemWords)
  return useCallback((error: unknown) => explain(error, t), [t])
}

const isKey = (key: string): key is ProblemKey => Object.hasOwn(words, key)

/** The server says where a fault is from the request's part on: `body.points.0.value`. */
const fieldPath = (path: string): string => path.replace(/^(body|query|params)\./, '')

function faultMessage(fault: { readonly code: string; readonly message: string }, t: ProblemTranslator): string {
  const key = `fault/${fault.code}`
  return t.locale !== 'en' && isKey(key) ? t(key) : fault.message
}
