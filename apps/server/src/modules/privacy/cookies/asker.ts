import type { FastifyRequest } from 'fastify'
import type { Keys } from '../../../platform/crypto/index.ts'
import { type CookieChoice, countryOf, readChoice, type Signals, signalsOf } from '../../../platform/http/index.ts'
import { type AgeLimit, knownAge } from '../../accounts/index.ts'

/** What a request says about its reader's privacy: what she decided here before, what her browser asks for, and her country where a named proxy says it. */
export type Asker = {
  readonly choice: CookieChoice | undefined
  readonly signals: Signals
  readonly country: string | undefined
  /** What this browser said before at an age screen. */
  readonly age: (keys: Keys, limit: AgeLimit) => ReturnType<typeof knownAge>
}

/** Reads it out of a request. */
export const askerOf = (request: FastifyRequest): Asker => ({
  choice: readChoice(request),
  signals: signalsOf(request),
  country: countryOf(request),
  age: (keys, limit) => knownAge(request, keys, limit),
})

/** Nobody asked for anything and nothing was decided. */
export const silentAsker: Asker = { choice: undefined, signals: { gpc: false, dnt: false }, country: undefined, age: () => undefined }
