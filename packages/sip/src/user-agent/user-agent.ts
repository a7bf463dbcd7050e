import type { Clock } from '../clock.ts'
import { contactAt, type Draft, dialogKey, keyOfRequest } from '../dialogs/dialog.ts'
import { type Abilities, inspect, responseTo } from '../dialogs/responses.ts'
import type { Credentials } from '../digest/digest-client.ts'
import type { LocateOptions } from '../location/locate.ts'
import type { Headers } from '../messages/headers.ts'
import type { SipRequest, SipResponse } from '../messages/message.ts'
import { type NameAddr, tagOf } from '../messages/name-addr.ts'
import { isSipUri, type Uri, uriParameter } from '../messages/uri.ts'
import { branchOf, topVia } from '../messages/via.ts'
import { leastSeconds } from '../sessions/session-timer.ts'
import { type TransportOptions, Transports } from '../sockets/transports.ts'
import { type Arrived, Endpoint, type External } from './endpoint.ts'
import { IncomingCall } from './incoming-call.ts'
import { OutgoingCall, timerHeaders } from './outgoing-call.ts'
import { type CallEvents, type CallGround, described, Session } from './session.ts'

export type UserAgentOptions = {
  readonly clock: Clock
  readonly locate: LocateOptions
  /** A text of chance that nobody can guess, a token of §25.1. */
  readonly token: () => string
  /** From 0 to 1. */
  readonly chance: () => number
  readonly external?: External
  readonly sockets?: Omit<TransportOptions, 'clock' | 'onMessage'>
  /** A call to us. Nothing was answered yet; `undefined` means that nobody is there (480). */
  readonly onCall?: (call: IncomingCall) => void
  /** A REGISTER, for a registrar. */
  readonly onRegister?: (arrived: Arrived) => void
  /** How many calls there may be at once; further ones are refused with 503. */
  readonly mostCalls?: number
}

/** What it takes to call somebody. */
export type CallWish = {
  readonly to: Uri
  readonly from: NameAddr
  readonly offer: Uint8Array
  readonly credentials?: Credentials
  /** A proxy that all requests go through. */
  readonly route?: readonly NameAddr[]
  readonly headers?: Headers
}

const methods = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'INFO', 'UPDATE', 'PRACK', 'REFER', 'NOTIFY', 'REGISTER']
const abilities: Abilities = {
  methods,
  extensions: ['100rel', 'timer', 'replaces', 'norefersub'],
  types: ['application/sdp', 'application/dtmf-relay', 'application/dtmf', 'message/sipfrag'],
}

/** A user agent, §8: calls out and in over the transports that it listens on. */
export class UserAgent {
  readonly transports: Transports
  readonly endpoint: Endpoint
  readonly #options: UserAgentOptions
  /** What takes requests of a dialog. */
  readonly #dialogs = new Map<string, Session | IncomingCall>()
  readonly #outgoing = new Map<string, OutgoingCall>()
  /** INVITEs that were taken, to know one that comes over two ways, §8.2.2.2. */
  readonly #taken = new Map<string, string>()

  constructor(options: UserAgentOptions) {
    this.#options = options
    this.transports = new Transports({
      ...options.sockets,
      clock: options.clock,
      onMessage: (bytes, peer, local) => this.endpoint.receive(bytes, peer, local),
    })
    this.endpoint = new Endpoint({
      clock: options.clock,
      transports: this.transports,
      locate: options.locate,
      token: options.token,
      ...(options.external && { external: options.external }),
      onRequest: (arrived) => this.#request(arrived),
      onAck: (ack) => this.#ack(ack),
      onLateResponse: (response) => this.#late(response),
    })
  }

  /** How many calls and dialogs are open. */
  get size(): number {
    return this.#dialogs.size + this.#outgoing.size
  }

  #ground(forget: () => void, credentials?: Credentials): CallGround {
    const { clock, token, chance } = this.#options
    return { endpoint: this.endpoint, clock, token, chance, abilities, forget, ...(credentials && { credentials }) }
  }

  /** Calls somebody, §13.2. */
  call({ to, from, offer, credentials, route, headers }: CallWish, events: CallEvents): OutgoingCall {
    const { token } = this.#options
    const transport = uriParameter(to, 'transport')?.toUpperCase()
    const over = transport === 'TCP' || transport === 'TLS' ? transport : isSipUri(to) && to.scheme === 'sips' ? 'TLS' : 'UDP'
    const at = this.endpoint.sentBy(over, isSipUri(to) ? to.host : '')
    const draft: Draft = {
      method: 'INVITE',
      uri: to,
      headers: {
        maxForwards: 70,
        ...(route && { route }),
        from: { ...from, parameters: [{ name: 'tag', value: token() }] },
        to: { uri: to, parameters: [] },
        callId: token(),
        cseq: { sequence: 1, method: 'INVITE' },
        contact: [contactAt(isSipUri(from.uri) ? from.uri.user : undefined, at.host, at.port, over)],
        allow: methods,
        supported: abilities.extensions,
        ...timerHeaders(leastSeconds),
        ...described(offer),
        ...headers,
      },
      body: offer,
    }
    const key = `${draft.headers.callId} ${tagOf(draft.headers.from)}`
    const forget = () => {
      this.#outgoing.delete(key)
      const session = call.session
      if (session) this.#dialogs.delete(keyOf(session))
    }
    const call = new OutgoingCall(draft, this.#ground(forget, credentials), events, (session) => this.#dialogs.set(keyOf(session), session))
    this.#outgoing.set(key, call)
    return call
  }

  #request(arrived: Arrived) {
    const { request, serve } = arrived
    const refuse = (status: number, headers: Headers = {}) =>
      serve().respond(responseTo(request, status, { toTag: this.#options.token(), headers }))
    const key = keyOfRequest(request)
    const known = key === undefined ? undefined : this.#dialogs.get(key)
    const problem = inspect(request, abilities)
    if (problem) return refuse(problem.status, problem.headers)
    if (known) return known.take(arrived)
    if (key !== undefined) return refuse(481) // §12.2.2
    switch (request.method) {
      case 'INVITE':
        return this.#invite(arrived, refuse)
      case 'OPTIONS':
        return refuse(200, { allow: methods, supported: abilities.extensions, accept: [{ value: 'application/sdp', parameters: [] }] }) // §11.2
      case 'REGISTER':
        return this.#options.onRegister ? this.#options.onRegister(arrived) : refuse(405, { allow: methods })
      default:
        return refuse(request.method === 'REFER' ? 403 : 481)
    }
  }

  #invite(arrived: Arrived, refuse: (status: number, headers?: Headers) => void) {
    const { request, local } = arrived
    const { onCall, mostCalls = 2000, token } = this.#options
    const { callId, from, cseq, replaces } = request.headers
    const identity = `${callId} ${tagOf(from)} ${cseq.sequence}`
    const branch = branchOf(topVia(request.headers.via))
    if ((this.#taken.get(identity) ?? branch) !== branch) return refuse(482) // §8.2.2.2
    if (!onCall) return refuse(480)
    if (this.size >= mostCalls) return refuse(503, { retryAfter: 10 })
    const replaced = replaces && this.#dialogs.get(dialogKey(replaces.callId, replaces.toTag, replaces.fromTag))
    const session = replaced instanceof Session ? replaced : replaced?.session
    // RFC 3891 §3.
    if (replaces && (!session || session.ended)) return refuse(481)
    if (replaces?.earlyOnly) return refuse(486)
    const at = this.endpoint.sentBy(local.transport, local.address)
    const contact = contactAt(isSipUri(request.uri) ? request.uri.user : undefined, at.host, at.port, local.transport)
    const localTag = token()
    const dialog = dialogKey(callId, localTag, tagOf(from) ?? '')
    const forget = () => {
      this.#dialogs.delete(dialog)
      this.#taken.delete(identity)
    }
    const call = IncomingCall.of(arrived, localTag, contact, this.#ground(forget), session)
    if (!call) return refuse(400) // no Contact, §8.1.1.8
    this.#taken.set(identity, branch)
    this.#dialogs.set(dialog, call)
    onCall(call)
  }

  #ack(ack: SipRequest) {
    const known = this.#dialogs.get(keyOfRequest(ack) ?? '')
    if (known instanceof Session) known.onAck?.(ack)
    else known?.acknowledge(ack)
  }

  #late(response: SipResponse) {
    const { callId, from } = response.headers
    this.#outgoing.get(`${callId} ${tagOf(from)}`)?.takeLate(response)
  }

  /** Ends every call with a BYE or a refusal, and closes the sockets. */
  async close(): Promise<void> {
    for (const one of this.#dialogs.values()) {
      if (one instanceof Session) one.hangUp()
      else if (one.session) one.session.hangUp()
      else one.reject(503)
    }
    for (const call of this.#outgoing.values()) call.hangUp()
    // What was just said goes out before the sockets close; nobody waits for its answers.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    this.endpoint.close()
    await this.transports.close()
  }
}

const keyOf = ({ dialog }: Session): string => dialogKey(dialog.callId, dialog.localTag, dialog.remoteTag)
