import { type ProblemType, problems } from '@frontdesk/contract'
import { chooseLocale, translator } from '@frontdesk/i18n'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseAway } from '../database/index.ts'
import { Refusal, type RefusalFacts, sqlState } from '../errors/index.ts'
import { errorFields, type Log } from '../log/index.ts'
import { errorWords } from './error-words.ts'
import { html, renderHtml } from './html.ts'
import { sendProblem } from './problems.ts'
import { asPage } from './security-headers.ts'

type Answer = { readonly type: ProblemType; readonly facts: RefusalFacts }

const bodyProblems: Readonly<Record<string, Answer>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { type: 'http/too-large', facts: { detail: 'Send less at once. Nothing was saved.' } },
  FST_REQ_FILE_TOO_LARGE: { type: 'http/too-large', facts: { detail: 'The file is too large. Nothing was saved.' } },
  FST_FILES_LIMIT: { type: 'http/too-large', facts: { detail: 'These are too many files at once. Nothing was saved.' } },
  FST_PARTS_LIMIT: { type: 'http/too-large', facts: { detail: 'The form has too many parts. Nothing was saved.' } },
  FST_FIELDS_LIMIT: { type: 'http/too-large', facts: { detail: 'The form has too many fields. Nothing was saved.' } },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { type: 'http/unsupported-media-type', facts: { detail: 'Send application/json.' } },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { type: 'http/not-json', facts: { detail: 'The body was cut off. Nothing was saved.' } },
  FST_INVALID_MULTIPART_CONTENT_TYPE: { type: 'http/unsupported-media-type', facts: { detail: 'Send multipart/form-data.' } },
}

/** Answers every error: a refusal with its problem details, anything unexpected with a reference under which it was logged. */
export function answerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const known = expected(error)
    if (known) return answer(request, reply, known)
    const reference = request.id.slice(0, 8)
    log.error('http.unexpected', { reference, route: request.routeOptions.url, ...errorFields(error) })
    const detail = `It was logged under ${reference}. Nothing was changed; try again, and tell the operator if it stays.`
    return answer(request, reply, { type: 'http/unexpected', facts: { detail, reference } })
  })
}

function expected(error: FastifyError | Error): Answer | undefined {
  if (error instanceof Refusal) return { type: error.type, facts: error.facts }
  const code = 'code' in error ? String(error.code) : ''
  if (bodyProblems[code]) return bodyProblems[code]
  if ('statusCode' in error && typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500) {
    return { type: 'http/invalid-request', facts: { detail: 'The request could not be read. Nothing was saved.' } }
  }
  if (isDatabaseAway(error)) {
    return {
      type: 'http/unavailable',
      facts: { detail: 'The database is restarting. Nothing was lost; try again in a moment.', retryAfterSeconds: 2 },
    }
  }
  // 53100: PostgreSQL could not write (Appendix A of its manual). Reading goes on, so the desk stays open.
  if (sqlState(error) === '53100') {
    return {
      type: 'http/unavailable',
      facts: {
        detail: 'The disk of the server is full, so nothing can be saved at the moment. What was there before is kept. Tell the operator.',
        retryAfterSeconds: 60,
      },
    }
  }
  return undefined
}

/** Problem details; for somebody who opened a page, a page. */
export function answer(request: FastifyRequest, reply: FastifyReply, { type, facts }: Answer): FastifyReply {
  if (typeof facts.retryAfterSeconds === 'number') reply.header('retry-after', String(facts.retryAfterSeconds))
  if (isForPrograms(request) || !wantsHtml(request)) return sendProblem(reply, type, facts)
  return sendErrorPage(request, reply, type, facts)
}

/** The API, but for those of its pages that people read. */
const isForPrograms = ({ url }: FastifyRequest): boolean => url.startsWith('/api/') && !url.startsWith('/api/problems/')

const wantsHtml = (request: FastifyRequest): boolean => /\btext\/html\b/.test(request.headers.accept ?? '')

function sendErrorPage(request: FastifyRequest, reply: FastifyReply, type: ProblemType, facts: RefusalFacts): FastifyReply {
  const { status } = problems[type]
  const locale = chooseLocale(request.headers['accept-language'])
  const words = translator(errorWords, locale)
  const [title, text] = (() => {
    if (status === 404 || status === 405) return [words('notFoundTitle'), words('notFound')]
    if (status === 429) return [words('tooManyTitle'), words('tooMany')]
    if (status === 503) return [words('unavailableTitle'), words('unavailable')]
    if (status < 500) return [words('refusedTitle'), words('refused')]
    return [words('brokenTitle'), words('broken', { reference: String(facts.reference ?? '') })]
  })()
  asPage(reply, 'page').code(status).header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store')
  return reply.send(
    `<!doctype html>${renderHtml(html`<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${title}</title></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`)}`,
  )
}
