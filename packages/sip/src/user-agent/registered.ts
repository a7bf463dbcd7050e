import type { Clock } from '../clock.ts'
import type { Draft } from '../dialogs/dialog.ts'
import type { Credentials } from '../digest/digest-client.ts'
import { noBody } from '../messages/message.ts'
import type { NameAddr } from '../messages/name-addr.ts'
import type { SipUri, Uri } from '../messages/uri.ts'
import { newRegistration, type Registration, type RegistrationEvent, stepRegistration } from '../registration/registration.ts'
import type { Endpoint } from './endpoint.ts'
import { sendAuthorized } from './send-authorized.ts'

export type RegistrationWish = {
  readonly endpoint: Endpoint
  readonly clock: Clock
  readonly token: () => string
  readonly chance: () => number
  readonly credentials?: Credentials
  /** The domain that is asked, such as `sip:example.com`: without a user, §10.2. */
  readonly registrar: Uri
  /** Who is registered. */
  readonly address: NameAddr
  /** Where calls shall come to. */
  readonly contact: SipUri
  /** Seconds that are asked for. */
  readonly seconds?: number
  readonly onChange?: (state: Registration) => void
}

/** Keeps us registered, §10.2: sends what `stepRegistration` decides, at the time that it says. */
export class Registered {
  readonly #wish: RegistrationWish
  readonly #callId: string
  readonly #tag: string
  #sequence = 0
  #state: Registration
  #stopTimer = () => {}

  constructor(wish: RegistrationWish) {
    this.#wish = wish
    // §10.2: one Call-ID for all REGISTERs to a registrar, and numbers that grow.
    this.#callId = wish.token()
    this.#tag = wish.token()
    this.#state = newRegistration(wish.contact, wish.seconds)
  }

  get state(): Registration {
    return this.#state
  }

  /** Registers, and goes on. */
  start(): void {
    this.#step({ kind: 'start' })
  }

  /** Takes the binding away, so that no call is sent to where nobody is. */
  stop(): void {
    this.#step({ kind: 'stop' })
  }

  #step(event: RegistrationEvent): void {
    const { clock, chance, onChange } = this.#wish
    const { state, effects } = stepRegistration(this.#state, event, clock.now(), chance())
    this.#state = state
    this.#stopTimer()
    if (state.dueAt !== undefined) this.#stopTimer = clock.at(state.dueAt, () => this.#step({ kind: 'timer' }))
    for (const { seconds } of effects) this.#send(seconds)
    onChange?.(state)
  }

  #numbered(draft: Draft): Draft {
    this.#sequence++
    return { ...draft, headers: { ...draft.headers, cseq: { sequence: this.#sequence, method: 'REGISTER' } } }
  }

  #send(seconds: number): void {
    const { address, contact, registrar } = this.#wish
    const draft: Draft = {
      method: 'REGISTER',
      uri: registrar,
      headers: {
        maxForwards: 70,
        from: { ...address, parameters: [{ name: 'tag', value: this.#tag }] },
        to: { ...address, parameters: [] },
        callId: this.#callId,
        cseq: { sequence: 0, method: 'REGISTER' },
        contact: [{ uri: contact, parameters: [{ name: 'expires', value: String(seconds) }] }],
        expires: seconds,
      },
      body: noBody,
    }
    sendAuthorized(this.#wish, this.#numbered(draft), {
      next: (again) => this.#numbered(again),
      onResponse: (response) => {
        if (response.status >= 200) this.#step({ kind: 'response', response })
      },
      onFailure: (failure) => this.#step({ kind: 'failed', failure: failure === 'no server' ? 'transport' : failure }),
    })
  }
}
