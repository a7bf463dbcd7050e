import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * What a page may load and who may frame it. `api`: nothing. `app`: the single-page app. `page`: a server-rendered page with our styles and scripts. `embeddable`: the
 * same, and any site may frame it; forms only, because they show nothing that a signed-in person owns.
 */
export type PageKind = 'api' | 'app' | 'page' | 'embeddable'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which headers this route's answers carry; by default `api` below /api and `page` elsewhere. */
    readonly page?: PageKind
  }
}

const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const ours =
  "script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"

/** The content security policies, without any inline script or style and without any other host. */
export const contentSecurity: Readonly<Record<PageKind, string>> = {
  api: nothing,
  app: `default-src 'none'; ${ours}; media-src 'self' blob:; frame-src 'self'; frame-ancestors 'none'`,
  page: `default-src 'none'; ${ours}; frame-ancestors 'none'`,
  embeddable: `default-src 'none'; ${ours}; frame-ancestors *`,
}

/** Two years. Only over HTTPS: over HTTP browsers ignore it, and a desk that is tried out without a certificate must stay reachable. */
const STRICT_TRANSPORT = 'max-age=63072000'

/** Puts the security headers on every answer, errors included. */
export function secureHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headersFor(kindOf(request), request.protocol === 'https'))
  })
}

/** Chooses the headers of this answer anew, where the route itself cannot know: a page that failed, the app's shell. */
export function asPage(reply: FastifyReply, kind: PageKind): FastifyReply {
  return reply.removeHeader('x-frame-options').headers(headersFor(kind, reply.request.protocol === 'https'))
}

/** Lets one page load from these hosts too: those that the business declared and the reader agreed to. Every other one stays blocked by the browser. */
export function allowHosts(reply: FastifyReply, kind: 'page' | 'embeddable', hosts: readonly string[]): FastifyReply {
  if (hosts.length === 0) return reply
  const named = hosts.map((host) => `https://${host}`).join(' ')
  const widened = contentSecurity[kind].replace(/(script-src|img-src|connect-src) 'self'/g, (own) => `${own} ${named}`)
  return reply.header('content-security-policy', widened)
}

/** Lets these sites, and this house itself, show one page in a frame; no site else may. For pages that show nothing a signed-in person owns. */
export function allowFraming(reply: FastifyReply, sites: readonly string[]): FastifyReply {
  const policy = String(reply.getHeader('content-security-policy') ?? contentSecurity.page)
  const ancestors = `frame-ancestors ${["'self'", ...sites].join(' ')}`
  reply.header('content-security-policy', policy.replace(/frame-ancestors [^;]+/, ancestors))
  if (sites.length === 0) return reply.header('x-frame-options', 'SAMEORIGIN')
  // A site that isolates itself loads only what says that it may be loaded.
  return reply.removeHeader('x-frame-options').header('cross-origin-resource-policy', 'cross-origin')
}

const kindOf = (request: FastifyRequest): PageKind =>
  request.routeOptions.config?.page ?? (request.url.startsWith('/api/') ? 'api' : 'page')

function headersFor(kind: PageKind, overHttps: boolean): Record<string, string> {
  return {
    'content-security-policy': contentSecurity[kind],
    'x-content-type-options': 'nosniff',
    'referrer-policy': kind === 'api' ? 'no-referrer' : 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    'x-permitted-cross-domain-policies': 'none',
    ...(kind === 'embeddable' ? {} : { 'x-frame-options': 'DENY' }), // for browsers that do not know frame-ancestors
    ...(overHttps ? { 'strict-transport-security': STRICT_TRANSPORT } : {}),
  }
}
