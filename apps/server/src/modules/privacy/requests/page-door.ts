import type { WorkspaceId } from '@frontdesk/contract'
import { type Locale, readerLocale } from '@frontdesk/i18n'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { html, type Limiter, languagesOf, type RateLimit } from '../../../platform/http/index.ts'
import { type WorkspaceFacts, workspaceBySlug, workspaceFacts } from '../../accounts/index.ts'
import { sendPage } from '../pages/page-layout.ts'
import type { StoredRequest } from './request.tables.ts'
import { requestTranslator } from './request.words.ts'
import { deadLink, type RequestLink, readRequestLink } from './request-link.ts'
import { requestSurroundings } from './surroundings.ts'

/** Somebody at one of the public pages. */
export type Ask = FastifyRequest<{
  Params: { business: string; token: string }
  Querystring: { lang?: string; new?: string; fault?: string; business?: string }
}>

/** Sent once the transaction is kept, so that whoever follows finds it. */
export type Answer = () => FastifyReply

/** Pages that are looked at. */
export const lookLimit: RateLimit = { name: 'rights-look', requests: 120, seconds: 60, shared: true }
/** Requests that are sent: nobody has ten in ten minutes. */
export const sendLimit: RateLimit = { name: 'rights-send', requests: 10, seconds: 600, shared: true }

/** Wraps a page: counts who knocks, and answers refusals as pages that say what to do. */
export const pageBehind =
  (limiter: Limiter) =>
  (limit: RateLimit, page: (request: Ask, reply: FastifyReply) => Promise<FastifyReply>) =>
  async (request: Ask, reply: FastifyReply): Promise<FastifyReply> => {
    try {
      const verdict = await limiter.take(limit, request.ip, requestSurroundings.get().database.clock().epochMilliseconds)
      if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
      return await page(request, reply)
    } catch (error) {
      if (error instanceof Refusal) return refusalPage(request, reply, error)
      throw error
    }
  }

/** The business a page is about. Throws 404. */
export async function businessAt(request: Ask): Promise<WorkspaceId> {
  const workspaceId = await workspaceBySlug(requestSurroundings.get().database, request.params.business)
  if (workspaceId === undefined) throw new Refusal('http/not-found', { detail: 'There is no business at this address.' })
  return workspaceId
}

/** Works in a business and answers after the commit. */
export async function inBusiness(
  workspaceId: WorkspaceId,
  work: (tx: WorkspaceTx, business: WorkspaceFacts) => Promise<Answer>,
): Promise<FastifyReply> {
  const answer = await requestSurroundings.get().database.inWorkspace(workspaceId, async (tx) => work(tx, await workspaceFacts(tx)))
  return answer()
}

/** Works at the case behind a link. */
export async function atCase(
  request: Ask,
  purpose: 'status' | 'proof',
  work: (tx: WorkspaceTx, row: StoredRequest, link: RequestLink, business: WorkspaceFacts) => Promise<Answer>,
): Promise<FastifyReply> {
  const { database } = requestSurroundings.get()
  const link = readRequestLink(database.keys, request.params.token, purpose, database.clock())
  return inBusiness(link.workspaceId, async (tx, business) => {
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

/** The reader's language: chosen on the page, her browser's, then what the case or the business speaks. */
export function readerOf(request: Ask, ...others: readonly string[]): { readonly locale: Locale; readonly tag: string } {
  const { lang } = request.query
  return readerLocale([...(typeof lang === 'string' ? [lang] : []), ...languagesOf(request.headers['accept-language']), ...others])
}

/** The language that was chosen on the page, for the address of the next one. */
export const keptLanguage = (request: Ask): string =>
  typeof request.query.lang === 'string' ? `&lang=${encodeURIComponent(request.query.lang)}` : ''

function refusalPage(request: Ask, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const page = {
    'http/not-found': ['notFound', 404],
    'privacy/link-invalid': ['link', 410],
    'privacy/export-not-ready': ['copyGone', 409],
    'http/too-many-requests': ['tooMany', 429],
  } as const
  const found = Object.entries(page).find(([type]) => type === refusal.type)
  if (!found) throw refusal
  const [, [name, status]] = found
  const { locale } = readerOf(request)
  const t = requestTranslator(locale)
  return sendPage(reply, { locale, title: t(`${name}/title`), main: html`<p>${t(`${name}/text`)}</p>` }, status)
}
