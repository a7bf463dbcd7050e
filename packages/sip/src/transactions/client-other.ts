import type { SipRequest, SipResponse } from '../messages/message.ts'
import type { ClientEvent, ClientStep } from './client-invite.ts'
import { type Failure, T1, T2, T4, type Timers } from './timers.ts'

/** §17.1.2, figure 6: every request but INVITE and ACK. */
export type ClientOther = {
  readonly kind: 'client other'
  readonly state: 'trying' | 'proceeding' | 'completed' | 'terminated'
  readonly request: SipRequest
  readonly reliable: boolean
  readonly timers: Timers
  /** The pause before the next retransmission, timer E. */
  readonly pause: number
}

/** Sends a request and begins to wait, §17.1.2.2. */
export function startClientOther(request: SipRequest, reliable: boolean, now: number): ClientStep<ClientOther> {
  const timers: Timers = reliable ? { F: now + 64 * T1 } : { E: now + T1, F: now + 64 * T1 }
  return { state: { kind: 'client other', state: 'trying', request, reliable, timers, pause: T1 }, effects: [{ kind: 'send', request }] }
}

/** One step of the machine. A `timer` event takes whichever timer is due at `now`. */
export function stepClientOther(tx: ClientOther, event: ClientEvent, now: number): ClientStep<ClientOther> {
  const isOpen = tx.state === 'trying' || tx.state === 'proceeding'
  switch (event.kind) {
    case 'response':
      return isOpen ? onResponse(tx, event.response, now) : still(tx)
    case 'timer':
      return onTimer(tx, now)
    case 'transport failed':
      return isOpen ? failed(tx, 'transport') : still(tx)
  }
}

const still = (tx: ClientOther): ClientStep<ClientOther> => ({ state: tx, effects: [] })
const ended = (tx: ClientOther): ClientOther => ({ ...tx, state: 'terminated', timers: {} })
const failed = (tx: ClientOther, failure: Failure): ClientStep<ClientOther> => ({
  state: ended(tx),
  effects: [{ kind: 'failed', failure }, { kind: 'terminated' }],
})

function onResponse(tx: ClientOther, response: SipResponse, now: number): ClientStep<ClientOther> {
  const seen = { kind: 'response', response } as const
  // A provisional response slows the retransmissions down at their next turn; it does not stop them, nor timer F.
  if (response.status < 200) return { state: { ...tx, state: 'proceeding' }, effects: [seen] }
  if (tx.reliable) return { state: ended(tx), effects: [seen, { kind: 'terminated' }] } // timer K is 0
  return { state: { ...tx, state: 'completed', timers: { K: now + T4 } }, effects: [seen] }
}

function onTimer(tx: ClientOther, now: number): ClientStep<ClientOther> {
  const { E, F, K } = tx.timers
  if (F !== undefined && F <= now) return failed(tx, 'timeout')
  if (K !== undefined && K <= now) return { state: ended(tx), effects: [{ kind: 'terminated' }] }
  if (E === undefined || E > now) return still(tx)
  const pause = tx.state === 'proceeding' ? T2 : Math.min(tx.pause * 2, T2)
  return { state: { ...tx, pause, timers: { ...tx.timers, E: E + pause } }, effects: [{ kind: 'send', request: tx.request }] }
}
