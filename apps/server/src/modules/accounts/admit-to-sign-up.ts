import type { FastifyReply } from 'fastify'
import { Refusal } from '../../platform/errors/index.ts'
import { countryOf } from '../../platform/http/index.ts'
import { type AgeLimit, judgeAge } from './age-check.ts'
import type { AccountServices } from './services.ts'

/**
 * Whether somebody may ask for an account here herself: by the country she names, and that a named proxy sees, and by her age, of which only the answer is kept. Throws
 * `accounts/country-not-served` (451, RFC 7725) and `accounts/too-young`.
 */
export function admitToSignUp(
  services: Pick<AccountServices, 'auth' | 'signUpCountries' | 'ageLimit'>,
  reply: FastifyReply,
  { age, country }: { readonly age: number; readonly country: string },
): AgeLimit | null {
  const { signUpCountries: served, ageLimit: limit } = services
  const seen = countryOf(reply.request)
  const elsewhere = served && [country, ...(seen === undefined ? [] : [seen])].find((one) => !served.includes(one))
  if (elsewhere !== undefined && elsewhere !== null) {
    throw new Refusal('accounts/country-not-served', {
      detail: `This server takes accounts of people in ${served?.join(', ')} only: it is not made for the law of other places. Nothing of what you typed was kept. Ask whoever runs it.`,
      country: elsewhere,
    })
  }
  if (limit === null || judgeAge(reply, services.auth.keys, { age, limit })) return limit
  throw new Refusal('accounts/too-young', {
    detail:
      'An account here cannot be opened by yourself. Ask a parent, guardian or teacher to open one. Nothing of what you typed was kept.',
  })
}
