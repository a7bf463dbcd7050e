import formbody from '@fastify/formbody'
import type { WorkspaceId } from '@frontdesk/contract'
import { chooseLocale, textDirection, translator } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import { type Html, html, type Limiter, languagesOf, openLimiter, type RateLimit, renderHtml } from '../../../platform/http/index.ts'
import { workspaceBySlug, workspaceFacts } from '../../accounts/index.ts'
import { portalLink } from '../requests/portal-link.ts'
import { stopPublicly } from './public-stop.ts'
import { publicStopWords } from './public-stop.words.ts'
import { stopPageSurroundings } from './surroundings.ts'

type Knock = FastifyRequest<{ Params: { slug: string }; Body?: { value?: unknown; origin?: unknown } }>

/** Enough for a household, too little for whoever wants to stop a whole list of somebody else's customers. */
const publicStopLimit: RateLimit = { name: 'public-stop', requests: 30, seconds: 3600, shared: true }

/** Where anybody stops an address or number: no account, no proof, no reason, no script. */
export const publicStopPath = (slug: string): string => `/do-not-contact/${slug}`

/** The public page on which an address or number is typed and not used from then on. */
export function publicStopPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await scope.register(formbody)
    const limiter = openLimiter(() => stopPageSurroundings.get().database)
    scope.get('/do-not-contact/:slug', (request: Knock, reply) => ask(request, reply))
    scope.post('/do-not-contact/:slug', (request: Knock, reply) => take(limiter, request, reply))
  })
}

async function ask(request: Knock, reply: FastifyReply): Promise<FastifyReply> {
  const { business } = await businessOf(request)
  return send(request, reply, business, (t) => form(t, request.params.slug, business))
}

async function take(limiter: Limiter, request: Knock, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = stopPageSurroundings.get()
  const verdict = await limiter.take(publicStopLimit, request.ip, database.clock().epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
  const { workspaceId, business } = await businessOf(request)
  const { value, origin } = request.body ?? {}
  const typed = typeof value === 'string' ? value : ''
  const wantsOrigin = origin === 'yes'
  const taken = await database.inWorkspace(workspaceId, (tx) =>
    stopPublicly(tx, { kind: 'visitor', workspaceId }, { value: typed, wantsOrigin }),
  )
  if (taken) return send(request, reply, business, (t) => done(t, request.params.slug, business, wantsOrigin))
  reply.code(422)
  return send(request, reply, business, (t) => form(t, request.params.slug, business, { typed, wantsOrigin }))
}

async function businessOf(request: Knock): Promise<{ workspaceId: WorkspaceId; business: string }> {
  const { database } = stopPageSurroundings.get()
  const workspaceId = await workspaceBySlug(database, request.params.slug)
  if (!workspaceId) throw new Refusal('http/not-found', { detail: 'There is no business with this address.' })
  const { name } = await database.inWorkspace(workspaceId, workspaceFacts, { readOnly: true })
  return { workspaceId, business: name }
}

type T = ReturnType<typeof translator<(typeof publicStopWords)['en']>>
type Wrong = { readonly typed: string; readonly wantsOrigin: boolean }

const form = (t: T, slug: string, business: string, wrong?: Wrong): Html => html`<h1>${t('title')}</h1><p>${t('intro', { business })}</p>
<form method="post" action="${publicStopPath(slug)}">
<p><label for="value">${t('value')}</label><br><input id="value" name="value" type="text" autocomplete="off" required maxlength="254" value="${wrong?.typed ?? ''}"${wrong && html` aria-invalid="true" aria-describedby="wrong"`}></p>
${wrong && html`<p id="wrong" role="alert">${t('wrong')}</p>`}
<p><label><input type="checkbox" name="origin" value="yes"${wrong?.wantsOrigin && html` checked`}> ${t('origin')}</label><br><small>${t('originNote')}</small></p>
<button>${t('stop')}</button></form>`

const done = (t: T, slug: string, business: string, wantsOrigin: boolean): Html => html`<h1>${t('doneTitle')}</h1>
<p role="status">${t('done', { business })}${wantsOrigin && html` ${t('doneOrigin')}`}</p><p><a href="${publicStopPath(slug)}">${t('another')}</a></p>`

function send(request: Knock, reply: FastifyReply, business: string, main: (t: T) => Html): FastifyReply {
  const locale = chooseLocale(languagesOf(request.headers['accept-language']))
  const t = translator(publicStopWords, locale)
  const page = html`<html lang="${locale}" dir="${textDirection(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${t('title')} · ${business}</title></head>
<body><main>${main(t)}${portalLink(request.params.slug, locale)}</main></body></html>`
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(`<!doctype html>${renderHtml(page)}`)
}
