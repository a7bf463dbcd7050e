import { locales } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../log/index.ts'
import { type CookieClass, type CookieFacts, type CookieName, cookieRegister } from './cookie-register.ts'

/** What a reader let us keep, as her browser says it: a random id, under which the decision is proved, and the classes she agreed to. */
export type CookieChoice = { readonly id: string; readonly agreed: readonly CookieClass[] }

const HOST = '__Host-'
const letters = { p: 'preferences', s: 'statistics', m: 'marketing' } as const satisfies Record<string, CookieClass>
const known: ReadonlySet<string> = new Set(Object.values(cookieRegister).flatMap(({ name }) => [name, HOST + name]))

const nameFor = (request: FastifyRequest, { name }: CookieFacts): string => (request.protocol === 'https' ? HOST + name : name)

const attributes = (request: FastifyRequest) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' }) as const

/** The value of one of our cookies, or undefined. */
export const readCookie = (request: FastifyRequest, name: CookieName): string | undefined =>
  request.cookies[nameFor(request, cookieRegister[name])]

/**
 * Gives a browser one of the cookies of the register. What is not needed waits for the reader's decision; a preference that she chooses on the page itself lasts until her browser
 * is closed unless she agreed to more, and is not kept at all once she refused (as remembered from Article 29 Working Party, Opinion 04/2012, 3.6; counsel must check). Says whether it was given.
 */
export function giveCookie(reply: FastifyReply, name: CookieName, value: string): boolean {
  const facts: CookieFacts = cookieRegister[name]
  const { request } = reply
  const choice = readChoice(request)
  const agreed = facts.class === 'needed' || (choice?.agreed.includes(facts.class) ?? false)
  if (!agreed && (choice !== undefined || facts.class !== 'preferences')) return false
  const lasts = agreed && facts.seconds !== null ? { maxAge: facts.seconds } : {}
  reply.setCookie(nameFor(request, facts), value, { ...attributes(request), ...lasts })
  return true
}

/** Takes one of our cookies from the browser. */
export const takeCookie = (reply: FastifyReply, name: CookieName): void =>
  void reply.clearCookie(nameFor(reply.request, cookieRegister[name]), attributes(reply.request))

/** What the reader decided, as her browser keeps it; undefined: nothing yet. */
export function readChoice(request: FastifyRequest): CookieChoice | undefined {
  const [, id = '', agreed = ''] = /^([\w-]{22})\.(p?s?m?)$/.exec(readCookie(request, 'choices') ?? '') ?? []
  return id === '' ? undefined : { id, agreed: Object.entries(letters).flatMap(([letter, one]) => (agreed.includes(letter) ? [one] : [])) }
}

/** Keeps a decision in the browser. One that no longer agrees to preferences takes them away. */
export function keepChoice(reply: FastifyReply, { id, agreed }: CookieChoice): void {
  const said = Object.entries(letters).flatMap(([letter, one]) => (agreed.includes(one) ? [letter] : []))
  giveCookie(reply, 'choices', `${id}.${said.join('')}`)
  if (!agreed.includes('preferences')) takeCookie(reply, 'language')
}

const LANGUAGE: ReadonlySet<string> = new Set(locales)

/**
 * The one door for cookies: what is not in the register does not leave, whoever set it. The language that a reader chose on a page is kept here too, and comes before those of her
 * browser on every other page.
 */
export function guardCookies(app: FastifyInstance, log: Log): void {
  app.addHook('onRequest', async (request) => {
    const chosen = readCookie(request, 'language')
    if (chosen === undefined || !LANGUAGE.has(chosen)) return
    request.headers['accept-language'] = [chosen, request.headers['accept-language']].filter(Boolean).join(',')
  })
  app.addHook('onSend', async (request, reply) => {
    const set = [reply.getHeader('set-cookie') ?? []].flat().map(String)
    const ours = set.filter((cookie) => known.has(cookie.split('=', 1)[0] ?? ''))
    if (ours.length === set.length) return
    log.error('http.cookie_refused', { route: request.routeOptions.url })
    reply.removeHeader('set-cookie')
    if (ours.length > 0) reply.header('set-cookie', ours)
  })
}

/** Keeps the language of `?lang=` where a reader chose it on a public page. */
export function rememberLanguage(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith('/api/')) return
    const { lang } = request.query as { readonly lang?: unknown }
    if (typeof lang === 'string' && LANGUAGE.has(lang) && readCookie(request, 'language') !== lang) giveCookie(reply, 'language', lang)
  })
}
