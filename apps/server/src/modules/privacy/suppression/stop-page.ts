import formbody from '@fastify/formbody'
import { chooseLocale, textDirection, translator } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import { html, type Limiter, languagesOf, openLimiter, type RateLimit, renderHtml } from '../../../platform/http/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { portalLink } from '../requests/portal-link.ts'
import { stopWords } from './stop.words.ts'
import { readStopToken, stopMail, stopState, undoStop } from './stop-link.ts'
import { stopPageSurroundings } from './surroundings.ts'

type Stop = FastifyRequest<{ Params: { token: string } }>

/** Guesses at links, counted for all web processes together. A mail scanner opens many at once from one address. */
const stopLimit: RateLimit = { name: 'stop-link', requests: 240, seconds: 60, shared: true }

/** The page behind a stop link. It works without script, and opening it changes nothing: mail scanners open every link. */
export function stopPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await scope.register(formbody)
    const limiter = openLimiter(() => stopPageSurroundings.get().database)
    scope.get('/stop/:token', (request: Stop, reply) => show(limiter, request, reply))
    scope.post('/stop/:token', (request: Stop, reply) => show(limiter, request, reply, stopMail))
    scope.post('/stop/:token/undo', (request: Stop, reply) => show(limiter, request, reply, undoStop))
  })
}

async function show(limiter: Limiter, request: Stop, reply: FastifyReply, act?: typeof stopMail): Promise<FastifyReply> {
  const { database } = stopPageSurroundings.get()
  const now = database.clock()
  const verdict = await limiter.take(stopLimit, request.ip, now.epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
  const { workspaceId, pointId, by } = readStopToken(database.keys, request.params.token, now)
  const { businessName, address, stopped, slug } = await database.inWorkspace(workspaceId, async (tx) => {
    await act?.(tx, by, pointId)
    return { ...(await stopState(tx, pointId)), slug: (await workspaceFacts(tx)).slug }
  })

  const locale = chooseLocale(languagesOf(request.headers['accept-language']))
  const t = translator(stopWords, locale)
  const title = stopped ? t('stoppedTitle') : t('askTitle', { business: businessName })
  const page = html`<html lang="${locale}" dir="${textDirection(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${title}</title></head>
<body><main><h1>${title}</h1><p role="status">${stopped ? t('stopped', { business: businessName, address }) : t('ask', { business: businessName, address })}</p>
<form method="post" action="/stop/${request.params.token}${stopped ? '/undo' : ''}"><button>${stopped ? t('undo') : t('stop')}</button></form>${portalLink(slug, locale)}</main></body></html>`
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(`<!doctype html>${renderHtml(page)}`)
}
