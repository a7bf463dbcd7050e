import formbody from '@fastify/formbody'
import type { WorkspaceId } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import { type Html, html, type Limiter, openLimiter, type RateLimit } from '../../../platform/http/index.ts'
import { type WorkspaceFacts, workspaceBySlug, workspaceFacts } from '../../accounts/index.ts'
import { localeOf, sendPage } from '../pages/page-layout.ts'
import { type LegalFacts, legalFacts } from '../policies/legal-facts.ts'
import { captureNotice } from '../policies/legal-footer.ts'
import { stopPublicly } from './public-stop.ts'
import { publicStopWords } from './public-stop.words.ts'
import { publicStopPath } from './public-stop-path.ts'
import { stopPageSurroundings } from './surroundings.ts'

type Knock = FastifyRequest<{ Params: { slug: string }; Body?: { value?: unknown; origin?: unknown } }>

/** Enough for a household, too little for whoever wants to stop a whole list of somebody else's customers. */
const publicStopLimit: RateLimit = { name: 'public-stop', requests: 30, seconds: 3600, shared: true }

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
  return send(request, reply, business, (t) => form(t, request.params.slug, business.name))
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
  if (taken) return send(request, reply, business, (t) => done(t, request.params.slug, business.name, wantsOrigin))
  return send(request, reply, business, (t) => form(t, request.params.slug, business.name, { typed, wantsOrigin }), 422)
}

async function businessOf(request: Knock): Promise<{ workspaceId: WorkspaceId; business: Stopper }> {
  const { database } = stopPageSurroundings.get()
  const workspaceId = await workspaceBySlug(database, request.params.slug)
  if (!workspaceId) throw new Refusal('http/not-found', { detail: 'There is no business with this address.' })
  const business = await database.inWorkspace(workspaceId, async (tx) => ({ ...(await workspaceFacts(tx)), legal: await legalFacts(tx) }), {
    readOnly: true,
  })
  return { workspaceId, business }
}

type T = ReturnType<typeof translator<(typeof publicStopWords)['en']>>
/** The business, and its documents. */
type Stopper = WorkspaceFacts & { readonly legal: LegalFacts }
type Wrong = { readonly typed: string; readonly wantsOrigin: boolean }

const form = (t: T, slug: string, business: string, wrong?: Wrong): Html => html`<p>${t('intro', { business })}</p>
<form method="post" action="${publicStopPath(slug)}">
<div class="field"><label for="value">${t('value')}</label><input id="value" name="value" type="text" autocomplete="off" required maxlength="254" value="${wrong?.typed ?? ''}"${wrong && html` aria-invalid="true" aria-describedby="wrong"`}></div>
${wrong && html`<p id="wrong" class="fault" role="alert">${t('wrong')}</p>`}
<label class="tick"><input type="checkbox" name="origin" value="yes" aria-describedby="origin-note"${wrong?.wantsOrigin && html` checked`}> ${t('origin')}</label><p class="soft" id="origin-note">${t('originNote')}</p>
<button>${t('stop')}</button></form>`

const done = (t: T, slug: string, business: string, wantsOrigin: boolean): Html =>
  html`<p class="note" role="status">${t('doneTitle')}. ${t('done', { business })}${wantsOrigin && html` ${t('doneOrigin')}`}</p><p><a href="${publicStopPath(slug)}">${t('another')}</a></p>`

function send(request: Knock, reply: FastifyReply, business: Stopper, main: (t: T) => Html, status = 200): FastifyReply {
  const locale = localeOf(request)
  const t = translator(publicStopWords, locale)
  const { slug } = request.params
  return sendPage(
    reply,
    {
      locale,
      title: `${t('title')} · ${business.name}`,
      heading: t('title'),
      business,
      main: html`${main(t)}${captureNotice(business.legal, 'stop', locale)}`,
      legal: business.legal,
      inLanguage: (one) => `${publicStopPath(slug)}?lang=${one}`,
      languages: t('languages'),
    },
    status,
  )
}
