import formbody from '@fastify/formbody'
import { Text, type WorkspaceId } from '@frontdesk/contract'
import { type Locale, readerLocale } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { html, type Limiter, languagesOf, openLimiter, type RateLimit } from '../../../platform/http/index.ts'
import { type WorkspaceFacts, workspaceBySlug, workspaceFacts } from '../../accounts/index.ts'
import { sendPage } from '../pages/page-layout.ts'
import { appealByLink } from './appeal-request.ts'
import { privacyOffice } from './office.ts'
import { judgeEntries, type PortalFault, readEntries } from './portal.rules.ts'
import { portalPage, statusPage } from './portal-page.ts'
import { receiveRequest } from './receive-request.ts'
import { regionOf } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { requestTranslator } from './request.words.ts'
import { deadLink, type RequestLink, readRequestLink, statusPath } from './request-link.ts'
import { requestSurroundings } from './surroundings.ts'
import { confirmByLink } from './verify-request.ts'

type Ask = FastifyRequest<{ Params: { business: string; token: string }; Querystring: { lang?: string; new?: string; fault?: string } }>

/** Sent once the transaction is kept, so that whoever follows finds it. */
type Answer = () => FastifyReply

/** Pages that are looked at. */
const lookLimit: RateLimit = { name: 'rights-look', requests: 120, seconds: 60, shared: true }
/** Requests that are sent: nobody has ten in ten minutes. */
const sendLimit: RateLimit = { name: 'rights-send', requests: 10, seconds: 600, shared: true }

/**
 * The public pages of rights and complaints: `/rights/<business>` to ask, `/rights/status/<token>` to see how far it is, `/rights/confirm/<token>` to prove who one is. They
 * work without script and without an account; opening them changes nothing, because mail scanners open every link.
 */
export function portalPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: 64_000 })
    const limiter = openLimiter(() => requestSurroundings.get().database)
    const handle =
      (limit: RateLimit, page: (request: Ask, reply: FastifyReply) => Promise<FastifyReply>) =>
      async (request: Ask, reply: FastifyReply) => {
        try {
          await requireSlowly(limiter, limit, request)
          return await page(request, reply)
        } catch (error) {
          if (error instanceof Refusal) return refusalPage(request, reply, error)
          throw error
        }
      }
    scope.get('/rights/:business', handle(lookLimit, showPortal))
    scope.post('/rights/:business', handle(sendLimit, takeRequest))
    scope.get('/rights/status/:token', handle(lookLimit, showStatus))
    scope.post('/rights/status/:token/appeal', handle(sendLimit, takeAppeal))
    scope.get('/rights/confirm/:token', handle(lookLimit, showConfirm))
    scope.post('/rights/confirm/:token', handle(lookLimit, takeConfirm))
  })
}

async function requireSlowly(limiter: Limiter, limit: RateLimit, request: Ask): Promise<void> {
  const verdict = await limiter.take(limit, request.ip, requestSurroundings.get().database.clock().epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
}

async function showPortal(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return inBusiness(request, (tx, business) => portal(request, reply, tx, business, [], undefined))
}

async function takeRequest(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return inBusiness(request, async (tx, business) => {
    const region = regionOf(business.country)
    const entries = readEntries(request.body, region)
    const judged = judgeEntries(entries, region)
    if ('faults' in judged) return portal(request, reply, tx, business, judged.faults, request.body)
    // A machine filled in what people do not see: it learns nothing, and nothing is kept.
    if (entries.website !== '') return () => reply.redirect(`/rights/${business.slug}`, 303)
    const { tag } = readerOf(request, business.locale)
    const by = { kind: 'visitor', workspaceId: tx.workspaceId } as const
    const row = await receiveRequest(tx, by, { ...judged.wish, receivedBy: 'portal', locale: tag })
    const path = `${statusPath(tx, row.id, 'state')}?new=1${keptLanguage(request)}`
    return () => reply.header('cache-control', 'no-store').redirect(path, 303)
  })
}

async function portal(
  request: Ask,
  reply: FastifyReply,
  tx: WorkspaceTx,
  business: WorkspaceFacts,
  faults: readonly PortalFault[],
  body: unknown,
): Promise<Answer> {
  const { locale } = readerOf(request, business.locale)
  const t = requestTranslator(locale)
  const { officer } = await privacyOffice(tx)
  const path = `/rights/${business.slug}`
  const entries = readEntries(body, regionOf(business.country))
  const title = t('portal/title', { business: business.name })
  return () =>
    sendPage(
      reply,
      {
        locale,
        title: faults.length > 0 ? `${t('portal/faults')} ${title}` : title,
        heading: title,
        main: portalPage(t, `${path}?lang=${locale}`, { business: business.name, officer: officer?.name ?? null, entries, faults }),
        inLanguage: (other) => `${path}?lang=${other}`,
        languages: t('languages'),
      },
      faults.length > 0 ? 422 : 200,
    )
}

async function showStatus(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atCase(request, 'status', async (_tx, row, link, business) => {
    const { locale, tag } = readerOf(request, row.locale, business.locale)
    const t = requestTranslator(locale)
    const { token } = request.params
    return () =>
      sendPage(reply, {
        locale,
        title: t('status/title', { number: String(row.number), kind: t(`kind/${row.kind}`) }),
        main: statusPage(t, {
          row,
          tag,
          now: requestSurroundings.get().database.clock(),
          token,
          whole: link.whole,
          isNew: request.query.new === '1',
          fault: request.query.fault === '1',
        }),
        inLanguage: (other) => `/rights/status/${token}?lang=${other}`,
        languages: t('languages'),
      })
  })
}

async function takeAppeal(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atCase(request, 'status', async (tx, row, link) => {
    if (!link.whole) throw deadLink()
    const { reason } = (request.body ?? {}) as { readonly reason?: unknown }
    const text = Text(10_000).safeParse(reason)
    const back = `/rights/status/${request.params.token}`
    if (!text.success || text.data === '') return () => reply.redirect(`${back}?fault=1${keptLanguage(request)}`, 303)
    await appealByLink(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, { requestId: row.id, reason: text.data })
    return () => reply.redirect(`${back}?lang=${readerOf(request, row.locale).locale}`, 303)
  })
}

async function showConfirm(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atCase(request, 'proof', async (tx, row, _link, business) => {
    const status = statusPath(tx, row.id, 'whole')
    if (row.state !== 'verifying') return () => reply.redirect(status, 303)
    const { locale } = readerOf(request, row.locale, business.locale)
    const t = requestTranslator(locale)
    const vars = { business: business.name, kind: t(`kind/${row.kind}`) }
    const path = `/rights/confirm/${request.params.token}`
    return () =>
      sendPage(reply, {
        locale,
        title: t('confirm/title'),
        main: html`<p>${t('confirm/text', vars)}</p><form method="post" action="${path}?lang=${locale}"><button>${t('confirm/button')}</button></form>`,
        inLanguage: (other) => `${path}?lang=${other}`,
        languages: t('languages'),
      })
  })
}

async function takeConfirm(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atCase(request, 'proof', async (tx, { id }, _link, business) => {
    const row = await confirmByLink(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, id)
    const { locale } = readerOf(request, row.locale, business.locale)
    const path = `${statusPath(tx, row.id, 'whole')}?lang=${locale}`
    if (row.state !== 'verifying') return () => reply.redirect(path, 303)
    const t = requestTranslator(locale)
    return () =>
      sendPage(reply, {
        locale,
        title: t('confirm/title'),
        main: html`<p role="status">${t('confirm/child', { business: business.name })}</p>`,
      })
  })
}

async function inBusiness(request: Ask, work: (tx: WorkspaceTx, business: WorkspaceFacts) => Promise<Answer>): Promise<FastifyReply> {
  const { database } = requestSurroundings.get()
  const workspaceId = await workspaceBySlug(database, request.params.business)
  if (workspaceId === undefined) throw new Refusal('http/not-found', { detail: 'There is no business at this address.' })
  return inside(workspaceId, work)
}

async function atCase(
  request: Ask,
  purpose: 'status' | 'proof',
  work: (tx: WorkspaceTx, row: StoredRequest, link: RequestLink, business: WorkspaceFacts) => Promise<Answer>,
): Promise<FastifyReply> {
  const { database } = requestSurroundings.get()
  const link = readRequestLink(database.keys, request.params.token, purpose, database.clock())
  return inside(link.workspaceId, async (tx, business) => {
    const row = await tx.db
      .selectFrom('request')
      .selectAll()
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', link.requestId)
      .executeTakeFirst()
    if (!row) throw deadLink()
    return work(tx, row, link, business)
  })
}

async function inside(
  workspaceId: WorkspaceId,
  work: (tx: WorkspaceTx, business: WorkspaceFacts) => Promise<Answer>,
): Promise<FastifyReply> {
  const answer = await requestSurroundings.get().database.inWorkspace(workspaceId, async (tx) => work(tx, await workspaceFacts(tx)))
  return answer()
}

/** The reader's language: chosen on the page, her browser's, then what the case or the business speaks. */
function readerOf(request: Ask, ...others: readonly string[]): { readonly locale: Locale; readonly tag: string } {
  const { lang } = request.query
  return readerLocale([...(typeof lang === 'string' ? [lang] : []), ...languagesOf(request.headers['accept-language']), ...others])
}

const keptLanguage = (request: Ask): string =>
  typeof request.query.lang === 'string' ? `&lang=${encodeURIComponent(request.query.lang)}` : ''

function refusalPage(request: Ask, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const page = {
    'http/not-found': ['notFound', 404],
    'privacy/link-invalid': ['link', 410],
    'http/too-many-requests': ['tooMany', 429],
  } as const
  const found = Object.entries(page).find(([type]) => type === refusal.type)
  if (!found) throw refusal
  const [, [name, status]] = found
  const { locale } = readerOf(request)
  const t = requestTranslator(locale)
  return sendPage(reply, { locale, title: t(`${name}/title`), main: html`<p>${t(`${name}/text`)}</p>` }, status)
}
