import { noBody, type SipRequest, type SipResponse } from '../messages/message.ts'
import { topVia } from '../messages/via.ts'
import { type Failure, T1, type Timers, without } from './timers.ts'

/** §17.1.1, figure 5, with the state `accepted` of RFC 6026 §8.4. */
export type ClientInvite = {
  readonly kind: 'client invite'
  readonly state: 'calling' | 'proceeding' | 'completed' | 'accepted' | 'terminated'
  readonly request: SipRequest
  /** TCP and TLS deliver or fail: nothing is sent twice over them. */
  readonly reliable: boolean
  readonly timers: Timers
  /** The pause before the next retransmission, timer A. */
  readonly pause: number
  readonly ack?: SipRequest
}

/** What happens to a client transaction. */
export type ClientEvent =
  | { readonly kind: 'response'; readonly response: SipResponse }
  | { readonly kind: 'timer' }
  | { readonly kind: 'transport failed' }

/** What a client transaction wants done. */
export type ClientEffect =
  | { readonly kind: 'send'; readonly request: SipRequest }
  /** A response that the transaction's user must see. */
  | { readonly kind: 'response'; readonly response: SipResponse }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'terminated' }

export type ClientStep<State> = { readonly state: State; readonly effects: readonly ClientEffect[] }

/** Sends an INVITE and begins to wait, §17.1.1.2. */
export function startClientInvite(request: SipRequest, reliable: boolean, now: number): ClientStep<ClientInvite> {
  const timers: Timers = reliable ? { B: now + 64 * T1 } : { A: now + T1, B: now + 64 * T1 }
  return { state: { kind: 'client invite', state: 'calling', request, reliable, timers, pause: T1 }, effects: [{ kind: 'send', request }] }
}

/** One step of the machine. A `timer` event takes whichever timer is due at `now`. */
export function stepClientInvite(tx: ClientInvite, event: ClientEvent, now: number): ClientStep<ClientInvite> {
  switch (event.kind) {
    case 'response':
      return onResponse(tx, event.response, now)
    case 'timer':
      return onTimer(tx, now)
    case 'transport failed':
      return tx.state === 'terminated' || tx.state === 'accepted' ? still(tx) : failed(tx, 'transport') // RFC 6026 §8.4
  }
}

const still = (tx: ClientInvite): ClientStep<ClientInvite> => ({ state: tx, effects: [] })
const ended = (tx: ClientInvite): ClientInvite => ({ ...tx, state: 'terminated', timers: {} })
const failed = (tx: ClientInvite, failure: Failure): ClientStep<ClientInvite> => ({
  state: ended(tx),
  effects: [{ kind: 'failed', failure }, { kind: 'terminated' }],
})

function onResponse(tx: ClientInvite, response: SipResponse, now: number): ClientStep<ClientInvite> {
  const { status } = response
  const isOpen = tx.state === 'calling' || tx.state === 'proceeding'
  const seen = { kind: 'response', response } as const
  if (status < 200) {
    if (!isOpen) return still(tx)
    // Retransmissions stop, and timer B with them: how long a phone may ring is the user's to decide.
    return { state: { ...tx, state: 'proceeding', timers: {} }, effects: [seen] }
  }
  if (status < 300) {
    // RFC 6026 §8.4: every 2xx goes up, those of other branches of a fork and those that come again too; timer M ends it.
    if (tx.state === 'accepted') return { state: tx, effects: [seen] }
    return isOpen ? { state: { ...tx, state: 'accepted', timers: { M: now + 64 * T1 } }, effects: [seen] } : still(tx)
  }
  if (tx.state === 'completed' && tx.ack) return { state: tx, effects: [{ kind: 'send', request: tx.ack }] }
  if (!isOpen) return still(tx)
  const ack = ackOf(tx.request, response)
  const sent = { kind: 'send', request: ack } as const
  // Timer D is 0 over reliable transports: the transaction ends at once.
  if (tx.reliable) return { state: { ...ended(tx), ack }, effects: [sent, seen, { kind: 'terminated' }] }
  return { state: { ...tx, state: 'completed', ack, timers: { D: now + 64 * T1 } }, effects: [sent, seen] }
}

function onTimer(tx: ClientInvite, now: number): ClientStep<ClientInvite> {
  const { A, B, D, M } = tx.timers
  if (B !== undefined && B <= now) return failed(tx, 'timeout')
  if ((D !== undefined && D <= now) || (M !== undefined && M <= now)) return { state: ended(tx), effects: [{ kind: 'terminated' }] }
  if (A === undefined || A > now) return still(tx)
  const pause = tx.pause * 2
  return { state: { ...tx, pause, timers: { ...without(tx.timers, 'A'), A: A + pause } }, effects: [{ kind: 'send', request: tx.request }] }
}

/** §17.1.1.3: the ACK for a final response other than 2xx belongs to the INVITE's transaction. */
export function ackOf(invite: SipRequest, response: SipResponse): SipRequest {
  const { from, callId, cseq, via, route } = invite.headers
  return {
    method: 'ACK',
    uri: invite.uri,
    headers: {
      via: [topVia(via)],
      maxForwards: 70,
      ...(route && { route }),
      from,
      to: response.headers.to,
      callId,
      cseq: { sequence: cseq.sequence, method: 'ACK' },
    },
    body: noBody,
  }
}
