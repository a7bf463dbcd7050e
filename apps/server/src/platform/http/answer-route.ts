import type { Person, Principal, Route } from '@frontdesk/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { audit, auditReading } from '../audit/index.ts'
import type { Database } from '../database/index.ts'
import { Refusal } from '../errors/index.ts'
import { withLogContext } from '../log/index.ts'
import { type FileAnswer, type FileStore, keepUpload, sendFile } from './file-answers.ts'
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
import type { Limiter } from './limiter.ts'
import { heedNumbers, NUMBERS_HEADER } from './numbers-in-text.ts'
import { parsePart } from './problems.ts'
import { everydayLimit } from './rate-limit.ts'
import { requestFacts } from './request-facts.ts'

/** Who knocks, as the accounts room knows it from cookie, API key and workspace header. */
export type Authentication = {
  readonly person?: Person
  readonly principal?: Principal
  /** Came by cookie, so the origin has to be ours. */
  readonly byCookie: boolean
}

/** What answering a route needs of the server's settings. */
export type RouteSettings = {
  readonly database: Database
  readonly authenticate: (request: FastifyRequest) => Promise<Authentication>
  readonly publicUrl?: () => string | undefined
  /** For the routes that take or give files. */
  readonly files?: FileStore
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/

/** Answers one request: who, how often, what, whether, then the work in one transaction. */
export async function answerRoute(
  { name, route, handler }: MountedRoute,
  settings: RouteSettings,
  limiter: Limiter,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { database } = settings
  const now = database.clock()
  const authentication = await identify(route, settings, request)
  await takeFromLimit(handler, authentication, limiter, request, reply, now)
  // Who and whether come before what: a stranger learns nothing about the shape of a route.
  if (route.access === 'person' && !authentication.person) throw new Refusal('http/not-signed-in')
  const member = route.access === 'member' ? memberOf(authentication) : undefined
  if (member) requirePermission(handler as MemberHandler<Route>, member.by)
  const typed = route.body ? parsePart(route.body, request.body, 'body') : undefined
  const { body, keptAsTyped } =
    member && !route.numbers ? heedNumbers(typed, request.headers[NUMBERS_HEADER]) : { body: typed, keptAsTyped: false }
  const knock: Knock = {
    params: (route.params ? parsePart(route.params, request.params, 'params') : undefined) as never,
    query: (route.query ? parsePart(route.query, request.query, 'query') : undefined) as never,
    body: body as never,
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
  await inside.before?.({ ...knock, database, workspaceId, by } as never)
  const files = filesFor(route, settings)
  const file = files && route.upload ? await keepUpload(files, request, { workspaceId, rule: route.upload, now }) : undefined
  const key = request.method === 'POST' && !route.answerIsSecret ? idempotencyKey(request) : undefined
  const version = (route.ifMatch ? versionOf(request) : undefined) as never

  const result = await withLogContext({ workspaceId }, () =>
    database.inWorkspace(workspaceId, async (tx) => {
      if (keptAsTyped)
        await audit(tx, by, { action: 'number.kept_as_typed', object: { type: 'request', id: knock.request.id }, result: 'done' })
      if (request.method === 'GET') await auditReading(tx, by, name)
      const write = async () => ({ status, answer: shaped(route, await inside.run({ ...knock, tx, by, version, file } as WorkspaceKnock)) })
      if (key === undefined) return { ...(await write()), replayed: false }
      return oncePerKey(
        tx,
        { principal: principalKey(by, request), key, requestHash: hashRequest(request.method, request.url, request.body), sealed: true },
        write,
      )
    }),
  ).catch(async (error: unknown) => {
    if (files && file) await files.erase(file)
    throw inside.afterRefusal ? await inside.afterRefusal(error, { ...knock, database, workspaceId, by } as never) : error
  })
  if (result.replayed) reply.header('idempotent-replayed', 'true')
  if (files && route.download) return sendFile(files, reply, result.answer as FileAnswer)
  return send(reply, result.status, result.answer)
}

function filesFor(route: Route, { files }: RouteSettings): FileStore | undefined {
  if (!route.upload && !route.download) return undefined
  if (!files) throw new Error('This server was built without a file store, which one of its routes needs.')
  return files
}

const requirePermission = (handler: MemberHandler<Route> | EntryHandler<Route>, by: Principal): void =>
  handler.policy.require(by, handler.may)

async function identify(route: Route, settings: RouteSettings, request: FastifyRequest): Promise<Authentication> {
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

async function takeFromLimit(
  handler: AnyHandler,
  authentication: Authentication,
  limiter: Limiter,
  request: FastifyRequest,
  reply: FastifyReply,
  now: Temporal.Instant,
): Promise<void> {
  const limit = handler.limit ?? everydayLimit
  const who = authentication.principal?.kind === 'api_key' ? authentication.principal.keyId : (authentication.person?.userId ?? request.ip)
  const verdict = await limiter.take(limit, who, now.epochMilliseconds)
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
const shaped = (route: Route, answer: unknown): unknown => {
  if (route.download) return answer // its parts become headers, and nothing else of it leaves
  return route.status === 204 ? undefined : route.answer.parse(answer)
}

function send(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  reply.code(status).header('cache-control', 'no-store')
  if (status === 204) return reply.send()
  if (typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'number')
    reply.header('etag', `"${body.version}"`)
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body))
}
