import { type Dialog, dialogOfServer, receive } from '../dialogs/dialog.ts'
import { responseTo } from '../dialogs/responses.ts'
import type { Headers } from '../messages/headers.ts'
import { noBody, type SipRequest } from '../messages/message.ts'
import type { NameAddr } from '../messages/name-addr.ts'
import { acknowledge, type ReliableServer, reliableTimer, sendReliable, startReliable } from '../sessions/reliable.ts'
import { answerTimer, usualSeconds } from '../sessions/session-timer.ts'
import type { ServerTransaction } from '../transactions/layer.ts'
import type { Arrived } from './endpoint.ts'
import { type CallEvents, type CallGround, described, type Ending, Session } from './session.ts'

/** A call to us, §13.3: from the INVITE until we answer or refuse it, or the caller gives up; then it is its session. */
export class IncomingCall {
  readonly request: SipRequest
  /** The session that this one takes the place of, RFC 3891. */
  readonly replaces: Session | undefined
  readonly #ground: CallGround
  readonly #transaction: ServerTransaction
  readonly #localTag: string
  readonly #contact: NameAddr
  #events: CallEvents = {}
  #dialog: Dialog
  #reliable: ReliableServer | undefined
  #queue: (() => void)[] = []
  #stopRepeat = () => {}
  #session: Session | undefined
  #over = false

  /** A call of an INVITE that arrived; undefined where the INVITE has no Contact and so cannot make a dialog. */
  static of(
    arrived: Arrived,
    localTag: string,
    contact: NameAddr,
    ground: CallGround,
    replaces: Session | undefined,
  ): IncomingCall | undefined {
    const dialog = dialogOfServer(arrived.request, localTag, contact)
    return dialog && new IncomingCall(arrived, dialog, contact, ground, replaces)
  }

  private constructor(arrived: Arrived, dialog: Dialog, contact: NameAddr, ground: CallGround, replaces: Session | undefined) {
    this.request = arrived.request
    this.replaces = replaces
    this.#ground = ground
    this.#dialog = dialog
    this.#localTag = dialog.localTag
    this.#contact = contact
    this.#transaction = arrived.serve({
      onCancel: () => this.#giveUp({ by: 'them', status: 487, reason: 'the caller gave up' }),
      onAck: (ack) => this.acknowledge(ack),
    })
  }

  get session(): Session | undefined {
    return this.#session
  }

  get over(): boolean {
    return this.#over
  }

  /** Who is told what happens. */
  listen(events: CallEvents) {
    this.#events = events
  }

  #respond(status: number, headers: Headers = {}, body: Uint8Array = noBody) {
    const response = responseTo(this.request, status, { toTag: this.#localTag, headers: { ...headers, ...described(body) }, body })
    this.#transaction.respond(response)
    return response
  }

  /** Lets the caller hear that it rings; with a body, early media. Reliably where the caller can (RFC 3262) and it is asked for. */
  ring(status = 180, body: Uint8Array = noBody, reliably = body.length > 0) {
    if (this.#over || this.#session) return
    const { supported, require } = this.request.headers
    const can = [...(supported ?? []), ...(require ?? [])].some((option) => option.toLowerCase() === '100rel')
    const must = require?.some((option) => option.toLowerCase() === '100rel') ?? false
    const headers = { contact: [this.#contact], allow: this.#ground.abilities.methods }
    if (!(can && reliably) && !must) return void this.#respond(status, headers, body)
    if (this.#reliable?.waiting) return void this.#queue.push(() => this.ring(status, body, reliably))
    const { clock, chance } = this.#ground
    const start = this.#reliable ?? startReliable(this.request.headers.cseq, 1 + Math.floor(chance() * 2 ** 30))
    const { state, sequence } = sendReliable(start, clock.now())
    this.#reliable = state
    this.#repeat(() => this.#respond(status, { ...headers, require: ['100rel'], rseq: sequence }, body))
  }

  #repeat(send: () => void) {
    send()
    const wait = () => {
      const due = this.#reliable?.waiting && Math.min(this.#reliable.waiting.due, this.#reliable.waiting.end)
      if (due === undefined) return
      this.#stopRepeat = this.#ground.clock.at(due, () => {
        if (!this.#reliable) return
        const { state, act } = reliableTimer(this.#reliable, this.#ground.clock.now())
        this.#reliable = state
        if (act === 'give up') return this.#giveUp({ by: 'failure', status: 504, reason: 'no PRACK came' })
        if (act === 'repeat') send()
        wait()
      })
    }
    wait()
  }

  /** Answers with a description. Only when the media are ready: the caller speaks at once. */
  answer(body: Uint8Array) {
    if (this.#over || this.#session) return
    // RFC 3262 §3: what was said reliably is acknowledged first.
    if (this.#reliable?.waiting) return void this.#queue.push(() => this.answer(body))
    const timer = answerTimer(this.request.headers, usualSeconds)
    if (!timer.ok) return this.#giveUp({ by: 'failure', status: 422, reason: 'the session timer is too short' }, timer.headers)
    const agreed = this.request.headers.sessionExpires ? timer : undefined
    const session = new Session({ ...this.#dialog, state: 'confirmed' }, body, this.#ground, this.#events)
    this.#session = session
    session.begin(this.request.headers, agreed?.timer)
    const { methods, extensions } = this.#ground.abilities
    const headers: Headers = { contact: [this.#contact], allow: methods, supported: extensions, ...agreed?.headers, ...described(body) }
    session.repeatUntilAck(this.#transaction, responseTo(this.request, 200, { toTag: this.#localTag, headers, body }))
    this.replaces?.end({ by: 'us', reason: 'replaced by another call' }, true) // RFC 3891 §3
  }

  /** Refuses the call. */
  reject(status: number, headers: Headers = {}) {
    this.#giveUp({ by: 'us', status, reason: 'refused' }, headers)
  }

  /** The ACK of our 2xx. */
  acknowledge(ack: SipRequest) {
    const session = this.#session
    if (!session?.onAck) return
    session.onAck(ack)
    this.#events.onAnswered?.(ack.body)
  }

  /** Takes a request of the dialog: before the answer PRACK and BYE, then all that a session takes. */
  take(arrived: Arrived) {
    if (this.#session) return this.#session.take(arrived)
    const { request, serve } = arrived
    const transaction = serve()
    const answer = (status: number, headers: Headers = {}) => transaction.respond(responseTo(request, status, { headers }))
    const received = receive(this.#dialog, request)
    if (!received.ok) return answer(received.status)
    this.#dialog = received.dialog
    if (request.method === 'BYE') {
      answer(200)
      return this.#giveUp({ by: 'them', status: 487, reason: 'the caller gave up' }) // §15.1.2
    }
    if (request.method === 'PRACK' && this.#reliable) {
      const { state, status } = acknowledge(this.#reliable, request.headers.rack)
      this.#reliable = state
      answer(status)
      if (status !== 200) return
      this.#stopRepeat()
      return this.#queue.shift()?.()
    }
    // RFC 3311 §5.2: the offer of the INVITE is not answered yet.
    if (request.method === 'UPDATE') return answer(500, { retryAfter: 2 })
    answer(request.method === 'PRACK' ? 481 : 405, { allow: this.#ground.abilities.methods })
  }

  #giveUp(ending: Ending & { readonly status: number }, headers: Headers = {}) {
    if (this.#over || this.#session) return
    this.#over = true
    this.#stopRepeat()
    this.#respond(ending.status, headers)
    this.#ground.forget()
    this.#events.onEnded?.(ending)
  }
}
