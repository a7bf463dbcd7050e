import { sql } from 'kysely'
import { noWorkspace } from '../crypto/index.ts'
import type { Database } from '../database/index.ts'
import { networkOf } from './client-network.ts'
import { type LimitVerdict, type RateLimit, RateLimiter } from './rate-limit.ts'

/** Counts requests against their limits. */
export type Limiter = {
  /** Counts one request. `who` is an address of the network, or the id of a person or key. */
  readonly take: (limit: RateLimit, who: string, nowMs: number) => Promise<LimitVerdict>
}

/** A row that ends later than this after a fresh window would was written before the clock went back. */
const CLOCK_WENT_BACK_MS = 5 * 60_000

/**
 * Counts in this process, and what is `shared` in the database as well, so that several web processes allow no more guesses than one. Whoever is over the limit here
 * already is refused without asking the database: a flood costs it nothing.
 */
export function openLimiter(database: () => Pick<Database, 'outside' | 'keys'>): Limiter {
  const here = new RateLimiter()
  return {
    async take(limit, who, nowMs) {
      const client = networkOf(who)
      const own = here.take(limit, client, nowMs)
      return limit.shared && own.allowed ? takeTogether(database(), limit, client, nowMs) : own
    },
  }
}

async function takeTogether(
  { outside, keys }: Pick<Database, 'outside' | 'keys'>,
  limit: RateLimit,
  who: string,
  nowMs: number,
): Promise<LimitVerdict> {
  const end = nowMs + limit.seconds * 1000
  const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString()
  const subject = keys.hash(noWorkspace, 'rate-limit', `${limit.name}|${who}`)
  const { rows } = await sql<{ requests: number; ends_at: Temporal.Instant }>`
    select * from platform.count_request(${subject}, ${at(nowMs)}, ${at(end)}, ${at(end + CLOCK_WENT_BACK_MS)})`.execute(outside)
  const [window] = rows
  if (!window) throw new Error('A request was counted without an answer.')
  return {
    allowed: window.requests <= limit.requests,
    remaining: Math.max(0, limit.requests - window.requests),
    resetSeconds: Math.max(1, Math.ceil((window.ends_at.epochMilliseconds - nowMs) / 1000)),
  }
}
