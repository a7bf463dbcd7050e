import formbody from '@fastify/formbody'
import { type ContactId, PolicyKind, type WorkspaceId } from '@frontdesk/contract'
import { type Locale, readerLocale } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { html, type Limiter, languagesOf, openLimiter, type RateLimit } from '../../../platform/http/index.ts'
import { type WorkspaceFacts, workspaceBySlug, workspaceFacts } from '../../accounts/index.ts'
import { sendPage } from '../pages/page-layout.ts'
import { answerOf, answerUse, useByKey } from './data-use.ts'
import { legalFacts } from './legal-facts.ts'
import { documentPage, indexPage, newUsePage } from './legal-page.ts'
import { readNewUseToken } from './new-use-link.ts'
import { policyTranslator } from './policy.words.ts'
import { policyPageTranslator } from './policy-page.words.ts'
import { legalPath, policyPath } from './policy-paths.ts'
import { changesBetween } from './policy-text.rules.ts'
import { currentVersion, draftOf, textOf } from './read-policies.ts'
import { keepShown, textByHash } from './served-texts.ts'
import { servedText } from './sign-up-documents.ts'
import { policySurroundings } from './surroundings.ts'

type Ask = FastifyRequest<{
  Params: { business: string; kind: string; version: string; sha256: string; token: string }
  Querystring: { lang?: string }
}>
type Answer = () => FastifyReply
type Reader = { readonly locale: Locale; readonly tag: string }

const lookLimit: RateLimit = { name: 'legal-look', requests: 240, seconds: 60, shared: true }
/** Links to earlier versions on one page; older ones are reached through these. */
const LISTED = 50

/**
 * `/legal/<business>` and its documents, with a permanent address for each version and for each hash, also as the plain text whose hash is kept; and `/new-use/<token>`, on which somebody says
 * whether her data may be used for something new. They work without script, and opening them changes nothing.
 */
export function legalPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: 4_000 })
    const limiter = openLimiter(() => policySurroundings.get().database)
    const handle = (page: (request: Ask, reply: FastifyReply) => Promise<FastifyReply>) => async (request: Ask, reply: FastifyReply) => {
      try {
        await requireSlowly(limiter, request)
        return await page(request, reply)
      } catch (error) {
        if (error instanceof Refusal) return refusalPage(request, reply, error)
        throw error
      }
    }
    scope.get('/legal/:business', handle(showIndex))
    scope.get('/legal/:business/:kind', handle(showCurrent))
    scope.get('/legal/:business/:kind/text', handle(sendCurrentText))
    scope.get('/legal/:business/:kind/text/:sha256', handle(sendTextByHash))
    scope.get('/legal/:business/:kind/versions/:version', handle(showVersion))
    scope.get('/legal/:business/:kind/versions/:version/text', handle(sendText))
    scope.get('/new-use/:token', handle(showUse))
    scope.post('/new-use/:token', handle(takeUse))
  })
}

async function requireSlowly(limiter: Limiter, request: Ask): Promise<void> {
  const verdict = await limiter.take(lookLimit, request.ip, policySurroundings.get().database.clock().epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
}

async function showIndex(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return inBusiness(request, async (tx, business, { locale, tag }) => {
    const t = policyPageTranslator(tag)
    const documents: Parameters<typeof indexPage>[2][number][] = []
    for (const kind of PolicyKind.options) documents.push({ kind, current: await currentVersion(tx, kind) })
    const legal = await legalFacts(tx)
    return () =>
      sendPage(reply, {
        locale,
        business,
        title: t('index/title', { business: business.name }),
        main: indexPage(tag, business, documents),
        inLanguage: (other) => `${legalPath(business.slug)}?lang=${other}`,
        languages: t('languages'),
        legal,
      })
  })
}

async function showCurrent(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const kind = kindOf(request)
  return inBusiness(request, async (tx, business, reader) => {
    const current = await currentVersion(tx, kind)
    const { documents } = await draftOf(tx, kind)
    const draft = documents[reader.locale]
    const stored = current && (await textOf(tx, current.id, reader.locale))
    if (!stored) await keepShown(tx, reader.locale, draft, business.name)
    return documentAnswer(
      tx,
      reply,
      { business, reader, path: policyPath(business.slug, kind) },
      {
        document: stored?.body ?? draft,
        version: current && stored ? { ...current, sha256: stored.sha256, isCurrent: true } : undefined,
        // What is set counts at once, so the page says it at once; the version follows when somebody publishes it.
        pending: stored ? changesBetween(stored.body, draft) : [],
      },
    )
  })
}

async function showVersion(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const kind = kindOf(request)
  return inBusiness(request, async (tx, business, reader) => {
    const row = await versionOf(tx, kind, request.params.version)
    const stored = await textOf(tx, row.id, reader.locale)
    if (!stored) throw notFound()
    const current = await currentVersion(tx, kind)
    return documentAnswer(
      tx,
      reply,
      { business, reader, path: `${policyPath(business.slug, kind)}/versions/${row.version}` },
      {
        document: stored.body,
        version: { ...row, sha256: stored.sha256, isCurrent: current?.id === row.id },
        pending: [],
      },
    )
  })
}

type Shown = Omit<Parameters<typeof documentPage>[1], 'versions' | 'business'>

async function documentAnswer(
  tx: WorkspaceTx,
  reply: FastifyReply,
  at: { readonly business: WorkspaceFacts; readonly reader: Reader; readonly path: string },
  shown: Shown,
): Promise<Answer> {
  const { business, reader, path } = at
  const t = policyPageTranslator(reader.tag)
  const legal = await legalFacts(tx)
  const versions = await tx.db
    .selectFrom('policy_version')
    .select(['version', 'published_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', shown.document.kind)
    .orderBy('version', 'desc')
    .limit(LISTED)
    .execute()
  const name = policyTranslator(reader.tag)(`kind/${shown.document.kind}`)
  return () =>
    sendPage(reply, {
      locale: reader.locale,
      business,
      title: `${name} · ${business.name}`,
      heading: name,
      main: documentPage(reader.tag, { ...shown, business, versions }),
      inLanguage: (other) => `${path}?lang=${other}`,
      languages: t('languages'),
      legal,
    })
}

async function sendText(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const kind = kindOf(request)
  return inBusiness(request, async (tx, _business, { locale }) => {
    const row = await versionOf(tx, kind, request.params.version)
    const stored = await textOf(tx, row.id, locale)
    if (!stored) throw notFound()
    return () => plainAnswer(reply, locale, stored)
  })
}

/** What counts now, published or not: the text whose hash is recorded with a new account. */
async function sendCurrentText(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const kind = kindOf(request)
  return inBusiness(request, async (tx, _business, { locale }) => {
    const served = await servedText(tx, kind, locale)
    return () => plainAnswer(reply, locale, served)
  })
}

/** The words behind a hash that was recorded, whatever was published since. */
async function sendTextByHash(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const kind = kindOf(request)
  return inBusiness(request, async (tx) => {
    const kept = await textByHash(tx, kind, request.params.sha256)
    if (!kept) throw notFound()
    return () => plainAnswer(reply, kept.locale, kept)
  })
}

const plainAnswer = (reply: FastifyReply, locale: Locale, { text, sha256 }: { readonly text: string; readonly sha256: string }) =>
  reply.header('content-type', 'text/plain; charset=utf-8').header('content-language', locale).header('etag', `"${sha256}"`).send(text)

async function showUse(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atUse(request, reply, async () => undefined)
}

async function takeUse(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const answer = z.object({ answer: z.enum(['yes', 'no']) }).safeParse(request.body)
  return atUse(request, reply, async (tx, asked) => {
    if (answer.success) await answerUse(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, { ...asked, ...answer.data, how: 'link' })
  })
}

async function atUse(
  request: Ask,
  reply: FastifyReply,
  work: (tx: WorkspaceTx, asked: { readonly contactId: ContactId; readonly useId: string; readonly locale: string }) => Promise<void>,
): Promise<FastifyReply> {
  const { database } = policySurroundings.get()
  const link = readNewUseToken(database.keys, request.params.token, database.clock())
  if (!link) throw new Refusal('privacy/link-invalid', { detail: 'This link is not valid any more.' })
  return inside(link.workspaceId, async (tx) => {
    const business = await workspaceFacts(tx)
    const { locale, tag } = readerOf(request, business.locale)
    const use = await useByKey(tx, link.key)
    await work(tx, { contactId: link.contactId, useId: use.id, locale: tag })
    const t = policyPageTranslator(tag)
    const legal = await legalFacts(tx)
    const said = await answerOf(tx, link.contactId, use.id)
    const path = `/new-use/${request.params.token}`
    return () =>
      sendPage(reply, {
        locale,
        business,
        title: t('use/title'),
        main: newUsePage(tag, { business: business.name, use: use.says[locale], mode: use.mode, said, path: `${path}?lang=${locale}` }),
        inLanguage: (other) => `${path}?lang=${other}`,
        languages: t('languages'),
        legal,
      })
  })
}

function kindOf(request: Ask): PolicyKind {
  const kind = PolicyKind.safeParse(request.params.kind)
  if (!kind.success) throw notFound()
  return kind.data
}

async function versionOf(tx: WorkspaceTx, kind: PolicyKind, version: string) {
  const row = /^[1-9]\d{0,5}$/.test(version)
    ? await tx.db
        .selectFrom('policy_version')
        .selectAll()
        .where('workspace_id', '=', tx.workspaceId)
        .where('kind', '=', kind)
        .where('version', '=', Number(version))
        .executeTakeFirst()
    : undefined
  if (!row) throw notFound()
  return row
}

const notFound = () => new Refusal('http/not-found', { detail: 'There is no such document.' })

async function inBusiness(
  request: Ask,
  work: (tx: WorkspaceTx, business: WorkspaceFacts, reader: Reader) => Promise<Answer>,
): Promise<FastifyReply> {
  const { database } = policySurroundings.get()
  const workspaceId = await workspaceBySlug(database, request.params.business)
  if (workspaceId === undefined) throw notFound()
  return inside(workspaceId, async (tx) => {
    const business = await workspaceFacts(tx)
    return work(tx, business, readerOf(request, business.locale))
  })
}

async function inside(workspaceId: WorkspaceId, work: (tx: WorkspaceTx) => Promise<Answer>): Promise<FastifyReply> {
  const answer = await policySurroundings.get().database.inWorkspace(workspaceId, work)
  return answer()
}

function readerOf(request: Ask, ...others: readonly string[]): Reader {
  const { lang } = request.query
  return readerLocale([...(typeof lang === 'string' ? [lang] : []), ...languagesOf(request.headers['accept-language']), ...others])
}

function refusalPage(request: Ask, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { locale, tag } = readerOf(request)
  const t = policyPageTranslator(tag)
  if (refusal.type === 'http/not-found')
    return sendPage(reply, { locale, title: t('notFound/title'), main: html`<p>${t('notFound/text')}</p>` }, 404)
  if (refusal.type === 'privacy/link-invalid')
    return sendPage(reply, { locale, title: t('use/overTitle'), main: html`<p>${t('use/over')}</p>` }, 410)
  if (refusal.type === 'http/too-many-requests')
    return sendPage(reply, { locale, title: t('tooMany/title'), main: html`<p>${t('tooMany/text')}</p>` }, 429)
  throw refusal
}
