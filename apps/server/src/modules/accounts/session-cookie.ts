import type { FastifyReply, FastifyRequest } from 'fastify'
import { giveCookie, readCookie, takeCookie } from '../../platform/http/index.ts'

/** The session's token out of a request, or undefined. */
export const readSessionCookie = (request: FastifyRequest): string | undefined => readCookie(request, 'session')

/** Hands the browser its session. */
export const setSessionCookie = (reply: FastifyReply, token: string): void => void giveCookie(reply, 'session', token)

/** Takes the session from the browser. */
export const clearSessionCookie = (reply: FastifyReply): void => takeCookie(reply, 'session')

/** What the browser that asked for an account keeps, or undefined. */
export const readSignUpCookie = (request: FastifyRequest): string | undefined => readCookie(request, 'signUp')

/** Marks the browser that asked for an account, for the two days its link works. */
export const setSignUpCookie = (reply: FastifyReply, token: string): void => void giveCookie(reply, 'signUp', token)

/** Takes the mark away once the link was opened. */
export const clearSignUpCookie = (reply: FastifyReply): void => takeCookie(reply, 'signUp')
