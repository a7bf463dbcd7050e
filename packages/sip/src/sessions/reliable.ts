import type { RAck } from '../messages/header-values.ts'
import { T1 } from '../transactions/timers.ts'

/** Reliable provisional responses of one INVITE in the eyes of who answers, RFC 3262 §3. One is sent at a time. */
export type ReliableServer = {
  readonly invite: { readonly sequence: number; readonly method: string }
  readonly next: number
  readonly waiting?: { readonly sequence: number; readonly pause: number; readonly due: number; readonly end: number }
}

/** The first number is a chance below 2**31, §3. */
export const startReliable = (invite: ReliableServer['invite'], first: number): ReliableServer => ({
  invite,
  next: Math.max(1, first % 2 ** 31),
})

/** Sends one: its RSeq, and when it is repeated. Only when none waits for its PRACK. */
export function sendReliable(state: ReliableServer, now: number): { readonly state: ReliableServer; readonly sequence: number } {
  const sequence = state.next
  return { sequence, state: { ...state, next: sequence + 1, waiting: { sequence, pause: T1, due: now + T1, end: now + 64 * T1 } } }
}

/** A time that came: repeat it, or give up after 64 T1 (the INVITE is then refused with 5xx). */
export function reliableTimer(
  state: ReliableServer,
  now: number,
): { readonly state: ReliableServer; readonly act: 'none' | 'repeat' | 'give up' } {
  const { waiting, ...rest } = state
  if (!waiting) return { state, act: 'none' }
  if (waiting.end <= now) return { state: rest, act: 'give up' }
  if (waiting.due > now) return { state, act: 'none' }
  const pause = waiting.pause * 2
  return { state: { ...rest, waiting: { ...waiting, pause, due: waiting.due + pause } }, act: 'repeat' }
}

/** A PRACK, §3: 200 where it is of the response that waits, else 481. */
export function acknowledge(state: ReliableServer, rack: RAck | undefined): { readonly state: ReliableServer; readonly status: 200 | 481 } {
  const { waiting, ...rest } = state
  const fits =
    waiting && rack && rack.response === waiting.sequence && rack.sequence === state.invite.sequence && rack.method === state.invite.method
  return fits ? { state: rest, status: 200 } : { state, status: 481 }
}

/** The last RSeq that was taken in one early dialog in the eyes of who called, §4; undefined before the first. */
export type ReliableClient = number | undefined

/** Whether a reliable response is new and in order. One that is a repeat or too early is not acknowledged. */
export const isNext = (last: ReliableClient, sequence: number): boolean => last === undefined || sequence === last + 1
