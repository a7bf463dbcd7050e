import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../platform/errors/index.ts'
import type { RequestFacts } from '../../platform/http/index.ts'
import type { RelyingParty } from './passkeys.ts'
import type { AccountServices } from './services.ts'
import { setSessionCookie } from './session-cookie.ts'
import type { Arrival, StartedSession } from './sessions.ts'
import { type PresentedMe, showMe } from './show-me.ts'

/** Where a request comes from. */
export const arrivalOf = (request: RequestFacts): Arrival => ({ ip: request.ip, userAgent: request.userAgent })

/**
 * Refuses a browser that was sent here by another site: signing somebody in as somebody else is an attack too. Programs that say nothing about where they come from carry no
 * cookie that matters.
 */
export function refuseOtherSites(request: FastifyRequest, origin: string): void {
  const site = request.headers['sec-fetch-site']
  const from = request.headers.origin
  const ours = from === undefined || from === `${request.protocol}://${request.host}` || from === origin
  if ((site === undefined || site === 'same-origin' || site === 'none') && ours) return
  throw new Refusal('http/wrong-origin', { detail: 'Open Frontdesk itself and try again. Nothing was changed.' })
}

/** This server as the asking browser's passkeys know it: by the host in its address bar. */
export function relyingParty(request: FastifyRequest, origin: string): RelyingParty {
  const own = `${request.protocol}://${request.host}`
  const origins = [...new Set([own, origin])]
  return { id: request.hostname, origins: origins.filter((one) => new URL(one).hostname === request.hostname) }
}

/** Hands out the cookie of a session that was just started, and says who is signed in. */
export async function welcome(
  services: AccountServices,
  reply: FastifyReply,
  session: StartedSession,
): Promise<{ state: 'signed_in'; me: PresentedMe }> {
  setSessionCookie(reply, session.token)
  return { state: 'signed_in', me: await showMe(services, session) }
}
