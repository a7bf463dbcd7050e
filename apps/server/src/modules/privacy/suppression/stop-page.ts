import formbody from '@fastify/formbody'
import { StopReach } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type Html, html, type Limiter, openLimiter, type RateLimit } from '../../../platform/http/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { localeOf, sendPage } from '../pages/page-layout.ts'
import { legalFacts } from '../policies/legal-facts.ts'
import { publicStopPath } from './public-stop-path.ts'
import { stopWords } from './stop.words.ts'
import { readStopToken, type StopLink, stopByLink, stopState, undoStop } from './stop-link.ts'
import { stopPageSurroundings } from './surroundings.ts'

type Stop = FastifyRequest<{ Params: { token: string }; Body?: { reach?: unknown } }>
type Act = (tx: WorkspaceTx, link: StopLink) => Promise<void>

/** Guesses at links, counted for all web processes together. A mail scanner opens many at once from one address. */
const stopLimit: RateLimit = { name: 'stop-link', requests: 240, seconds: 60, shared: true }

/** The page behind a stop link. It works without script, and opening it changes nothing: mail scanners open every link. */
export function stopPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await scope.register(formbody)
    const limiter = openLimiter(() => stopPageSurroundings.get().database)
    scope.get('/stop/:token', (request: Stop, reply) => show(limiter, request, reply))
    // A mail program presses the button for her and sends no choice (RFC 8058): then it is what the mail was.
    scope.post('/stop/:token', (request: Stop, reply) =>
      show(limiter, request, reply, (tx, link) => stopByLink(tx, link, StopReach.safeParse(request.body?.reach).data)),
    )
    scope.post('/stop/:token/undo', (request: Stop, reply) => show(limiter, request, reply, undoStop))
  })
}

async function show(limiter: Limiter, request: Stop, reply: FastifyReply, act?: Act): Promise<FastifyReply> {
  const { database } = stopPageSurroundings.get()
  const now = database.clock()
  const verdict = await limiter.take(stopLimit, request.ip, now.epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
  const link = readStopToken(database.keys, request.params.token, now)
  const state = await database.inWorkspace(link.workspaceId, async (tx) => {
    await act?.(tx, link)
    return { ...(await stopState(tx, link)), business: await workspaceFacts(tx), legal: await legalFacts(tx) }
  })
  const locale = localeOf(request)
  const t = translator(stopWords, locale)
  const { token } = request.params
  return sendPage(reply, {
    locale,
    title: state.reach === null ? t(`askTitle/${state.mail}`, { business: state.businessName }) : t(`stoppedTitle/${state.reach}`),
    business: state.business,
    legal: state.legal,
    main: html`${state.reach === null ? choices(t, token, state) : done(t, token, state)}
<p class="soft"><a href="${publicStopPath(state.slug)}">${t('another')}</a></p>`,
    inLanguage: (one) => `/stop/${token}?lang=${one}`,
    languages: t('languages'),
  })
}

type T = ReturnType<typeof translator<(typeof stopWords)['en']>>
type State = Awaited<ReturnType<typeof stopState>>

/** One button for each reach, with what it stops and what it leaves. */
const choices = (
  t: T,
  token: string,
  { businessName: business, address, choices: reaches }: State,
): Html => html`<p>${t('ask', { address })}</p>
${reaches.map(
  (reach, place) => html`<form method="post" action="/stop/${token}"><input type="hidden" name="reach" value="${reach}">
<button${place > 0 && html` class="calm"`} aria-describedby="${reach}">${t(`stop/${reach}`)}</button><p class="soft" id="${reach}">${t(`what/${reach}`, { business, address })}</p></form>`,
)}`

const done = (t: T, token: string, { businessName: business, address, reach }: State): Html => html`<p class="note" role="status">${t(
  `stopped/${reach ?? 'mail'}`,
  { business, address },
)}</p>
<form method="post" action="/stop/${token}/undo"><button class="calm">${t('undo')}</button></form>`
