import type { FastifyReply, FastifyRequest } from 'fastify'
import { absoluteLimit } from './sessions.ts'

/** On https the browser itself keeps the cookie from other hosts, paths and from plain http (RFC 6265bis §4.1.3.2). */
const cookieName = (request: FastifyRequest): string => (request.protocol === 'https' ? '__Host-frontdesk' : 'frontdesk')

/** The browser that asked for an account, so that another one cannot be talked into confirming it. */
const signUpCookieName = (request: FastifyRequest): string =>
  request.protocol === 'https' ? '__Host-frontdesk-sign-up' : 'frontdesk-sign-up'

const attributes = (request: FastifyRequest) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' }) as const

/** The session's token out of a request, or undefined. */
export const readSessionCookie = (request: FastifyRequest): string | undefined => request.cookies[cookieName(request)]

/** Hands the browser its session. */
export const setSessionCookie = (reply: FastifyReply, token: string): void =>
  void reply.setCookie(cookieName(reply.request), token, { ...attributes(reply.request), maxAge: absoluteLimit.total('seconds') })

/** Takes the session from the browser. */
export const clearSessionCookie = (reply: FastifyReply): void =>
  void reply.clearCookie(cookieName(reply.request), attributes(reply.request))

/** What the browser that asked for an account keeps, or undefined. */
export const readSignUpCookie = (request: FastifyRequest): string | undefined => request.cookies[signUpCookieName(request)]

/** Marks the browser that asked for an account, for the two days its link works. */
export const setSignUpCookie = (reply: FastifyReply, token: string): void =>
  void reply.setCookie(signUpCookieName(reply.request), token, { ...attributes(reply.request), maxAge: 2 * 86_400 })

/** Takes the mark away once the link was opened. */
export const clearSignUpCookie = (reply: FastifyReply): void =>
  void reply.clearCookie(signUpCookieName(reply.request), attributes(reply.request))
