import type { Clock } from '../clock.ts'
import type { SipRequest, SipResponse } from '../messages/message.ts'
import { type ClientEffect, type ClientEvent, type ClientInvite, startClientInvite, stepClientInvite } from './client-invite.ts'
import { type ClientOther, startClientOther, stepClientOther } from './client-other.ts'
import { cancelledKey, clientKey, serverKey } from './matching.ts'
import { type ServerEffect, type ServerEvent, type ServerInvite, startServerInvite, stepServerInvite } from './server-invite.ts'
import { type ServerOther, startServerOther, stepServerOther } from './server-other.ts'
import { type Failure, nextTimer } from './timers.ts'

/** Sends bytes of a message on its way. Reports a failure later, through `fail`. */
export type Send<Message> = (message: Message, fail: () => void) => void

/** What a client transaction tells its user, §17.1. */
export type ClientUser = {
  readonly onResponse: (response: SipResponse) => void
  /** 408 or 503 in the eyes of the user, §8.1.3.1. */
  readonly onFailure: (failure: Failure) => void
}

/** What a server transaction tells its user, §17.2. */
export type ServerUser = {
  /** Nobody answered within 200 ms: the user sends 100. */
  readonly onTrying?: () => void
  readonly onAcknowledged?: () => void
  /** The ACK of a 2xx. */
  readonly onAck?: (ack: SipRequest) => void
  readonly onFailure?: (failure: Failure) => void
  readonly onTerminated?: () => void
}

/** A running transaction, in the hand of its user. */
export type ClientTransaction = { readonly request: SipRequest; readonly state: () => string }
export type ServerTransaction = {
  readonly request: SipRequest
  readonly state: () => string
  readonly respond: (response: SipResponse) => void
}

type Running<State, Event> = {
  state: State
  /** Takes back the call at the next timer. */
  cancelTimer?: (() => void) | undefined
  readonly step: (event: Event) => void
}
type Client = Running<ClientInvite | ClientOther, ClientEvent>
type Server = Running<ServerInvite | ServerOther, ServerEvent> & { readonly handle: ServerTransaction }

/** How many transactions of a server there may be, each up to 32 s: some 700 calls a second. A flood of requests is answered no further, §26.3.2.4. */
const most = 50_000

/** The transactions of one user agent, §17: it keeps them, wakes them, and finds them for what arrives. */
export class TransactionLayer {
  readonly #clock: Clock
  readonly #clients = new Map<string, Client>()
  readonly #servers = new Map<string, Server>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** How many transactions there are. */
  get size(): { readonly clients: number; readonly servers: number } {
    return { clients: this.#clients.size, servers: this.#servers.size }
  }

  /** Whether another request may be taken. */
  get isFull(): boolean {
    return this.#servers.size >= most
  }

  /** Sends a request in a transaction of its own. An ACK of a 2xx has none: it is sent without this layer. */
  request(request: SipRequest, reliable: boolean, send: Send<SipRequest>, user: ClientUser): ClientTransaction {
    const key = clientKey(request)
    const clock = this.#clock
    const run = (effects: readonly ClientEffect[]) => {
      for (const effect of effects) {
        if (effect.kind === 'send') send(effect.request, () => client.step({ kind: 'transport failed' }))
        else if (effect.kind === 'response') user.onResponse(effect.response)
        else if (effect.kind === 'failed') user.onFailure(effect.failure)
        else this.#clients.delete(key)
      }
    }
    const client: Client = {
      ...first(request, reliable, clock.now()),
      step(event) {
        const { state, effects } =
          client.state.kind === 'client invite'
            ? stepClientInvite(client.state, event, clock.now())
            : stepClientOther(client.state, event, clock.now())
        client.state = state
        wake(clock, client, { kind: 'timer' })
        run(effects)
      },
    }
    this.#clients.set(key, client)
    wake(clock, client, { kind: 'timer' })
    run([{ kind: 'send', request }])
    return { request, state: () => client.state.state }
  }

  /** Gives a response to its transaction; false where there is none, as for the 2xx of another branch that comes late. */
  takeResponse(response: SipResponse): boolean {
    const client = this.#clients.get(clientKey(response))
    client?.step({ kind: 'response', response })
    return client !== undefined
  }

  /** Gives a repeated request or an ACK to its transaction; false where there is none. */
  takeRequest(request: SipRequest): boolean {
    const server = this.#servers.get(serverKey(request))
    if (!server) return false
    // The ACK of a 2xx has a branch of its own; one that has the INVITE's all the same is the dialog's too, RFC 6026 §8.5.
    server.step({ kind: 'request', request })
    return true
  }

  /** Begins the transaction of a request that was not seen before. */
  serve(request: SipRequest, reliable: boolean, send: Send<SipResponse>, user: ServerUser): ServerTransaction {
    const key = serverKey(request)
    const clock = this.#clock
    const run = (effects: readonly ServerEffect[]) => {
      for (const effect of effects) {
        if (effect.kind === 'send') send(effect.response, () => server.step({ kind: 'transport failed' }))
        else if (effect.kind === 'trying') user.onTrying?.()
        else if (effect.kind === 'acknowledged') user.onAcknowledged?.()
        else if (effect.kind === 'ack') user.onAck?.(effect.request)
        else if (effect.kind === 'failed') user.onFailure?.(effect.failure)
        else {
          this.#servers.delete(key)
          user.onTerminated?.()
        }
      }
    }
    const start = request.method === 'INVITE' ? startServerInvite(request, reliable, clock.now()) : startServerOther(request, reliable)
    const server: Server = {
      state: start.state,
      step(event) {
        const { state, effects } =
          server.state.kind === 'server invite'
            ? stepServerInvite(server.state, event, clock.now())
            : stepServerOther(server.state, event, clock.now())
        server.state = state
        wake(clock, server, { kind: 'timer' })
        run(effects)
      },
      handle: { request, state: () => server.state.state, respond: (response) => server.step({ kind: 'respond', response }) },
    }
    this.#servers.set(key, server)
    wake(clock, server, { kind: 'timer' })
    return server.handle
  }

  /** The INVITE that a CANCEL wants to end, §9.2. */
  cancelled(cancel: SipRequest): ServerTransaction | undefined {
    return this.#servers.get(cancelledKey(cancel))?.handle
  }

  /** Ends everything at once, telling nobody. */
  close(): void {
    for (const one of [...this.#clients.values(), ...this.#servers.values()]) one.cancelTimer?.()
    this.#clients.clear()
    this.#servers.clear()
  }
}

function first(request: SipRequest, reliable: boolean, now: number): { readonly state: ClientInvite | ClientOther } {
  return request.method === 'INVITE' ? startClientInvite(request, reliable, now) : startClientOther(request, reliable, now)
}

/** Sets the one call that a transaction waits for. */
function wake<Event>(clock: Clock, running: Running<ClientInvite | ClientOther | ServerInvite | ServerOther, Event>, timer: Event): void {
  running.cancelTimer?.()
  const next = nextTimer(running.state.timers)
  running.cancelTimer = next && clock.at(next.due, () => running.step(timer))
}
