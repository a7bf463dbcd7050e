import { timingSafeEqual } from 'node:crypto'
import { generateCodeVerifier, generateState } from 'arctic'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { noWorkspace, tokenHash } from '../../platform/crypto/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { giveCookie, languagesOf, openLimiter, readCookie, takeCookie } from '../../platform/http/index.ts'
import { errorFields, type Log } from '../../platform/log/index.ts'
import { linkLimit } from './limits.ts'
import { arriveFrom, type Departure, departTo, type ProviderName, type Providers } from './provider-identity.ts'
import { providerMayReceive } from './provider-may-receive.ts'
import { isRecentProof, requireRecentProof } from './recent-proof.ts'
import type { AccountServices } from './services.ts'
import { readSessionCookie, setSessionCookie } from './session-cookie.ts'
import { type FoundSession, findSession } from './sessions.ts'
import { linkProvider, proveWithProvider, signInWithProvider } from './sign-in-with-provider.ts'

export type ProviderPagesDeps = {
  readonly services: AccountServices
  readonly providers: Providers
  /** scheme://host that people see, once it is known. */
  readonly publicUrl: () => string | undefined
  readonly log: Log
}

const Intent = z.enum(['sign-in', 'link', 'confirm'])
/** A place of this app to come back to; never another site. */
const Back = z
  .string()
  .max(300)
  .regex(/^\/(?![/\\])[\w\-./?=&#]*$/)
const Start = z.object({ intent: Intent.default('sign-in'), back: Back.default('/') })
const Return = z.object({
  state: z.string().max(500).optional(),
  code: z.string().max(4000).optional(),
  error: z.string().max(500).optional(),
})
const Kept = z.object({
  provider: z.enum(['google', 'facebook']),
  intent: Intent,
  back: Back,
  state: z.string(),
  verifier: z.string(),
  nonce: z.string(),
  redirectUri: z.string(),
})

const bound = { workspaceId: noWorkspace, table: 'cookie', column: 'elsewhere', rowId: 'departure' }

/** `GET /auth/{provider}` leaves for the provider, `GET /auth/{provider}/callback` comes back. What went wrong is told to the page as `?problem=`. */
export const providerPages =
  ({ services, providers, publicUrl, log }: ProviderPagesDeps) =>
  (app: FastifyInstance): void => {
    const limiter = openLimiter(() => services.database)
    const admitted = async (request: FastifyRequest) =>
      (await limiter.take(linkLimit, request.ip, services.auth.clock().epochMilliseconds)).allowed

    for (const name of ['google', 'facebook'] as const) {
      app.get(`/auth/${name}`, async (request, reply) => {
        if (!(await admitted(request))) return turnBack(reply, '/sign-in', 'http/too-many-requests')
        return depart(request, reply, name)
      })
      app.get(`/auth/${name}/callback`, async (request, reply) => {
        if (!(await admitted(request))) return turnBack(reply, '/sign-in', 'http/too-many-requests')
        return comeBack(request, reply, name)
      })
    }

    async function depart(request: FastifyRequest, reply: FastifyReply, name: ProviderName): Promise<FastifyReply> {
      const settings = providers[name]
      if (!settings) return turnBack(reply, '/sign-in', 'accounts/provider-not-configured')
      if (!(await providerMayReceive(services, name))) return turnBack(reply, '/sign-in', 'privacy/recipient-stopped')
      const { intent, back } = Start.catch({ intent: 'sign-in', back: '/' }).parse(request.query)
      if (intent !== 'sign-in') {
        const session = await sessionOf(request)
        if (!session || request.headers['sec-fetch-site'] === 'cross-site') return turnBack(reply, '/sign-in', 'http/not-signed-in')
        if (intent === 'link' && !isRecentProof(session.authenticatedAt, services.auth.clock()))
          return turnBack(reply, back, 'accounts/reauthentication-required')
      }
      const departure: Departure = {
        state: generateState(),
        verifier: generateCodeVerifier(),
        nonce: generateState(),
        redirectUri: `${publicUrl() ?? `${request.protocol}://${request.host}`}/auth/${name}/callback`,
      }
      const kept = services.auth.keys.encrypt(JSON.stringify({ ...departure, provider: name, intent, back }), bound)
      giveCookie(reply, 'elsewhere', kept)
      return reply.header('cache-control', 'no-store').redirect(departTo(name, settings, departure).toString(), 303)
    }

    async function comeBack(request: FastifyRequest, reply: FastifyReply, name: ProviderName): Promise<FastifyReply> {
      const settings = providers[name]
      const kept = readKept(request)
      takeCookie(reply, 'elsewhere')
      if (!settings || kept?.provider !== name) return turnBack(reply, '/sign-in', 'accounts/link-invalid')
      const { state, code, error } = Return.catch({}).parse(request.query)
      const origin = kept.intent === 'sign-in' ? '/sign-in' : kept.back
      if (state === undefined || !same(state, kept.state)) return turnBack(reply, origin, 'accounts/link-invalid')
      if (error !== undefined || code === undefined) return turnBack(reply, origin, 'accounts/wrong-credentials')
      if (!(await providerMayReceive(services, name))) return turnBack(reply, origin, 'privacy/recipient-stopped')
      try {
        const identity = await arriveFrom(name, settings, kept, code, services.auth.clock()).catch((cause: unknown) => {
          log.warn('accounts.provider_failed', { provider: name, ...errorFields(cause) })
          throw new Refusal('accounts/wrong-credentials', { detail: 'The provider did not confirm who you are. Try again.' })
        })
        if (kept.intent === 'sign-in') {
          const arrival = { ip: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 400) }
          const result = await signInWithProvider(services, identity, arrival, languagesOf(request.headers['accept-language'])[0] ?? null)
          if (result.state === 'asked_first') {
            giveCookie(reply, 'elsewhere', result.token)
            return reply.redirect(`/sign-up?elsewhere=${name}&back=${encodeURIComponent(kept.back)}`, 303)
          }
          if (result.state === 'second_factor') return reply.redirect(`/sign-in#challenge=${result.challenge}`, 303)
          setSessionCookie(reply, result.session.token)
          return reply.redirect(kept.back, 303)
        }
        const session = await sessionOf(request)
        if (!session) return turnBack(reply, '/sign-in', 'http/not-signed-in')
        if (kept.intent === 'link') {
          requireRecentProof(session.authenticatedAt, services.auth.clock())
          await linkProvider(services, session, identity)
        } else {
          await proveWithProvider(services, session, identity)
        }
        return reply.redirect(kept.back, 303)
      } catch (refused) {
        if (refused instanceof Refusal) return turnBack(reply, origin, refused.type)
        throw refused
      }
    }

    function readKept(request: FastifyRequest): z.output<typeof Kept> | undefined {
      try {
        return Kept.parse(JSON.parse(services.auth.keys.decrypt(readCookie(request, 'elsewhere') ?? '', bound)))
      } catch {
        return undefined // missing, old or forged: all the same
      }
    }

    const sessionOf = async (request: FastifyRequest): Promise<FoundSession | undefined> => {
      const token = readSessionCookie(request)
      return token === undefined ? undefined : findSession(services, token)
    }
  }

const same = (given: string, kept: string) => timingSafeEqual(Buffer.from(tokenHash(given)), Buffer.from(tokenHash(kept)))

function turnBack(reply: FastifyReply, page: string, problem: string): FastifyReply {
  const separator = page.includes('?') ? '&' : '?'
  return reply.header('cache-control', 'no-store').redirect(`${page}${separator}problem=${encodeURIComponent(problem)}`, 303)
}
