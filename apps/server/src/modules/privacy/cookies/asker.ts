import type { FastifyRequest } from 'fastify'
import { type CookieChoice, countryOf, readChoice, type Signals, signalsOf } from '../../../platform/http/index.ts'

/** What a request says about its reader's privacy: what she decided here before, what her browser asks for, and her country where a named proxy says it. */
export type Asker = { readonly choice: CookieChoice | undefined; readonly signals: Signals; readonly country: string | undefined }

/** Reads it out of a request. */
export const askerOf = (request: FastifyRequest): Asker => ({
  choice: readChoice(request),
  signals: signalsOf(request),
  country: countryOf(request),
})

/** Nobody asked for anything and nothing was decided. */
export const silentAsker: Asker = { choice: undefined, signals: { gpc: false, dnt: false }, country: undefined }
