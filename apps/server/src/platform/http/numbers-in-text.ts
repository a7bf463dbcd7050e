import { findSensitiveNumbers, maskSensitiveNumbers, type SensitiveKind } from '@frontdesk/contract'
import { Refusal } from '../errors/index.ts'

/** The header in which whoever writes says what becomes of a card number or a Social Security number in a text: `mask` it, or keep it `as-typed` because it is none. What is a card number by its digits is never kept. */
export const NUMBERS_HEADER = 'frontdesk-numbers'

/** Longer texts are files in a body, not what somebody typed. */
const LONGEST_TYPED = 250_000
const MOST_NAMED = 5

type Found = { readonly path: string; readonly kind: SensitiveKind; readonly shown: string }

/**
 * Looks through everything that a member or an API key writes, in every field of every route, before anything is saved. Throws `http/number-in-text`, unless the header says what to
 * do. `keptAsTyped` says that somebody insisted, which is audited.
 */
export function heedNumbers<T>(body: T, header: unknown): { readonly body: T; readonly keptAsTyped: boolean } {
  const found: Found[] = []
  for (const { path, text } of textsOf(body, '')) {
    for (const { kind, start, end } of findSensitiveNumbers(text)) {
      found.push({ path, kind, shown: maskSensitiveNumbers(text.slice(start, end)).text })
    }
  }
  if (found.length === 0) return { body, keptAsTyped: false }
  if (header === 'mask') return { body: masked(body) as T, keptAsTyped: false }
  const cards = found.some(({ kind }) => kind === 'card')
  if (header === 'as-typed' && !cards) return { body, keptAsTyped: true }
  const orKeep = cards ? 'Card numbers are never kept.' : `If it is no such number, with ${NUMBERS_HEADER}: as-typed.`
  throw new Refusal('http/number-in-text', {
    detail: `Nothing was saved. Take the number out, or send the same again with the header ${NUMBERS_HEADER}: mask. ${orKeep}`,
    numbers: found.slice(0, MOST_NAMED),
  })
}

function* textsOf(value: unknown, path: string): Generator<{ readonly path: string; readonly text: string }> {
  if (typeof value === 'string') {
    if (value.length <= LONGEST_TYPED) yield { path, text: value }
  } else if (Array.isArray(value)) {
    for (const [at, each] of value.entries()) yield* textsOf(each, below(path, String(at)))
  } else if (isPlain(value)) {
    for (const [key, each] of Object.entries(value)) yield* textsOf(each, below(path, key))
  }
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return value.length <= LONGEST_TYPED ? maskSensitiveNumbers(value).text : value
  if (Array.isArray(value)) return value.map(masked)
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(each)]))
  return value
}

const below = (path: string, key: string) => (path === '' ? key : `${path}.${key}`)

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
