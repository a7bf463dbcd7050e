import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import type { Person, Principal, Route } from '@frontdesk/contract'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type Database, isDatabaseAway } from '../database/index.ts'
import { Refusal } from '../errors/index.ts'
import { errorFields, type Log, withLogContext } from '../log/index.ts'
import type {
  AnyHandler,
  EntryHandler,
  Knock,
  MemberHandler,
  MountedRoute,
  OutsideHandler,
  PersonHandler,
  WorkspaceKnock,
} from './handlers.ts'
import { hashRequest, oncePerKey } from './idempotency.ts'
import { parsePart, sendProblem } from './problems.ts'
import { everydayLimit, RateLimiter } from './rate-limit.ts'
import { requestFacts } from './request-facts.ts'

/** Who knocks, as the accounts room knows it from cookie, API key and workspace header. */
export type Authentication = {
  readonly person?: Person
  readonly principal?: Principal /** Came by cookie, so the origin has to be ours. */
  readonly byCookie: boolean
}

export type HttpSettings = {
  readonly database: Database
  readonly log: Log
  readonly routes: readonly MountedRoute[]
  readonly authenticate: (request: FastifyRequest) => Promise<Authentication>
  /** Addresses of proxies whose X-Forwarded-* headers are believed. */
  readonly trustedProxies: readonly string[]
  /** scheme://host that people see, once it is known; otherwise the request's own host is used. */
  readonly publicUrl?: () => string | undefined
  readonly bodyLimitBytes?: number
  readonly tls?: { readonly options: Record<string, unknown> }
}

const BODY_LIMIT = 1_000_000
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/

/** Builds the HTTP server with every route of the API. Pages and assets are added by their own plugins. */
export async function createHttpServer(settings: HttpSettings): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: settings.bodyLimitBytes ?? BODY_LIMIT,
    trustProxy: settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    genReqId: () => randomUUID(),
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 400 },
    ...(settings.tls ? { https: settings.tls.options } : {}),
  } as object) as unknown as FastifyInstance
  const limiter = new RateLimiter()

  await app.register(cookie)
  answerErrors(app, settings.log)
  logRequests(app, settings.log)
  for (const mounted of settings.routes) addRoute(app, mounted, settings, limiter)
  return app
}

function addRoute(app: FastifyInstance, { name, route, handler }: MountedRoute, settings: HttpSettings, limiter: RateLimiter): void {
  const [method = 'GET', path = '/'] = name.split(' ')
  const url = `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`
  app.route({
    method,
    url,
    handler: (request, reply) =>
      withLogContext({ requestId: request.id }, () => answerRoute(route, handler, settings, limiter, request, reply)),
  })
}

async function answerRoute(
  route: Route,
  handler: AnyHandler,
  settings: HttpSettings,
  limiter: RateLimiter,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { database } = settings
  const now = database.clock()
  const authentication = await identify(route, settings, request)
  takeFromLimit(handler, authentication, limiter, request, reply, now)
  // Who and whether come before what: a stranger learns nothing about the shape of a route.
  if (route.access === 'person' && !authentication.person) throw new Refusal('http/not-signed-in')
  const member = route.access === 'member' ? memberOf(authentication) : undefined
  if (member) requirePermission(handler as MemberHandler<Route>, member.by)
  const knock: Knock = {
    params: (route.params ? parsePart(route.params, request.params, 'params') : undefined) as never,
    query: (route.query ? parsePart(route.query, request.query, 'query') : undefined) as never,
    body: (route.body ? parsePart(route.body, request.body, 'body') : undefined) as never,
    request: requestFacts(request, settings.publicUrl?.()),
    now,
  }
  const status = route.status ?? 200

  if (route.access === 'person') {
    const person = authentication.person as Person
    return send(reply, status, shaped(route, await (handler as PersonHandler<Route>).run({ ...knock, database, reply, person })))
  }
  if (route.access === 'public' && !('enter' in handler)) {
    return send(reply, status, shaped(route, await (handler as OutsideHandler<Route>).run({ ...knock, database, reply })))
  }

  const inside = handler as MemberHandler<Route> | EntryHandler<Route>
  const { workspaceId, by } = 'enter' in inside ? await inside.enter({ ...knock, database }) : memberOf(authentication)
  requirePermission(inside, by)
  const key = request.method === 'POST' ? idempotencyKey(request) : undefined
  const version = (route.ifMatch ? versionOf(request) : undefined) as never

  const result = await withLogContext({ workspaceId }, () =>
    database.inWorkspace(workspaceId, async (tx) => {
      const write = async () => ({ status, answer: shaped(route, await inside.run({ ...knock, tx, by, version } as WorkspaceKnock)) })
      if (key === undefined) return { ...(await write()), replayed: false }
      return oncePerKey(
        tx,
        { principal: principalKey(by, request), key, requestHash: hashRequest(request.method, request.url, request.body) },
        write,
      )
    }),
  ).catch(async (error: unknown) => {
    throw inside.afterRefusal ? await inside.afterRefusal(error, { ...knock, database, workspaceId, by } as never) : error
  })
  if (result.replayed) reply.header('idempotent-replayed', 'true')
  return send(reply, result.status, result.answer)
}

const requirePermission = (handler: MemberHandler<Route> | EntryHandler<Route>, by: Principal): void =>
  handler.policy.require(by, handler.may)

async function identify(route: Route, settings: HttpSettings, request: FastifyRequest): Promise<Authentication> {
  if (route.access === 'link' || route.access === 'public') return { byCookie: false }
  const authentication = await settings.authenticate(request)
  if (authentication.byCookie && request.method !== 'GET') refuseForeignOrigin(request, settings.publicUrl?.())
  return authentication
}

/** Cookies ride along on requests from other sites; browsers say where a request comes from (Fetch Metadata, Origin). */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  const origin = request.headers.origin
  if (site === undefined && origin !== undefined && (origin === `${request.protocol}://${request.host}` || origin === publicUrl)) return
  throw new Refusal('http/wrong-origin', { detail: 'Open Frontdesk itself and try again. Nothing was changed.' })
}

function memberOf(authentication: Authentication): { workspaceId: Principal['workspaceId']; by: Principal } {
  if (!authentication.principal) {
    if (!authentication.person) throw new Refusal('http/not-signed-in')
    throw new Refusal('http/not-allowed', { detail: 'You are not a member of this workspace, or none was chosen.' })
  }
  return { workspaceId: authentication.principal.workspaceId, by: authentication.principal }
}

function takeFromLimit(
  handler: AnyHandler,
  authentication: Authentication,
  limiter: RateLimiter,
  request: FastifyRequest,
  reply: FastifyReply,
  now: Temporal.Instant,
): void {
  const limit = handler.limit ?? everydayLimit
  const who = authentication.principal?.kind === 'api_key' ? authentication.principal.keyId : (authentication.person?.userId ?? request.ip)
  const verdict = limiter.take(limit, who, now.epochMilliseconds)
  reply.header('ratelimit-policy', `"${limit.name}";q=${limit.requests};w=${limit.seconds}`)
  reply.header('ratelimit', `"${limit.name}";r=${verdict.remaining};t=${verdict.resetSeconds}`)
  if (verdict.allowed) return
  reply.header('retry-after', String(verdict.resetSeconds))
  throw new Refusal('http/too-many-requests', {
    detail: `Try again in ${verdict.resetSeconds} seconds. Nothing was changed.`,
    retryAfterSeconds: verdict.resetSeconds,
  })
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && IDEMPOTENCY_KEY.test(key)) return key
  throw new Refusal('http/invalid-request', { detail: 'Idempotency-Key: use 1 to 200 visible ASCII characters.' })
}

function versionOf(request: FastifyRequest): number {
  const match = /^(?:W\/)?"?(\d{1,15})"?$/.exec(request.headers['if-match'] ?? '')
  if (match) return Number(match[1])
  throw new Refusal('http/version-required', { detail: 'Send If-Match with the version you read, for instance If-Match: "3".' })
}

const principalKey = (by: Principal, request: FastifyRequest): string => {
  switch (by.kind) {
    case 'member':
      return `member:${by.memberId}`
    case 'api_key':
      return `api_key:${by.keyId}`
    case 'contact_link':
      return `contact:${by.contactId}`
    case 'operator':
      return `operator:${by.grantId}`
    case 'visitor':
      return `visitor:${request.routeOptions.url ?? ''}`
    case 'system':
      return `system:${by.job}`
  }
}

/** What leaves is what the schema lists; anything else stays here. */
const shaped = (route: Route, answer: unknown): unknown => (route.status === 204 ? undefined : route.answer.parse(answer))

function send(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  reply.code(status).header('cache-control', 'no-store')
  if (status === 204) return reply.send()
  if (typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'number')
    reply.header('etag', `"${body.version}"`)
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body))
}

const bodyProblems: Readonly<Record<string, ['http/too-large' | 'http/not-json' | 'http/unsupported-media-type', string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['http/too-large', 'Send less at once. Nothing was saved.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['http/unsupported-media-type', 'Send application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['http/not-json', 'The body is empty.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['http/not-json', 'The body could not be read as JSON. Nothing was saved.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['http/not-json', 'The body was cut off. Nothing was saved.'],
}

function answerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    if (error instanceof Refusal) return sendProblem(reply, error.type, error.facts)
    const code = 'code' in error ? String(error.code) : ''
    const bodyProblem = bodyProblems[code]
    if (bodyProblem) return sendProblem(reply, bodyProblem[0], { detail: bodyProblem[1] })
    if (error instanceof SyntaxError && 'statusCode' in error)
      return sendProblem(reply, 'http/not-json', { detail: 'The body could not be read as JSON. Nothing was saved.' })
    if ('statusCode' in error && typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500) {
      return sendProblem(reply, 'http/invalid-request', { detail: 'The request could not be read. Nothing was saved.' })
    }
    if (isDatabaseAway(error)) {
      reply.header('retry-after', '2')
      return sendProblem(reply, 'http/unavailable', { detail: 'The database is restarting. Nothing was lost; try again in a moment.' })
    }
    const reference = request.id.slice(0, 8)
    log.error('http.unexpected', { reference, route: request.routeOptions.url, ...errorFields(error) })
    return sendProblem(reply, 'http/unexpected', {
      detail: `It was logged under ${reference}. Nothing was changed; try again, and tell the operator if it stays.`,
      reference,
    })
  })
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'http/not-found', { detail: 'Check the address.' }))
}

function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook('onResponse', async (request, reply) => {
    if (request.url === '/healthz') return
    withLogContext({ requestId: request.id }, () =>
      log.info('http.request', {
        method: request.method,
        route: request.routeOptions.url ?? '?',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      }),
    )
  })
}
