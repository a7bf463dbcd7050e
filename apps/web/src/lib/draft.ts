import { useCallback, useRef, useState } from 'react'
import { keep, kept } from './storage.ts'

const PREFIX = 'frontdesk.draft.'

/** What was typed under a key before, if it still has the shape of `start`: the same fields with values of the same kind. */
export function readDraft<Values extends object>(key: string, start: Values, storage?: Storage): Partial<Values> | undefined {
  const text = kept(PREFIX + key, storage)
  if (text === undefined) return undefined
  try {
    const found: unknown = JSON.parse(text)
    if (typeof found !== 'object' || found === null) return undefined
    const entries = Object.entries(found).filter(([field, value]) => field in start && sameKind(value, start[field as keyof Values]))
    return entries.length > 0 ? (Object.fromEntries(entries) as Partial<Values>) : undefined
  } catch {
    return undefined
  }
}

/** Keeps what is typed, without the fields named secret; what equals `start` is no draft and is forgotten. */
export function writeDraft<Values extends object>(
  key: string,
  values: Values,
  start: Values,
  secret: readonly string[] = [],
  storage?: Storage,
): void {
  const worth = Object.entries(values).filter(
    ([field, value]) => !secret.includes(field) && JSON.stringify(value) !== JSON.stringify(start[field as keyof Values]),
  )
  keep(PREFIX + key, worth.length > 0 ? JSON.stringify(Object.fromEntries(worth)) : undefined, storage)
}

/** Forgets a draft, once it has become something real. */
export const forgetDraft = (key: string, storage?: Storage): boolean => keep(PREFIX + key, undefined, storage)

/** Forgets everything typed on this computer, when somebody signs out of it. */
export function forgetAllDrafts(storage: Storage = globalThis.localStorage): void {
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) keep(key, undefined, storage)
}

const sameKind = (a: unknown, b: unknown): boolean =>
  typeof a === typeof b && Array.isArray(a) === Array.isArray(b) && (a === null) === (b === null)

/** What is typed, and how it changes. */
export type Draft<Values extends object> = {
  readonly values: Values
  readonly set: (change: Partial<Values>) => void
  /** Forgets what was typed, in storage and on screen, but for the named fields. */
  readonly clear: (but?: ReadonlySet<string>) => void
  /** Something was brought back from an earlier visit. */
  readonly restored: boolean
}

/** State that survives a reload, a crash and a lost session, until `clear`. Without a key it is plain state. */
export function useDraft<Values extends object>(key: string | undefined, start: Values, secret?: readonly string[]): Draft<Values> {
  const first = useRef(start)
  const [restoredValues] = useState(() => (key === undefined ? undefined : readDraft(key, start)))
  const [values, setValues] = useState<Values>(() => ({ ...start, ...restoredValues }))
  const latest = useRef(values)
  const set = useCallback(
    (change: Partial<Values>) => {
      latest.current = { ...latest.current, ...change }
      if (key !== undefined) writeDraft(key, latest.current, first.current, secret)
      setValues(latest.current)
    },
    [key, secret],
  )
  const clear = useCallback(
    (but: ReadonlySet<string> = new Set()) => {
      const kept = Object.entries(latest.current).filter(([field]) => but.has(field))
      latest.current = { ...first.current, ...Object.fromEntries(kept) }
      if (key !== undefined) writeDraft(key, latest.current, first.current, secret)
      setValues(latest.current)
    },
    [key, secret],
  )
  return { values, set, clear, restored: restoredValues !== undefined }
}
