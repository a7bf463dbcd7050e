import type { TransferSaid } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import type { z } from 'zod'
import { Refusal } from '../../platform/errors/index.ts'
import { countryOf } from '../../platform/http/index.ts'
import type { AcceptedDocument } from './acceptance.ts'
import { type AgeLimit, judgeAge } from './age-check.ts'
import type { AccountServices } from './services.ts'
import { agreedTransfer } from './transfer-consent.ts'

/** What she says of herself; neither age nor country is kept. */
export type AdmissionSaid = {
  readonly age: number
  readonly country: string
  readonly transfer?: z.output<typeof TransferSaid> | undefined
}

/** What is kept of it: the limit she has reached, and her agreement to a transfer where one is needed. */
export type Admission = { readonly ageLimit: AgeLimit | null; readonly agreed: readonly AcceptedDocument[] }

/**
 * Whether somebody may ask for an account here herself: by the country she names, and that a named proxy sees, by her age, of which only the answer is kept, and by her agreement where
 * her data would go to another country. Throws `accounts/country-not-served` (451, RFC 7725), `accounts/too-young` and `accounts/transfer-not-agreed`.
 */
export function admitToSignUp(
  services: Pick<AccountServices, 'auth' | 'signUpCountries' | 'ageLimit' | 'transferTo'>,
  reply: FastifyReply,
  { age, country, transfer }: AdmissionSaid,
): Admission {
  const { signUpCountries: served, ageLimit } = services
  const countries = countriesOf(reply, country)
  const elsewhere = served && countries.find((one) => !served.includes(one))
  if (elsewhere !== undefined && elsewhere !== null) {
    throw new Refusal('accounts/country-not-served', {
      detail: `This server takes accounts of people in ${served?.join(', ')} only: it is not made for the law of other places. Nothing of what you typed was kept. Ask whoever runs it.`,
      country: elsewhere,
    })
  }
  refuseTooYoung(services, reply, age, ageLimit)
  const agreed = agreedTransfer({ destination: services.transferTo, countries, said: transfer })
  return { ageLimit, agreed: agreed ? [agreed] : [] }
}

/** Where she lives by her own word, and by what a named proxy sees. */
export function countriesOf({ request }: FastifyReply, country: string): readonly string[] {
  const seen = countryOf(request)
  return seen === undefined ? [country] : [country, seen]
}

/** Throws `accounts/too-young` where a limit is set and she has not reached it, by the first answer of her browser. */
export function refuseTooYoung({ auth }: Pick<AccountServices, 'auth'>, reply: FastifyReply, age: number, limit: AgeLimit | null): void {
  if (limit === null || judgeAge(reply, auth.keys, { age, limit })) return
  throw new Refusal('accounts/too-young', {
    detail:
      'An account here cannot be opened by yourself. Ask a parent, guardian or teacher to open one. Nothing of what you typed was kept.',
  })
}
