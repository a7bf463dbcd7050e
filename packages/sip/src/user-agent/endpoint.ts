import type { Clock } from '../clock.ts'
import { type Draft, nextHop } from '../dialogs/dialog.ts'
import { responseTo } from '../dialogs/responses.ts'
import { failsOver, type LocateOptions, locate, type Target } from '../location/locate.ts'
import { withoutBrackets } from '../messages/host.ts'
import { isRequest, noBody, type SipRequest, type SipResponse } from '../messages/message.ts'
import { parseMessage } from '../messages/parse-message.ts'
import { magicCookie, responseAddress, topVia, type Via, withSource } from '../messages/via.ts'
import { writeMessage } from '../messages/write-message.ts'
import type { Local, Peer, Transports } from '../sockets/transports.ts'
import { type ServerTransaction, type ServerUser, TransactionLayer } from '../transactions/layer.ts'
import type { Failure } from '../transactions/timers.ts'

/** How the world sees us behind NAT, where that is known; otherwise the addresses at which we listen. */
export type External = { readonly address: string; readonly port?: number }

export type EndpointOptions = {
  readonly clock: Clock
  readonly transports: Transports
  readonly locate: LocateOptions
  /** A text of chance that nobody can guess: tags, branches, Call-IDs. */
  readonly token: () => string
  readonly external?: External
  readonly onRequest: (arrived: Arrived) => void
  /** An ACK that belongs to no transaction: of a 2xx. */
  readonly onAck: (ack: SipRequest) => void
  /** A 2xx whose transaction has ended: of a branch of a fork that comes late. */
  readonly onLateResponse: (response: SipResponse) => void
}

/** A request that arrived, in a server transaction of its own. */
export type Arrived = {
  readonly request: SipRequest
  readonly peer: Peer
  readonly local: Local
  readonly serve: (user?: ServerUser & CancelUser) => ServerTransaction
}
type CancelUser = { readonly onCancel?: (cancel: SipRequest) => void }

/** What who sends a request is told. */
export type RequestUser = {
  /** Every response but 100: the provisional ones, the final one, and of an INVITE every 2xx of a fork. */
  readonly onResponse: (response: SipResponse, sent: SipRequest) => void
  readonly onFailure: (failure: Failure | 'no server') => void
}

/** A request that is under way. */
export type Sent = {
  /** Ends an INVITE that has no final response, §9.1: at once if it rings, else as soon as it does. */
  readonly cancel: () => void
}

/** What arrived, and what of it was refused, by the field that was wrong. */
export type Counts = { received: number; readonly malformed: Map<string, number>; dropped: number }

/** A server to try; `datagram` where a connection to it failed. */
type Way = Target & { readonly datagram?: true }
/** A request that is under way: whether its end is wanted, it rings, and it is over. */
type Under = { wanted: boolean; rings: boolean; done: boolean; cancel?: () => void }

/** §18.1.1: a datagram of more than this goes over TCP, because paths may not carry it. */
const largestDatagram = 1300

/** Joins transports, transactions and the DNS, §8 and §18: requests find their server, answers their way back. */
export class Endpoint {
  readonly counts: Counts = { received: 0, malformed: new Map(), dropped: 0 }
  readonly #options: EndpointOptions
  readonly #layer: TransactionLayer
  #closed = false
  readonly #cancels = new WeakMap<ServerTransaction, (cancel: SipRequest) => void>()

  constructor(options: EndpointOptions) {
    this.#options = options
    this.#layer = new TransactionLayer(options.clock)
  }

  /** How many transactions run. */
  get transactions(): { readonly clients: number; readonly servers: number } {
    return this.#layer.size
  }

  /** Takes what a transport received. */
  receive(bytes: Uint8Array, peer: Peer, local: Local) {
    this.counts.received++
    const parsed = parseMessage(bytes)
    if (!parsed.ok) {
      const { field, request, status } = parsed.fault
      this.counts.malformed.set(field, (this.counts.malformed.get(field) ?? 0) + 1)
      // RFC 4475: a malformed request is answered where an answer can be made; an ACK never.
      if (request && request.method !== 'ACK')
        this.#respond(responseTo(this.#seen(request, peer), status, { toTag: this.#options.token() }), peer)
      return
    }
    if (isRequest(parsed.message)) this.#request(this.#seen(parsed.message, peer), peer, local)
    else this.#response(parsed.message)
  }

  /** §18.2.1: the top Via says where the request really came from. */
  #seen<Message extends { readonly headers: { readonly via: readonly Via[] } }>(message: Message, { address, port }: Peer): Message {
    const [first, ...rest] = message.headers.via
    if (!first) return message
    return { ...message, headers: { ...message.headers, via: [withSource(first, address, port), ...rest] } }
  }

  #request(request: SipRequest, peer: Peer, local: Local) {
    if (this.#layer.takeRequest(request)) return
    if (request.method === 'ACK') return this.#options.onAck(request)
    if (this.#layer.isFull) {
      this.counts.dropped++
      return this.#respond(responseTo(request, 503, { headers: { retryAfter: 5 }, toTag: this.#options.token() }), peer)
    }
    const serve = (user: ServerUser & CancelUser = {}): ServerTransaction => {
      const trying = () => transaction.respond(responseTo(request, 100))
      const transaction: ServerTransaction = this.#layer.serve(
        request,
        peer.transport !== 'UDP',
        (response, fail) => this.#respond(response, peer, fail),
        {
          onTrying: trying,
          ...user,
        },
      )
      if (user.onCancel) this.#cancels.set(transaction, user.onCancel)
      return transaction
    }
    if (request.method !== 'CANCEL') return this.#options.onRequest({ request, peer, local, serve })
    // §9.2: answered by itself, and told to the INVITE if there is one.
    const invite = this.#layer.cancelled(request)
    serve().respond(responseTo(request, invite ? 200 : 481, { toTag: this.#options.token() }))
    if (invite) this.#cancels.get(invite)?.(request)
  }

  #response(response: SipResponse) {
    // §18.1.2 and §8.1.3.3: a response with more than our own Via is not for us.
    const isForUs = response.headers.via.length === 1
    if (isForUs && this.#layer.takeResponse(response)) return
    if (isForUs && response.headers.cseq.method === 'INVITE' && response.status >= 200 && response.status < 300)
      this.#options.onLateResponse(response)
    else this.counts.dropped++
  }

  /** §18.2.2: back on the connection the request came on, while it is open; else to where its Via says. */
  #respond(response: SipResponse, peer: Peer, fail: () => void = () => {}) {
    const via = topVia(response.headers.via)
    const { host, port } = responseAddress(via)
    const usual = peer.transport === 'TLS' ? 5061 : 5060
    const isBack = peer.transport !== 'UDP' && this.#options.transports.hasConnection(peer)
    const to: Peer = isBack ? peer : { transport: peer.transport, address: isLiteral(host) ? host : peer.address, port: port ?? usual }
    this.#options.transports.send(writeMessage(response), to).catch(fail)
  }

  /** Sends a request to the first server of its next hop that answers, RFC 3263 §4.3. */
  send(draft: Draft, user: RequestUser): Sent {
    const state: Under = { wanted: false, rings: false, done: false }
    this.#targets(draft).then(
      (targets) => this.#try(draft, targets, user, state),
      () => user.onFailure('no server'),
    )
    return {
      cancel: () => {
        if (state.done || state.wanted) return
        state.wanted = true
        if (state.rings) state.cancel?.()
      },
    }
  }

  #targets(draft: Draft): Promise<readonly Target[]> {
    return locate(nextHop(draft), this.#options.locate)
  }

  #try(draft: Draft, targets: readonly Way[], user: RequestUser, state: Under) {
    const [target, ...rest] = targets
    if (!target || this.#closed) {
      state.done = true
      return user.onFailure('no server')
    }
    const request = this.#withVia(draft, target)
    const { transport } = topVia(request.headers.via)
    const peer: Peer = { ...target, transport: transport === 'TCP' || transport === 'TLS' ? transport : 'UDP' }
    // §18.1.1: where the server does not listen for connections, the large request is sent in a datagram all the same.
    const others = peer.transport === target.transport ? rest : [{ ...target, datagram: true as const }, ...rest]
    const next = () => this.#try(draft, others, user, state)
    state.rings = false
    state.cancel = () => this.#cancel(request, peer)
    const send = (message: SipRequest, fail: () => void) => {
      this.#options.transports.send(writeMessage(message), peer).catch(fail)
    }
    this.#layer.request(request, peer.transport !== 'UDP', send, {
      onResponse: (response) => {
        if (response.status < 200) {
          state.rings = true
          if (state.wanted) state.cancel?.()
          if (response.status > 100) user.onResponse(response, request)
          return
        }
        if (!state.done && !state.wanted && others.length > 0 && failsOver(response)) return next()
        state.done = true
        user.onResponse(response, request)
      },
      onFailure: (failure) => {
        if (!state.wanted && others.length > 0) return next()
        state.done = true
        user.onFailure(failure)
      },
    })
  }

  /** §8.1.1.7 and §18.1.1: a Via with a new branch for each server; a request that is too large for a datagram goes over TCP. */
  #withVia(draft: Draft, target: Way): SipRequest {
    const over = (transport: Target['transport']): SipRequest => ({
      ...draft,
      headers: { via: [this.#via(transport, target.address)], ...draft.headers },
    })
    const request = over(target.transport)
    const isTooLarge =
      target.transport === 'UDP' &&
      !target.datagram &&
      this.#options.transports.localFor('TCP', target.address) !== undefined &&
      writeMessage(request).length > largestDatagram
    return isTooLarge ? over('TCP') : request
  }

  #via(transport: Target['transport'], towards: string): Via {
    const { host, port } = this.sentBy(transport, towards)
    return { transport, host, port, parameters: [{ name: 'branch', value: `${magicCookie}${this.#options.token()}` }, { name: 'rport' }] }
  }

  /** Where answers and requests reach us: the outer address behind NAT, else that at which we listen. */
  sentBy(transport: Target['transport'], towards: string): { readonly host: string; readonly port: number } {
    const { external, transports } = this.#options
    const local = transports.localFor(transport, towards)
    return { host: external?.address ?? local?.address ?? '127.0.0.1', port: external?.port ?? local?.port ?? 5060 }
  }

  /** §9.1: the Via, the Route, the target and the number of the INVITE. */
  #cancel(invite: SipRequest, peer: Peer) {
    const { via, route, from, to, callId, cseq } = invite.headers
    const request: SipRequest = {
      method: 'CANCEL',
      uri: invite.uri,
      headers: { via, maxForwards: 70, ...(route && { route }), from, to, callId, cseq: { sequence: cseq.sequence, method: 'CANCEL' } },
      body: noBody,
    }
    const send = (message: SipRequest, fail: () => void) => {
      this.#options.transports.send(writeMessage(message), peer).catch(fail)
    }
    this.#layer.request(request, peer.transport !== 'UDP', send, { onResponse: () => {}, onFailure: () => {} })
  }

  /** Sends the ACK of a 2xx, which is no transaction, §13.2.2.4. */
  async sendAck(draft: Draft): Promise<void> {
    const [target] = await this.#targets(draft)
    if (target) await this.#options.transports.send(writeMessage(this.#withVia(draft, target)), target)
  }

  /** Ends every transaction without a word. The transports stay open. */
  close() {
    this.#closed = true
    this.#layer.close()
  }
}

const isLiteral = (host: string): boolean => /^[\d.]+$/.test(host) || withoutBrackets(host).includes(':')
