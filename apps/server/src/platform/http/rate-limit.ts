/** At most `requests` in `seconds`, counted per address, person or key. */
export type RateLimit = {
  readonly name: string
  readonly requests: number
  readonly seconds: number
  /** Counted for all web processes together, in the database: what bounds the guessing of a secret must not grow with their number. */
  readonly shared?: true
}

export type LimitVerdict = { readonly allowed: boolean; readonly remaining: number; readonly resetSeconds: number }

/** The limit of signed-in people and API keys, unless a route says otherwise. */
export const everydayLimit: RateLimit = { name: 'everyday', requests: 1200, seconds: 60 }
/** The limit of public pages and their data. */
export const publicLimit: RateLimit = { name: 'public', requests: 240, seconds: 60 }

const MOST_KEYS = 100_000

/**
 * Counts requests in fixed windows, in this process. The generic cell rate would be smoother; a fixed window is what people can be told ("240 a minute").
 * Old windows are dropped, so memory stays bounded.
 */
export class RateLimiter {
  readonly #windows = new Map<string, { startedMs: number; count: number }>()

  /** Counts one request against its limit. */
  take(limit: RateLimit, who: string, nowMs: number): LimitVerdict {
    const key = `${limit.name}|${who}`
    const windowMs = limit.seconds * 1000
    const current = this.#windows.get(key)
    const window = current && nowMs - current.startedMs < windowMs && nowMs >= current.startedMs ? current : { startedMs: nowMs, count: 0 }
    window.count += 1
    this.#windows.delete(key) // set again, so that the map's order is the order of last use
    this.#windows.set(key, window)
    if (this.#windows.size > MOST_KEYS) this.#forgetOldest()
    return {
      allowed: window.count <= limit.requests,
      remaining: Math.max(0, limit.requests - window.count),
      resetSeconds: Math.max(1, Math.ceil((window.startedMs + windowMs - nowMs) / 1000)),
    }
  }

  #forgetOldest(): void {
    const oldest = this.#windows.keys().next()
    if (!oldest.done) this.#windows.delete(oldest.value)
  }
}
