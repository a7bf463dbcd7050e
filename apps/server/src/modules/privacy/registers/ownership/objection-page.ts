import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../../platform/errors/index.ts'
import { html, type Limiter, openLimiter, type RateLimit } from '../../../../platform/http/index.ts'
import { localeOf, sendPage } from '../../pages/page-layout.ts'
import { legalFacts } from '../../policies/legal-facts.ts'
import { captureNotice } from '../../policies/legal-footer.ts'
import { requestSurroundings } from '../../requests/surroundings.ts'
import { objectByLink, readObjection, readObjectionLink } from './objection-link.ts'
import { ownershipTranslator } from './ownership.words.ts'

type Asked = FastifyRequest<{ Params: { token: string } }>
const LONGEST = 2000
const limit: RateLimit = { name: 'ownership-link', requests: 120, seconds: 60, shared: true }

/** The page behind the link of a notice. It works without script, and opening it changes nothing. */
export function objectionPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await scope.register(formbody)
    const limiter = openLimiter(() => requestSurroundings.get().database)
    scope.get('/ownership/:token', (request: Asked, reply) => show(limiter, request, reply))
    scope.post('/ownership/:token', (request: Asked, reply) => show(limiter, request, reply, wordsOf(request.body)))
  })
}

const wordsOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'words' in body && typeof body.words === 'string' ? body.words : ''

async function show(limiter: Limiter, request: Asked, reply: FastifyReply, words?: string): Promise<FastifyReply> {
  const { database } = requestSurroundings.get()
  const now = database.clock()
  const verdict = await limiter.take(limit, request.ip, now.epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
  const { workspaceId, noticeId } = readObjectionLink(database.keys, request.params.token, now)
  const tooLong = words !== undefined && words.length > LONGEST
  const seen = await database.inWorkspace(workspaceId, async (tx) => {
    if (words !== undefined && !tooLong) await objectByLink(tx, noticeId, words)
    return { ...(await readObjection(tx, noticeId)), legal: await legalFacts(tx) }
  })
  const locale = localeOf(request, seen.locale)
  const t = ownershipTranslator(locale)
  const day = (date: Temporal.PlainDate) => date.toLocaleString(locale, { dateStyle: 'long' })
  const vars = { business: seen.business.name, successor: seen.successor, day: day(seen.effectiveOn) }
  const path = `/ownership/${request.params.token}`
  const form = html`<p>${t('ask')}</p>
<form method="post" action="${path}?lang=${locale}">
<p><label for="words">${t('words')} (${t('optional')})</label>
<textarea id="words" name="words" rows="4" maxlength="${String(LONGEST)}" ${tooLong ? html`aria-invalid="true" aria-describedby="fault"` : ''}>${words ?? ''}</textarea>
${tooLong ? html`<span id="fault" role="alert">${t('tooLong')}</span>` : ''}</p>
<button>${t('object')}</button></form>${captureNotice(seen.legal, 'objection', locale)}`
  const said =
    seen.objectedOn !== null
      ? html`<p role="status">${t('done', { ...vars, day: day(seen.objectedOn) })}</p>`
      : seen.open
        ? form
        : html`<p role="status">${t('over', vars)}</p>`
  return sendPage(
    reply,
    {
      locale,
      title: t('title', vars),
      business: seen.business,
      legal: seen.legal,
      main: html`<p>${t('what', vars)}</p>${said}`,
      inLanguage: (other) => `${path}?lang=${other}`,
      languages: t('languages'),
    },
    tooLong ? 422 : 200,
  )
}
