import type { Principal } from '@frontdesk/contract'
import type { Listener } from '../../platform/database/index.ts'
import { sessionChannel } from './end-sessions.ts'
import type { FoundSession } from './sessions.ts'

/** What was found for a cookie or a key, and whose it is. */
export type Found = {
  readonly subject: string
  readonly session?: FoundSession
  readonly principal?: Principal | undefined /** Until when that holds, where it ends by itself. */
  readonly until?: Temporal.Instant | undefined
}

export type SessionCache = {
  /** What is remembered, or what `find` finds now. */
  through(key: string, nowMs: number, find: () => Promise<Found | undefined>): Promise<Found | undefined>
}

const keepsMs = 5000
const mostEntries = 20_000

/**
 * Remembers for at most five seconds who a cookie or a key belongs to. Every process hears what ended or changed and forgets it at once; while it cannot hear, or without
 * a listener, it remembers nothing.
 */
export function sessionCache(listener?: Listener): SessionCache {
  const entries = new Map<string, { readonly found: Found; readonly sinceMs: number }>()
  let changes = 0
  const hears = () => listener?.connectedSince !== undefined

  listener?.onConnected(() => {
    changes += 1
    entries.clear()
  })
  listener?.on(sessionChannel, (subject) => {
    changes += 1
    for (const [key, { found }] of entries) if (found.subject === subject) entries.delete(key)
  })

  return {
    async through(key, nowMs, find) {
      const known = entries.get(key)
      const age = known ? nowMs - known.sinceMs : Number.POSITIVE_INFINITY
      if (known && hears() && age >= 0 && age < keepsMs) return known.found
      const before = changes
      const found = await find()
      entries.delete(key)
      // What changed while it was looked for may have been read before the change.
      if (found && hears() && before === changes) {
        if (entries.size >= mostEntries) entries.clear()
        entries.set(key, { found, sinceMs: nowMs })
      }
      return found
    },
  }
}
