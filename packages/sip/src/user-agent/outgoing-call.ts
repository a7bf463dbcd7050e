import { ackIn, afterResponse, type Dialog, type Draft, dialogOfClient, requestIn } from '../dialogs/dialog.ts'
import type { SipRequest, SipResponse } from '../messages/message.ts'
import { tagOf } from '../messages/name-addr.ts'
import { isNext } from '../sessions/reliable.ts'
import { askForTimer, leastAfter422, leastSeconds, timerOfClient, usualSeconds } from '../sessions/session-timer.ts'
import type { Failure } from '../transactions/timers.ts'
import type { Sent } from './endpoint.ts'
import { sendAuthorized } from './send-authorized.ts'
import { type CallEvents, type CallGround, type Ending, Session } from './session.ts'

/** A call of ours, §13.2: from the INVITE until it is answered, refused or given up; then it is its session. */
export class OutgoingCall {
  readonly id: string
  readonly localTag: string
  readonly #ground: CallGround
  readonly #events: CallEvents
  readonly #enter: (session: Session) => void
  /** Early dialogs by the tag of their branch of the fork, with the last RSeq taken, RFC 3262 §4. */
  readonly #branches = new Map<string, { dialog: Dialog; last?: number }>()
  #draft: Draft
  /** The INVITE that was answered, as it went out. */
  #invite: SipRequest | undefined
  #least = leastSeconds
  #sent: Sent | undefined
  #session: Session | undefined
  #over = false
  #wanted = true

  constructor(draft: Draft, ground: CallGround, events: CallEvents, enter: (session: Session) => void) {
    this.#draft = draft
    this.id = draft.headers.callId
    this.localTag = tagOf(draft.headers.from) ?? ''
    this.#ground = ground
    this.#events = events
    this.#enter = enter
    this.#send()
  }

  /** The session, once the call is answered. */
  get session(): Session | undefined {
    return this.#session
  }

  /** Hangs up: a CANCEL while it rings (§9.1), a BYE when it is answered. */
  hangUp() {
    this.#wanted = false
    if (this.#session) this.#session.hangUp()
    else this.#sent?.cancel()
  }

  #send() {
    this.#sent = sendAuthorized(this.#ground, this.#draft, {
      next: (draft) => {
        this.#draft = renumbered(draft)
        return this.#draft
      },
      onResponse: (response, sent) => this.take(response, sent),
      onFailure: (failure) => this.#failed(failure),
    })
  }

  /** Takes the 2xx of a branch whose transaction has ended. */
  takeLate(response: SipResponse) {
    if (this.#invite) this.#answered(response, this.#invite)
  }

  /** Takes a response to the INVITE. */
  take(response: SipResponse, sent: SipRequest) {
    const { status, reason, headers } = response
    this.#invite = sent
    if (status < 200) return this.#progress(response, sent)
    if (status < 300) return this.#answered(response, sent)
    if (this.#over || this.#session) return
    const least = status === 422 ? leastAfter422(headers, this.#least) : undefined
    if (least !== undefined && this.#wanted) {
      // RFC 4028 §7.3: once more, with the least that somebody on the way asks for.
      this.#least = least
      this.#draft = renumbered({ ...this.#draft, headers: { ...this.#draft.headers, ...timerHeaders(least) } })
      return this.#send()
    }
    this.#end({ by: this.#wanted ? 'them' : 'us', status, reason: headers.reason?.[0] ?? reason })
  }

  #progress(response: SipResponse, sent: SipRequest) {
    const tag = tagOf(response.headers.to) ?? ''
    const made = dialogOfClient(sent, response)
    const branch = this.#branches.get(tag) ?? (made && { dialog: made })
    const { rseq, require } = response.headers
    const isReliable = rseq !== undefined && require?.some((option) => option.toLowerCase() === '100rel')
    if (branch) this.#branches.set(tag, branch)
    if (isReliable && branch) {
      if (!isNext(branch.last, rseq)) return
      branch.last = rseq
      const { request, dialog } = requestIn(branch.dialog, 'PRACK', { headers: { rack: { response: rseq, ...sent.headers.cseq } } })
      branch.dialog = dialog
      sendAuthorized(this.#ground, request, { next: renumbered, onResponse: () => {}, onFailure: () => {} })
    }
    this.#events.onProgress?.(response.status, response.body, tag)
  }

  #answered(response: SipResponse, sent: SipRequest) {
    const tag = tagOf(response.headers.to) ?? ''
    const early = this.#branches.get(tag)?.dialog ?? dialogOfClient(sent, response)
    if (!early) return
    const dialog = afterResponse(early, response)
    const ack = () => void this.#ground.endpoint.sendAck(ackIn(dialog, sent)).catch(() => {})
    ack() // each time the 2xx comes, §13.2.2.4
    if (this.#session) {
      if (this.#session.dialog.remoteTag !== tag && !this.#branches.get(tag)?.dialog.state.startsWith('term')) this.#dismiss(tag, dialog)
      return
    }
    this.#branches.set(tag, { dialog })
    const session = new Session(dialog, this.#draft.body, this.#ground, this.#events)
    this.#session = session
    this.#enter(session)
    session.begin(response.headers, timerOfClient(response.headers))
    // The 2xx crossed our CANCEL, §9.1.
    if (!this.#wanted) session.hangUp()
    else this.#events.onAnswered?.(response.body)
  }

  /** A second branch of a fork was answered: one session is enough, §13.2.2.4. */
  #dismiss(tag: string, dialog: Dialog) {
    const { request } = requestIn(dialog, 'BYE')
    this.#branches.set(tag, { dialog: { ...dialog, state: 'terminated' } })
    sendAuthorized(this.#ground, request, { next: renumbered, onResponse: () => {}, onFailure: () => {} })
  }

  #failed(failure: Failure | 'no server') {
    if (!this.#session) this.#end({ by: 'failure', reason: failure })
  }

  #end(ending: Ending) {
    if (this.#over) return
    this.#over = true
    this.#ground.forget()
    this.#events.onEnded?.(ending)
  }
}

/** The headers by which an INVITE asks for a session timer. */
export const timerHeaders = (least: number) => {
  const { sessionExpires, minSe } = askForTimer(usualSeconds, least)
  return { ...(sessionExpires && { sessionExpires }), ...(minSe && { minSe }) }
}

const renumbered = (draft: Draft): Draft => ({
  ...draft,
  headers: { ...draft.headers, cseq: { ...draft.headers.cseq, sequence: draft.headers.cseq.sequence + 1 } },
})
