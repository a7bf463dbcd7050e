import type { Clock } from '../clock.ts'
import { ackIn, afterResponse, type Dialog, type Draft, receive, requestIn } from '../dialogs/dialog.ts'
import { responseTo } from '../dialogs/responses.ts'
import type { Credentials } from '../digest/digest-client.ts'
import type { Headers } from '../messages/headers.ts'
import { noBody, type SipRequest, type SipResponse } from '../messages/message.ts'
import type { NameAddr } from '../messages/name-addr.ts'
import { glare, mayOffer, noOffers, type Offers, retryAfter491 } from '../sessions/offers.ts'
import {
  answerTimer,
  askForTimer,
  leastSeconds,
  type SessionTimer,
  timerOfClient,
  timesOf,
  usualSeconds,
} from '../sessions/session-timer.ts'
import type { ServerTransaction } from '../transactions/layer.ts'
import { T1, T2 } from '../transactions/timers.ts'
import type { Arrived, Endpoint } from './endpoint.ts'
import { sendAuthorized } from './send-authorized.ts'

/** How a call ended: who ended it, and with which answer. */
export type Ending = {
  readonly by: 'us' | 'them' | 'failure'
  /** A final response of the INVITE, where there is one. */
  readonly status?: number
  readonly reason: string
}

/** What a call tells. Descriptions are SDP as bytes; what they agree on is for sdp/ and the media. */
export type CallEvents = {
  /** 180, 183 … with early media where there is a body. Of a fork, each branch by its tag. */
  readonly onProgress?: (status: number, body: Uint8Array, branch: string) => void
  /** The session stands. For who called, with the answer (or an offer, where we made none). */
  readonly onAnswered?: (body: Uint8Array) => void
  /** A new offer in the session: the answer, or undefined to refuse it with 488. */
  readonly onOffer?: (body: Uint8Array) => Uint8Array | undefined
  readonly onInfo?: (type: string, body: Uint8Array) => void
  /** The other side wants us to call somebody: what it is told by NOTIFY is `notify`'s. */
  readonly onRefer?: (to: NameAddr, notify: (status: number, reason: string) => void) => void
  /** How far a transfer that we asked for has come. */
  readonly onTransfer?: (status: number) => void
  readonly onEnded?: (ending: Ending) => void
}

/** What a call stands on. */
export type CallGround = {
  readonly endpoint: Endpoint
  readonly clock: Clock
  readonly token: () => string
  readonly chance: () => number
  readonly abilities: { readonly methods: readonly string[]; readonly extensions: readonly string[] }
  readonly credentials?: Credentials
  /** Takes the call out of the list of dialogs. */
  readonly forget: () => void
}

export type Outcome =
  | { readonly ok: true; readonly body: Uint8Array }
  | { readonly ok: false; readonly status: number; readonly reason: string }

const sdpType = { value: 'application/sdp', parameters: [] }
/** Headers of a body that describes a session. */
export const described = (body: Uint8Array): Headers => (body.length > 0 ? { contentType: sdpType } : {})

/** The session of a confirmed dialog, §14 and §15: it is held, moved, refreshed and ended here, whoever began it. */
export class Session {
  dialog: Dialog
  readonly #ground: CallGround
  readonly #events: CallEvents
  #offers: Offers = noOffers
  #local: Uint8Array
  #ended = false
  #timer: SessionTimer | undefined
  /** Of the session timer, of a 2xx that waits for its ACK, and of offers that are tried again. */
  #stopTimer: (() => void)[] = []
  #stopRepeat = () => {}
  #stopWaiting: (() => void)[] = []
  #allow: readonly string[] = []

  constructor(dialog: Dialog, local: Uint8Array, ground: CallGround, events: CallEvents) {
    this.dialog = dialog
    this.#local = local
    this.#ground = ground
    this.#events = events
  }

  get ended(): boolean {
    return this.#ended
  }

  /** What the other side allows, and the session timer that was agreed on, from the message that made the session. */
  begin(headers: Headers, timer: SessionTimer | undefined) {
    this.#allow = headers.allow ?? []
    this.#setTimer(timer)
  }

  /** Sends a request in the dialog, with credentials where they are asked for. */
  request(
    method: string,
    more: { readonly headers?: Headers; readonly body?: Uint8Array },
    done: (response: SipResponse | undefined, sent: SipRequest | undefined) => void,
  ) {
    const { request, dialog } = requestIn(this.dialog, method, more)
    this.dialog = dialog
    sendAuthorized(this.#ground, request, {
      next: (draft) => this.#renumbered(draft),
      onResponse: (response, sent) => {
        if (response.status >= 200) done(response, sent)
      },
      onFailure: () => done(undefined, undefined),
    })
  }

  #renumbered(draft: Draft): Draft {
    const sequence = this.dialog.localSequence + 1
    this.dialog = { ...this.dialog, localSequence: sequence }
    return { ...draft, headers: { ...draft.headers, cseq: { ...draft.headers.cseq, sequence } } }
  }

  /** Offers a new description: hold, another address, other codecs. Waits and repeats where two offers cross, §14.1. */
  offer(body: Uint8Array): Promise<Outcome> {
    return new Promise((resolve) => this.#reinvite(body, resolve))
  }

  #reinvite(body: Uint8Array, resolve: (outcome: Outcome) => void) {
    if (this.#ended) return resolve({ ok: false, status: 481, reason: 'the call has ended' })
    if (!mayOffer(this.#offers, 'INVITE')) return this.#again(body, resolve)
    this.#offers = { offer: 'ours', invite: 'ours' }
    const asked = this.#timer ? askForTimer(this.#timer.seconds, leastSeconds, this.#timer.weRefresh ? 'uac' : 'uas') : {}
    this.request('INVITE', { headers: { ...described(body), ...asked, allow: this.#ground.abilities.methods }, body }, (response, sent) => {
      this.#offers = noOffers
      if (!response || !sent) {
        this.end({ by: 'failure', reason: 'no answer to a new offer' }, true)
        return resolve({ ok: false, status: 408, reason: 'no answer' })
      }
      const { status, reason } = response
      if (status < 300) {
        this.dialog = afterResponse(this.dialog, response)
        this.#local = body
        void this.#ground.endpoint.sendAck(ackIn(this.dialog, sent)).catch(() => {})
        this.#setTimer(timerOfClient(response.headers))
        return resolve({ ok: true, body: response.body })
      }
      if (status === 491) return this.#again(body, resolve)
      // §12.2.1.2: the other side has forgotten the dialog.
      if (status === 481 || status === 408) this.end({ by: 'failure', status, reason }, status === 408)
      resolve({ ok: false, status, reason })
    })
  }

  /** Sends digits or other news, RFC 6086. */
  info(type: string, body: Uint8Array): Promise<Outcome> {
    return this.#ask('INFO', { headers: { contentType: { value: type, parameters: [] } }, body })
  }

  /** Asks the other side to call somebody, RFC 3515; how far it comes is `onTransfer`. With `replaces` in the URI it is an attended transfer. */
  refer(to: NameAddr): Promise<Outcome> {
    return this.#ask('REFER', { headers: { referTo: to } })
  }

  #ask(method: string, more: { readonly headers?: Headers; readonly body?: Uint8Array }): Promise<Outcome> {
    return new Promise((resolve) => {
      if (this.#ended) return resolve({ ok: false, status: 481, reason: 'the call has ended' })
      this.request(method, more, (response) => {
        if (!response) return resolve({ ok: false, status: 408, reason: 'no answer' })
        const { status, reason, body } = response
        if (status === 481) this.end({ by: 'failure', status, reason }, false)
        resolve(status < 300 ? { ok: true, body } : { ok: false, status, reason })
      })
    })
  }

  /** Takes a request that belongs to the dialog. */
  take({ request, serve }: Arrived) {
    const transaction = serve()
    const answer = (status: number, headers: Headers = {}, body: Uint8Array = noBody) =>
      transaction.respond(responseTo(request, status, { headers: { ...headers, ...described(body) }, body }))
    const received = receive(this.dialog, request)
    if (!received.ok || this.#ended) return answer(received.ok ? 481 : received.status)
    this.dialog = received.dialog
    switch (request.method) {
      case 'BYE':
        answer(200)
        return this.end({ by: 'them', reason: request.headers.reason?.[0] ?? 'BYE' }, false)
      case 'INVITE':
      case 'UPDATE':
        return this.#takeOffer(request, request.method, transaction)
      case 'INFO':
        answer(200)
        return this.#events.onInfo?.(request.headers.contentType?.value ?? '', request.body)
      case 'REFER':
        return this.#takeRefer(request, answer)
      case 'NOTIFY':
        return this.#takeNotify(request, answer)
      case 'OPTIONS':
        return answer(200, { allow: this.#ground.abilities.methods, supported: this.#ground.abilities.extensions })
      default:
        return answer(request.method === 'PRACK' ? 481 : 405, { allow: this.#ground.abilities.methods })
    }
  }

  #takeOffer(request: SipRequest, method: 'INVITE' | 'UPDATE', transaction: ServerTransaction) {
    const refuse = (status: number, headers: Headers = {}) => transaction.respond(responseTo(request, status, { headers }))
    const crossed = glare(this.#offers, method, request.body.length > 0)
    if (crossed) return refuse(crossed.status, 'retryAfter' in crossed ? { retryAfter: Math.floor(this.#ground.chance() * 11) } : {})
    const timer = answerTimer(request.headers, this.#timer?.seconds ?? usualSeconds)
    if (!timer.ok) return refuse(422, timer.headers)
    // Without an offer in an INVITE we offer what stands, §14.2; the answer comes with the ACK.
    const body = request.body.length > 0 ? this.#events.onOffer?.(request.body) : method === 'INVITE' ? this.#local : noBody
    if (!body) return refuse(488)
    if (body.length > 0) this.#local = body
    const agreed = request.headers.sessionExpires || this.#timer ? timer : undefined
    const response = responseTo(request, 200, {
      headers: { contact: [this.dialog.localContact], allow: this.#ground.abilities.methods, ...agreed?.headers, ...described(body) },
      body,
    })
    if (agreed) this.#setTimer(agreed.timer)
    if (method === 'UPDATE') return transaction.respond(response)
    this.#offers = { offer: request.body.length > 0 ? 'none' : 'ours', invite: 'theirs' }
    this.repeatUntilAck(transaction, response)
  }

  /** The ACK that ends the repeating of a 2xx. */
  onAck: ((ack: SipRequest) => void) | undefined

  /** §13.3.1.4: a 2xx is repeated until its ACK comes, over every transport; without one in 64 T1 the session is ended. */
  repeatUntilAck(transaction: ServerTransaction, response: SipResponse) {
    const { clock } = this.#ground
    const end = clock.now() + 64 * T1
    let stop = () => {}
    const repeat = (pause: number) => {
      if (clock.now() >= end) return this.end({ by: 'failure', reason: 'no ACK came' }, true)
      transaction.respond(response)
      stop = clock.at(Math.min(end, clock.now() + pause), () => repeat(Math.min(pause * 2, T2)))
    }
    this.onAck = (ack) => {
      stop()
      if (ack.body.length > 0 && this.#offers.offer === 'ours') this.#events.onOffer?.(ack.body)
      this.#offers = noOffers
      this.onAck = undefined
    }
    this.#stopRepeat = () => stop()
    repeat(T1)
  }

  #takeRefer(request: SipRequest, answer: (status: number, headers?: Headers) => void) {
    const { referTo } = request.headers
    if (!referTo) return answer(400)
    if (!this.#events.onRefer) return answer(603)
    answer(202, { contact: [this.dialog.localContact] })
    const event = { value: 'refer', parameters: [{ name: 'id', value: String(request.headers.cseq.sequence) }] }
    const notify = (status: number, reason: string) => {
      if (this.#ended) return
      const state =
        status < 200
          ? { value: 'active', parameters: [{ name: 'expires', value: '60' }] }
          : { value: 'terminated', parameters: [{ name: 'reason', value: 'noresource' }] }
      const contentType = { value: 'message/sipfrag', parameters: [{ name: 'version', value: '2.0' }] }
      this.request(
        'NOTIFY',
        { headers: { event, subscriptionState: state, contentType }, body: Buffer.from(`SIP/2.0 ${status} ${reason}\r\n`) },
        () => {},
      )
    }
    notify(100, 'Trying') // RFC 3515 §2.4.4: one NOTIFY at once
    this.#events.onRefer(referTo, notify)
  }

  #takeNotify(request: SipRequest, answer: (status: number) => void) {
    if (request.headers.event?.value !== 'refer') return answer(489)
    answer(200)
    const [, status] = /^SIP\/2\.0 (\d{3})/.exec(Buffer.from(request.body).toString('latin1')) ?? []
    if (status) this.#events.onTransfer?.(Number(status))
  }

  /** RFC 4028 §10: refreshes by UPDATE where it is allowed, else by an INVITE; ends a session that nobody refreshed. */
  #setTimer(timer: SessionTimer | undefined) {
    for (const stop of this.#stopTimer.splice(0)) stop()
    this.#timer = timer
    if (!timer) return
    const { refresh, over } = timesOf(timer)
    this.#stopTimer.push(this.#later(over, () => this.end({ by: 'failure', reason: 'the session was not refreshed' }, true)))
    if (refresh !== undefined) this.#stopTimer.push(this.#later(refresh, () => this.#refresh(timer)))
  }

  #refresh(timer: SessionTimer) {
    if (!this.#allow.some((method) => method.toUpperCase() === 'UPDATE')) return void this.offer(this.#local)
    this.request('UPDATE', { headers: askForTimer(timer.seconds, leastSeconds, 'uac') }, (response) => {
      if (!response || response.status === 481 || response.status === 408)
        return this.end({ by: 'failure', reason: 'the session was not refreshed' }, true)
      if (response.status < 300) this.#setTimer(timerOfClient(response.headers) ?? timer)
    })
  }

  #later(ms: number, act: () => void): () => void {
    const { clock } = this.#ground
    return clock.at(clock.now() + ms, act)
  }

  /** §14.1: after a pause of chance, because the other side waits as well. */
  #again(body: Uint8Array, resolve: (outcome: Outcome) => void) {
    this.#stopWaiting.push(
      this.#later(retryAfter491(this.dialog.role === 'uac', this.#ground.chance()), () => this.#reinvite(body, resolve)),
    )
  }

  /** Hangs up, §15.1.1. */
  hangUp(reason = 'we hung up') {
    this.end({ by: 'us', reason }, true)
  }

  /** Ends the session once, with a BYE where the other side does not know. */
  end(ending: Ending, bye: boolean) {
    if (this.#ended) return
    this.#ended = true
    for (const stop of [...this.#stopTimer.splice(0), this.#stopRepeat, ...this.#stopWaiting.splice(0)]) stop()
    if (bye) this.request('BYE', {}, () => this.#ground.forget())
    else this.#ground.forget()
    this.#events.onEnded?.(ending)
  }
}
