import type { SipRequest, SipResponse } from '../messages/message.ts'
import type { ServerEvent, ServerStep } from './server-invite.ts'
import { T1, type Timers } from './timers.ts'

/** §17.2.2, figure 8: every request but INVITE and ACK. */
export type ServerOther = {
  readonly kind: 'server other'
  readonly state: 'trying' | 'proceeding' | 'completed' | 'terminated'
  readonly request: SipRequest
  readonly reliable: boolean
  readonly timers: Timers
  /** What the request is answered with when it comes again. */
  readonly last?: SipResponse
}

/** Takes a request. */
export const startServerOther = (request: SipRequest, reliable: boolean): ServerStep<ServerOther> => ({
  state: { kind: 'server other', state: 'trying', request, reliable, timers: {} },
  effects: [],
})

/** One step of the machine. A `timer` event takes whichever timer is due at `now`. */
export function stepServerOther(tx: ServerOther, event: ServerEvent, now: number): ServerStep<ServerOther> {
  switch (event.kind) {
    case 'request':
      return tx.last && tx.state !== 'terminated' ? { state: tx, effects: [{ kind: 'send', response: tx.last }] } : still(tx)
    case 'respond':
      return onRespond(tx, event.response, now)
    case 'timer': {
      const { J } = tx.timers
      return J !== undefined && J <= now ? { state: ended(tx), effects: [{ kind: 'terminated' }] } : still(tx)
    }
    case 'transport failed':
      if (tx.state === 'terminated') return still(tx)
      return { state: ended(tx), effects: [{ kind: 'failed', failure: 'transport' }, { kind: 'terminated' }] } // §17.2.4
  }
}

const still = (tx: ServerOther): ServerStep<ServerOther> => ({ state: tx, effects: [] })
const ended = (tx: ServerOther): ServerOther => ({ ...tx, state: 'terminated', timers: {} })

function onRespond(tx: ServerOther, response: SipResponse, now: number): ServerStep<ServerOther> {
  // §17.2.2: a second final response is discarded.
  if (tx.state === 'completed' || tx.state === 'terminated') return still(tx)
  const sent = { kind: 'send', response } as const
  if (response.status < 200) return { state: { ...tx, state: 'proceeding', last: response }, effects: [sent] }
  if (tx.reliable) return { state: { ...ended(tx), last: response }, effects: [sent, { kind: 'terminated' }] } // timer J is 0
  return { state: { ...tx, state: 'completed', last: response, timers: { J: now + 64 * T1 } }, effects: [sent] }
}
