import { parameter } from '../messages/grammar.ts'
import { parseSeconds } from '../messages/header-values.ts'
import type { SipResponse } from '../messages/message.ts'
import { type SipUri, sameUri } from '../messages/uri.ts'
import type { Failure } from '../transactions/timers.ts'

/** Our registration with a registrar, §10.2. */
export type Registration = {
  readonly state: 'idle' | 'registering' | 'registered' | 'waiting' | 'refused' | 'leaving' | 'left'
  readonly contact: SipUri
  /** Seconds that are asked for. */
  readonly wanted: number
  /** When the binding ends, while there is one. */
  readonly expiresAt?: number
  /** When the next REGISTER is due. */
  readonly dueAt?: number
  /** Failures in a row. */
  readonly failures: number
  /** The last refusal, for people. */
  readonly problem?: { readonly status: number; readonly reason: string }
}

export type RegistrationEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'timer' }
  /** A final response, after challenges were answered. */
  | { readonly kind: 'response'; readonly response: SipResponse }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** A REGISTER to be sent, asking for so many seconds; 0 takes the binding away. */
export type RegistrationEffect = { readonly kind: 'register'; readonly seconds: number }

export type RegistrationStep = { readonly state: Registration; readonly effects: readonly RegistrationEffect[] }

/** A registration that has not begun. */
export const newRegistration = (contact: SipUri, wanted = 600): Registration => ({ state: 'idle', contact, wanted, failures: 0 })

/** RFC 5626 §4.5, for a single flow: the first pause and the longest, in milliseconds. */
const firstPause = 30_000
const longestPause = 1_800_000

/** One step. `chance` is between 0 and 1, and spreads those who were cut off together. */
export function stepRegistration(was: Registration, event: RegistrationEvent, now: number, chance: number): RegistrationStep {
  switch (event.kind) {
    case 'start':
      return was.state === 'idle' || was.state === 'refused' || was.state === 'left' || was.state === 'waiting'
        ? ask(was)
        : { state: was, effects: [] }
    case 'stop':
      if (was.expiresAt === undefined) return { state: { ...without(was), state: 'left' }, effects: [] }
      return { state: { ...was, state: 'leaving' }, effects: [{ kind: 'register', seconds: 0 }] }
    case 'timer':
      return was.dueAt !== undefined && was.dueAt <= now ? ask(was) : { state: was, effects: [] }
    case 'failed':
      return was.state === 'leaving'
        ? { state: { ...without(was), state: 'left' }, effects: [] }
        : wait(was, now, chance, undefined, { status: 408, reason: event.failure })
    case 'response':
      return onResponse(was, event.response, now, chance)
  }
}

function ask(was: Registration): RegistrationStep {
  const { dueAt: _due, ...rest } = was
  return { state: { ...rest, state: 'registering' }, effects: [{ kind: 'register', seconds: was.wanted }] }
}

function without({ dueAt: _due, expiresAt: _end, ...rest }: Registration): Registration {
  return rest
}

function onResponse(was: Registration, response: SipResponse, now: number, chance: number): RegistrationStep {
  const { status, reason, headers } = response
  if (status < 200) return { state: was, effects: [] }
  if (was.state === 'leaving') return { state: { ...without(was), state: 'left' }, effects: [] }
  if (status < 300) {
    const seconds = grantedSeconds(was, response)
    const { problem: _problem, ...rest } = without(was)
    // Before it ends, by a tenth or half a minute at most, and never in its first half: time for repeats over UDP.
    const early = Math.min(seconds / 2, Math.max(32, seconds / 10))
    return {
      state: { ...rest, state: 'registered', failures: 0, expiresAt: now + seconds * 1000, dueAt: now + (seconds - early) * 1000 },
      effects: [],
    }
  }
  const least = headers.minExpires
  if (status === 423 && least !== undefined && least > was.wanted) return ask({ ...was, wanted: least }) // §10.2.8
  const problem = { status, reason }
  // Retrying what was refused for who we are does no good and may lock the account: a person must look.
  if ([401, 403, 404, 407, 416, 420].includes(status)) return { state: { ...without(was), state: 'refused', problem }, effects: [] }
  return wait(was, now, chance, headers.retryAfter, problem)
}

function wait(
  was: Registration,
  now: number,
  chance: number,
  retryAfter: number | undefined,
  problem: { status: number; reason: string },
): RegistrationStep {
  const failures = was.failures + 1
  const pause = Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 10))
  const spread = pause * (0.5 + chance / 2)
  const dueAt = now + Math.max(spread, Math.min(retryAfter ?? 0, 86_400) * 1000)
  return { state: { ...was, state: 'waiting', failures, dueAt, problem }, effects: [] }
}

/** What the registrar granted to our own contact, §10.2.4; what we asked for where it does not say. */
function grantedSeconds({ contact, wanted }: Registration, { headers }: SipResponse): number {
  const own = Array.isArray(headers.contact) ? headers.contact.find(({ uri }) => sameUri(uri, contact)) : undefined
  const text = own && parameter(own.parameters, 'expires')
  const seconds = text !== undefined && /^\d+$/.test(text) ? parseSeconds(text, 'Contact') : (headers.expires ?? wanted)
  return Math.min(Math.max(seconds, 10), 86_400)
}
