import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import { problems } from '@frontdesk/contract'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Database } from '../database/index.ts'
import { Refusal } from '../errors/index.ts'
import { type Log, withLogContext } from '../log/index.ts'
import { withSpan } from '../traces/index.ts'
import { type Authentication, answerRoute } from './answer-route.ts'
import { guardCookies, rememberLanguage } from './cookies.ts'
import { docsPages } from './docs/index.ts'
import { answer, answerErrors } from './error-answers.ts'
import type { FileStore } from './file-answers.ts'
import type { MountedRoute } from './handlers.ts'
import { healthPages } from './health-pages.ts'
import { type Limiter, openLimiter } from './limiter.ts'
import { boundPatience, LONGEST_REQUEST_MS, type Patience } from './patience.ts'
import { leadToHttps } from './plain-http.ts'
import { problemDetails } from './problems.ts'
import { readBodies } from './read-bodies.ts'
import { secureHeaders } from './security-headers.ts'
import { answerUnknown } from './unknown-addresses.ts'
import { acceptUploads } from './uploads.ts'
import { serveWebApp } from './web-app.ts'

/** One answered request, by its route and never by its address. */
export type HttpObservation = { readonly method: string; readonly route: string; readonly status: number; readonly ms: number }

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
  /** For the routes that take or give files; they do not answer without it. */
  readonly files?: FileStore
  /** The version of Frontdesk, for the API's document. */
  readonly version?: string
  /** The folder of the built web app, which answers whatever the server itself does not. */
  readonly webApp?: string
  /** Told of each answer, for metrics. */
  readonly observe?: (answered: HttpObservation) => void
  /** Shorter waits, for tests. */
  readonly patience?: Patience
  readonly tls?: { readonly options: Record<string, unknown> }
}

const BODY_LIMIT = 1_000_000

/** How long a client may take: 15 s for the headers, two hours for the whole request with the largest file; `boundPatience` bounds everything else. Slow ones are answered with 408 and cut off. */
const timeouts = {
  headersTimeout: 15_000,
  requestTimeout: LONGEST_REQUEST_MS,
  connectionsCheckingInterval: 5000,
  keepAliveTimeout: 72_000,
  maxHeaderSize: 16_384,
}

/** Builds the HTTP server with every route of the API. Pages and assets are added by their own plugins. */
export async function createHttpServer(settings: HttpSettings): Promise<FastifyInstance> {
  const secure = settings.tls ? { https: { ...timeouts, ...settings.tls.options } } : { http: timeouts }
  const app = fastify({
    ...secure,
    logger: false,
    bodyLimit: settings.bodyLimitBytes ?? BODY_LIMIT,
    trustProxy: settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    genReqId: () => randomUUID(),
    requestTimeout: timeouts.requestTimeout,
    keepAliveTimeout: timeouts.keepAliveTimeout,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 400 },
    // What is refused before there is a route: an address that cannot be decoded.
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) =>
      void answer(request, reply, { type: 'http/invalid-request', facts: { detail: 'The address could not be read.' } }),
    clientErrorHandler: answerBrokenRequest,
  } as object) as unknown as FastifyInstance
  const limiter = openLimiter(() => settings.database)

  boundPatience(
    app,
    ({ socket }) => answerBrokenRequest(Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket),
    settings.patience,
  )
  await app.register(cookie)
  guardCookies(app, settings.log)
  rememberLanguage(app)
  secureHeaders(app)
  leadToHttps(app, settings.publicUrl ?? (() => undefined))
  readBodies(app)
  answerErrors(app, settings.log)
  answerUnknown(app, settings.webApp !== undefined)
  logRequests(app, settings)
  healthPages(app, settings.database)
  docsPages(app, settings.routes, settings.version ?? '0')
  if (settings.webApp) await serveWebApp(app, settings.webApp)
  for (const mounted of settings.routes) {
    const { upload } = mounted.route
    if (!upload) addRoute(app, mounted, settings, limiter)
    else {
      await app.register(async (scope) => {
        // One byte more than is taken, so that whoever keeps it says what is too much.
        await acceptUploads(scope, { fileBytes: upload.maxBytes + 1, files: 1 })
        addRoute(scope, mounted, settings, limiter)
      })
    }
  }
  return app
}

function addRoute(app: FastifyInstance, mounted: MountedRoute, settings: HttpSettings, limiter: Limiter): void {
  const { name, route } = mounted
  const [method = 'GET', path = '/'] = name.split(' ')
  app.route({
    method,
    ...(route.maxBodyBytes === undefined ? {} : { bodyLimit: route.maxBodyBytes }),
    ...(route.upload === undefined ? {} : { config: { takesFile: true } }),
    url: `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`,
    handler: (request, reply) =>
      withLogContext({ requestId: request.id }, () =>
        inSpan(request, reply, () => answerRoute(mounted, settings, limiter, request, reply)),
      ),
  })
}

/** The span of one request. What the caller sends as `traceparent` is continued, as the specification asks. */
function inSpan(request: FastifyRequest, reply: FastifyReply, work: () => Promise<FastifyReply>): Promise<FastifyReply> {
  const { method, protocol, headers } = request
  const route = request.routeOptions.url ?? '?'
  const parent = typeof headers.traceparent === 'string' ? headers.traceparent : undefined
  const attributes = { 'http.request.method': method, 'http.route': route, 'url.scheme': protocol }
  return withSpan({ name: `${method} ${route}`, kind: 'server', parent, attributes }, work, {
    done: () => ({ 'http.response.status_code': reply.statusCode }),
    failed: (error) => ({ 'http.response.status_code': error instanceof Refusal ? problems[error.type].status : 500 }),
  })
}

const brokenRequests: Readonly<Record<string, [status: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive.'],
}

/** What is not even HTTP gets problem details too, written by hand because there is no request yet. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy()
  const [status, detail] = brokenRequests[error.code ?? ''] ?? ['400 Bad Request', 'This is not a request that HTTP/1.1 knows.']
  const body = JSON.stringify({ ...problemDetails('http/invalid-request', { detail }), status: Number.parseInt(status, 10) })
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/problem+json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n${body}`,
  )
}

function logRequests(app: FastifyInstance, { log, observe }: HttpSettings): void {
  app.addHook('onResponse', async (request, reply) => {
    const answered = {
      method: request.method,
      route: request.routeOptions.url ?? '?',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }
    observe?.({ ...answered, ms: reply.elapsedTime })
    if (request.url === '/healthz' || request.url === '/readyz') return
    withLogContext({ requestId: request.id }, () => log.info('http.request', answered))
  })
}
