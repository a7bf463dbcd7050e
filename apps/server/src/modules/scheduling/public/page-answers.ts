import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import { allowFraming, type Limiter, languagesOf, type RateLimit, requestFacts } from '../../../platform/http/index.ts'
import { type Asker, allowNoticed, askerOf } from '../../privacy/index.ts'
import { type Page, renderPage } from './layout.ts'
import { type Message, renderMessage } from './message-page.ts'
import { plainQuery, type Visit } from './visit.ts'

/** What a page handler knows of its request. */
export type PageRequest = {
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** The fields of a form that was sent. */
  readonly form: Readonly<Record<string, string>>
  readonly languages: readonly string[]
  readonly origin: string
  readonly ip: string
  /** The entity tags of what the browser has already (`If-None-Match`). */
  readonly knownTags: readonly string[]
  /** What she decided about cookies, and what her browser asks for. */
  readonly asker: Asker
}

/** Reads a request for a page. */
export function pageRequest(request: FastifyRequest, publicUrl: string): PageRequest {
  const facts = requestFacts(request, publicUrl)
  return {
    path: request.url.split('?')[0] ?? '/',
    asker: askerOf(request),
    params: plainQuery(request.params),
    query: plainQuery(request.query),
    form: plainQuery(request.body),
    languages: facts.languages,
    origin: facts.origin,
    ip: facts.ip,
    knownTags: (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, '')),
  }
}

/** Sends a page. It is never kept: it shows what is free at this moment, or somebody's appointment. */
export function sendPage(reply: FastifyReply, visit: Visit, page: Page, status = 200): FastifyReply {
  if (page.isPrivate) reply.header('referrer-policy', 'no-referrer')
  else if (visit.notice) allowNoticed(reply, visit.notice)
  if (visit.framedBy) allowFraming(reply, visit.framedBy)
  return reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-language', visit.tag)
    .header('vary', 'accept-language')
    .send(renderPage(visit, page))
}

/** Answers with another address to look at; a form that was sent is not sent again by going back. */
export const seeOther = (reply: FastifyReply, address: string): FastifyReply =>
  // It shows nothing itself: whether the next page may stand in a frame is that page's affair.
  allowFraming(reply.header('cache-control', 'no-store'), ['*']).redirect(address, 303)

/** Counts a request. Throws `http/too-many-requests`. */
export async function requireSlowly(limiter: Limiter, limit: RateLimit, ip: string, nowMs: number): Promise<void> {
  const verdict = await limiter.take(limit, ip, nowMs)
  if (verdict.allowed) return
  throw new Refusal('http/too-many-requests', {
    detail: `Try again in ${verdict.resetSeconds} seconds. Nothing was changed.`,
    retryAfterSeconds: verdict.resetSeconds,
  })
}

const messages: Readonly<Partial<Record<Refusal['type'], { readonly status: number; readonly message: Message }>>> = {
  'http/not-found': { status: 404, message: 'notFound' },
  'scheduling/service-closed': { status: 410, message: 'closed' },
  'scheduling/link-invalid': { status: 410, message: 'link' },
}

/** Refusals of these pages become pages; anything else is answered as everywhere. */
export function answerRefusals(scope: FastifyInstance): void {
  scope.setErrorHandler((error, request, reply) => {
    const known = error instanceof Refusal ? messages[error.type] : undefined
    if (!known) throw error
    return reply
      .code(known.status)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(renderMessage(known.message, languagesOf(request.headers['accept-language'])))
  })
}
