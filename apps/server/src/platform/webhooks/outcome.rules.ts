/** What came of one try: a status, or why there was none. */
export type Answered = { readonly status: number; readonly retryAfter?: string | undefined } | { readonly error: string }

/** What follows from it for the delivery, and what for its endpoint. Waits in seconds. */
export type Outcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'again'; readonly inSeconds: number; readonly quietSeconds?: number }
  | { readonly kind: 'used_up' }
  | { readonly kind: 'gone' }

/** Waits before the second, third … try, in seconds, as Standard Webhooks proposes them: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. The first try is at once. */
export const waits: readonly number[] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

/** Of each wait, so much is added at random: receivers that were away are not met by everything at the same moment. */
const JITTER = 0.2
/** However long a receiver asks us to wait, it is no longer than this. */
const LONGEST_WAIT = 86_400

/**
 * What follows from a try. `failures` counts those that failed before it; `random` lies between 0 and 1. 410 says that the endpoint is gone; any other answer outside of 200 to 299
 * failed, a redirect too.
 */
export function outcomeOf(answered: Answered, failures: number, random: number, now: Temporal.Instant): Outcome {
  if ('status' in answered) {
    if (answered.status >= 200 && answered.status < 300) return { kind: 'delivered' }
    if (answered.status === 410) return { kind: 'gone' }
  }
  const wait = waits[failures]
  if (wait === undefined) return { kind: 'used_up' }
  const asked = 'retryAfter' in answered ? retryAfterSeconds(answered.retryAfter, now) : undefined
  const planned = Math.ceil(wait * (1 + JITTER * random))
  return asked === undefined
    ? { kind: 'again', inSeconds: planned }
    : { kind: 'again', inSeconds: Math.max(planned, asked), quietSeconds: asked }
}

/** `Retry-After` of RFC 9110 §10.2.3: seconds, or a date. Undefined where it says nothing that can be read. */
export function retryAfterSeconds(header: string | undefined, now: Temporal.Instant): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text), LONGEST_WAIT)
  if (!/^[A-Z][a-z]{2}, /.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, Math.ceil((at - now.epochMilliseconds) / 1000)), LONGEST_WAIT)
}

/** An endpoint that has taken nothing for this long is switched off. */
export const failsForAtMost = Temporal.Duration.from({ hours: 5 * 24 })

/** Whether an endpoint is given up, after one more try failed. */
export const isGivenUp = (failingSince: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(failingSince.add(failsForAtMost), now) <= 0
