import type { SipRequest, SipResponse } from '../messages/message.ts'
import { type Failure, T1, T2, T4, type Timers, tryingAfter, without } from './timers.ts'

/** §17.2.1, figure 7, with the state `accepted` of RFC 6026 §8.5. */
export type ServerInvite = {
  readonly kind: 'server invite'
  readonly state: 'proceeding' | 'completed' | 'confirmed' | 'accepted' | 'terminated'
  readonly request: SipRequest
  readonly reliable: boolean
  readonly timers: Timers
  /** The pause before the next retransmission, timer G. */
  readonly pause: number
  /** What a retransmitted INVITE is answered with. */
  readonly last?: SipResponse
}

/** What happens to a server transaction. */
export type ServerEvent =
  /** The request once more, or the ACK of an INVITE. */
  | { readonly kind: 'request'; readonly request: SipRequest }
  /** The user answers. */
  | { readonly kind: 'respond'; readonly response: SipResponse }
  | { readonly kind: 'timer' }
  | { readonly kind: 'transport failed' }

/** What a server transaction wants done. */
export type ServerEffect =
  | { readonly kind: 'send'; readonly response: SipResponse }
  /** Nobody answered for 200 ms: the shell answers 100, §17.2.1. */
  | { readonly kind: 'trying' }
  /** An ACK of a final response other than 2xx came. */
  | { readonly kind: 'acknowledged' }
  /** An ACK of a 2xx, or one that belongs to no other state: the dialog's. */
  | { readonly kind: 'ack'; readonly request: SipRequest }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'terminated' }

export type ServerStep<State> = { readonly state: State; readonly effects: readonly ServerEffect[] }

/** Takes an INVITE. The user has 200 ms to answer before a 100 goes out. */
export const startServerInvite = (request: SipRequest, reliable: boolean, now: number): ServerStep<ServerInvite> => ({
  state: { kind: 'server invite', state: 'proceeding', request, reliable, timers: { trying: now + tryingAfter }, pause: T1 },
  effects: [],
})

/** One step of the machine. A `timer` event takes whichever timer is due at `now`. */
export function stepServerInvite(tx: ServerInvite, event: ServerEvent, now: number): ServerStep<ServerInvite> {
  switch (event.kind) {
    case 'request':
      return event.request.method === 'ACK' ? onAck(tx, event.request, now) : onRepeat(tx)
    case 'respond':
      return onRespond(tx, event.response, now)
    case 'timer':
      return onTimer(tx, now)
    case 'transport failed':
      return onTransport(tx)
  }
}

const still = (tx: ServerInvite): ServerStep<ServerInvite> => ({ state: tx, effects: [] })
const ended = (tx: ServerInvite): ServerInvite => ({ ...tx, state: 'terminated', timers: {} })

function onRepeat(tx: ServerInvite): ServerStep<ServerInvite> {
  // In `accepted` the INVITE is swallowed: the 2xx is repeated by whoever made it, RFC 6026 §7.1.
  const answers = tx.last && (tx.state === 'proceeding' || tx.state === 'completed')
  return answers && tx.last ? { state: tx, effects: [{ kind: 'send', response: tx.last }] } : still(tx)
}

function onAck(tx: ServerInvite, request: SipRequest, now: number): ServerStep<ServerInvite> {
  if (tx.state === 'accepted') return { state: tx, effects: [{ kind: 'ack', request }] }
  if (tx.state !== 'completed') return still(tx)
  if (tx.reliable) return { state: ended(tx), effects: [{ kind: 'acknowledged' }, { kind: 'terminated' }] } // timer I is 0
  return { state: { ...tx, state: 'confirmed', timers: { I: now + T4 } }, effects: [{ kind: 'acknowledged' }] }
}

function onRespond(tx: ServerInvite, response: SipResponse, now: number): ServerStep<ServerInvite> {
  const sent = { kind: 'send', response } as const
  // RFC 6026 §7.1: the 2xx that the user repeats, until its ACK comes.
  if (tx.state === 'accepted') return response.status >= 200 && response.status < 300 ? { state: tx, effects: [sent] } : still(tx)
  if (tx.state !== 'proceeding') return still(tx)
  if (response.status < 200) return { state: { ...tx, last: response, timers: without(tx.timers, 'trying') }, effects: [sent] }
  if (response.status < 300) return { state: { ...tx, state: 'accepted', last: response, timers: { L: now + 64 * T1 } }, effects: [sent] }
  const timers: Timers = tx.reliable ? { H: now + 64 * T1 } : { G: now + T1, H: now + 64 * T1 }
  return { state: { ...tx, state: 'completed', last: response, timers }, effects: [sent] }
}

function onTimer(tx: ServerInvite, now: number): ServerStep<ServerInvite> {
  const { trying, G, H, I, L } = tx.timers
  if (trying !== undefined && trying <= now)
    return { state: { ...tx, timers: without(tx.timers, 'trying') }, effects: [{ kind: 'trying' }] }
  if (H !== undefined && H <= now) return { state: ended(tx), effects: [{ kind: 'failed', failure: 'timeout' }, { kind: 'terminated' }] }
  if ((I !== undefined && I <= now) || (L !== undefined && L <= now)) return { state: ended(tx), effects: [{ kind: 'terminated' }] }
  if (G === undefined || G > now || !tx.last) return still(tx)
  const pause = Math.min(tx.pause * 2, T2)
  return { state: { ...tx, pause, timers: { ...tx.timers, G: G + pause } }, effects: [{ kind: 'send', response: tx.last }] }
}

/** RFC 6026 §8.7 and §7.1: an answer that cannot be sent is told to the user; what goes on does not end for it, because the next one may arrive. */
const onTransport = (tx: ServerInvite): ServerStep<ServerInvite> =>
  tx.state === 'terminated' || tx.state === 'confirmed' ? still(tx) : { state: tx, effects: [{ kind: 'failed', failure: 'transport' }] }
