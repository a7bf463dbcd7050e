import { parameter, withParameter } from '../messages/grammar.ts'
import { parseSeconds } from '../messages/header-values.ts'
import type { Headers } from '../messages/headers.ts'
import type { SipRequest } from '../messages/message.ts'
import type { NameAddr } from '../messages/name-addr.ts'
import { isSipUri, sameUri } from '../messages/uri.ts'

/** Where a user can be reached, until when (milliseconds), and which REGISTER said so, §10.3. */
export type Binding = {
  readonly contact: NameAddr
  readonly expiresAt: number
  readonly callId: string
  readonly sequence: number
}

/** Seconds and counts that a registrar allows. */
export type RegistrarLimits = { readonly least: number; readonly usual: number; readonly most: number; readonly contacts: number }

export const usualLimits: RegistrarLimits = { least: 60, usual: 3600, most: 7200, contacts: 10 }

/** The bindings after a REGISTER, and what it is answered with. Refused ones change nothing. */
export type RegisterOutcome = {
  readonly bindings: readonly Binding[]
  readonly status: number
  readonly headers: Pick<Headers, 'contact' | 'minExpires'>
}

/** Applies a REGISTER whose sender is known to be the user of the bindings, §10.3 steps 5 to 8: all of it or nothing. */
export function register(
  before: readonly Binding[],
  request: SipRequest,
  now: number,
  limits: RegistrarLimits = usualLimits,
): RegisterOutcome {
  const bindings = before.filter(({ expiresAt }) => expiresAt > now)
  const { contact, expires, callId, cseq } = request.headers
  const refuse = (status: number, headers: RegisterOutcome['headers'] = {}): RegisterOutcome => ({ bindings, status, headers })
  const isOld = (binding: Binding) => binding.callId === callId && binding.sequence >= cseq.sequence
  if (contact === undefined) return done(bindings, now)
  if (contact === '*') {
    // Step 6: all are removed, and only with an explicit 0.
    if (expires !== 0) return refuse(400)
    return bindings.some(isOld) ? refuse(500) : done([], now)
  }
  let after = bindings
  for (const wanted of contact) {
    if (!isSipUri(wanted.uri)) return refuse(400)
    const seconds = secondsOf(wanted, expires, limits)
    if (seconds > 0 && seconds < limits.least && seconds < 3600) return refuse(423, { minExpires: limits.least }) // step 7
    const known = after.find((binding) => sameUri(binding.contact.uri, wanted.uri))
    // A REGISTER that is older than what is known is out of order: nothing of it is done.
    if (known && isOld(known)) return refuse(500)
    after = after.filter((binding) => binding !== known)
    const granted = Math.min(seconds, limits.most)
    if (granted > 0) after = [...after, { contact: wanted, expiresAt: now + granted * 1000, callId, sequence: cseq.sequence }]
  }
  return after.length > limits.contacts ? refuse(403) : done(after, now)
}

/** The contact's own expires, else the request's; a malformed one counts as 3600 seconds, §10.2.1.1 and §20.10. */
function secondsOf(contact: NameAddr, expires: number | undefined, limits: RegistrarLimits): number {
  const own = parameter(contact.parameters, 'expires')
  if (own === undefined) return expires ?? limits.usual
  return /^\d+$/.test(own) ? parseSeconds(own, 'Contact') : 3600
}

/** Step 8: the answer lists every binding with what is left of it. */
const done = (bindings: readonly Binding[], now: number): RegisterOutcome => ({
  bindings,
  status: 200,
  headers:
    bindings.length === 0
      ? {}
      : {
          contact: bindings.map(({ contact, expiresAt }) => ({
            ...contact,
            parameters: withParameter(contact.parameters, 'expires', String(Math.ceil((expiresAt - now) / 1000))),
          })),
        },
})
