import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { acceptUploads, html, openLimiter } from '../../../platform/http/index.ts'
import { type WorkspaceFacts, workspaceBySlug } from '../../accounts/index.ts'
import { sendPage } from '../pages/page-layout.ts'
import { legalFacts } from '../policies/legal-facts.ts'
import { captureNotice } from '../policies/legal-footer.ts'
import { noteMasked } from '../sensitive/mask-from-outside.ts'
import { showConfirm, takeConfirm } from './confirm-pages.ts'
import { publicKeys } from './hand-over-signature.ts'
import { privacyOffice } from './office.ts'
import { type Answer, type Ask, businessAt, inBusiness, keptLanguage, lookLimit, pageBehind, readerOf, sendLimit } from './page-door.ts'
import { judgeEntries, type PortalFault, readEntries } from './portal.rules.ts'
import { readForm, storeFiles } from './portal-form.ts'
import { portalPath } from './portal-link.ts'
import { findPage, portalPage } from './portal-page.ts'
import { receiveRequest } from './receive-request.ts'
import { regionOf } from './request.rules.ts'
import { requestTranslator } from './request.words.ts'
import { keepFiles, requestFileRules } from './request-files.ts'
import { statusPath } from './request-link.ts'
import { showReview, takeReview } from './review-pages.ts'
import { showStatus, takeAppeal, takeCopy, takeHandOver } from './status-pages.ts'
import { requestSurroundings } from './surroundings.ts'

/**
 * The public pages of rights and complaints: `/rights/<business>` to ask, `/rights/status/<token>` to see how far it is, `/rights/confirm/<token>` to prove who one is,
 * `/rights/review/<token>` for an invited reviewer, `/rights` to find the business. They work without script and without an account; opening them changes nothing, because
 * mail scanners open every link.
 */
export function portalPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: 64_000 })
    await acceptUploads(scope, { fileBytes: requestFileRules.maxBytes, files: requestFileRules.files })
    const handle = pageBehind(openLimiter(() => requestSurroundings.get().database))
    scope.get('/rights', handle(lookLimit, findBusiness))
    scope.get('/rights/:business', handle(lookLimit, showPortal))
    scope.post('/rights/:business', handle(sendLimit, takeRequest))
    scope.get('/rights/status/:token', handle(lookLimit, showStatus))
    scope.post('/rights/status/:token/appeal', handle(sendLimit, takeAppeal))
    scope.post('/rights/status/:token/copy', handle(lookLimit, takeCopy))
    scope.post('/rights/status/:token/hand-over', handle(sendLimit, takeHandOver))
    scope.get('/rights/confirm/:token', handle(lookLimit, showConfirm))
    scope.post('/rights/confirm/:token', handle(lookLimit, takeConfirm))
    scope.get('/rights/review/:token', handle(lookLimit, showReview))
    scope.post('/rights/review/:token', handle(lookLimit, takeReview))
    scope.get('/.well-known/http-message-signatures-directory', async (_request, reply) =>
      reply
        .type('application/http-message-signatures-directory+json')
        .header('cache-control', 'public, max-age=3600')
        .send(JSON.stringify(publicKeys(requestSurroundings.get().database.keys))),
    )
  })
}

/** Whoever turned to the platform is led to the business whose data it is: it alone can answer. */
async function findBusiness(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const asked = typeof request.query.business === 'string' ? request.query.business.trim().slice(0, 300) : ''
  const slug = slugIn(asked)
  const found = slug !== undefined && (await workspaceBySlug(requestSurroundings.get().database, slug)) !== undefined
  if (found) return reply.redirect(`${portalPath(slug)}${keptLanguage(request).replace('&', '?')}`, 303)
  const { locale } = readerOf(request)
  const t = requestTranslator(locale)
  return sendPage(
    reply,
    {
      locale,
      title: t('find/title'),
      main: findPage(t, asked),
      inLanguage: (other) => `/rights?lang=${other}`,
      languages: t('languages'),
    },
    asked === '' ? 200 : 404,
  )
}

/** The business in the address of one of its pages, or its name in addresses. */
function slugIn(text: string): string | undefined {
  const path = URL.parse(text)?.pathname ?? text
  return /^(?:\/?(?:b|w|rights|do-not-contact|legal)\/)?([a-z0-9]+(?:-[a-z0-9]+)*)(?:\/|$)/i
    .exec(path.replace(/^\//, ''))?.[1]
    ?.toLowerCase()
}

async function showPortal(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return inBusiness(await businessAt(request), (tx, business) => portal(request, reply, tx, business, [], undefined))
}

async function takeRequest(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const workspaceId = await businessAt(request)
  const sent = await readForm(request)
  const region = await requestSurroundings.get().database.inWorkspace(workspaceId, async (tx) => homeRegion(tx))
  const entries = readEntries(sent.fields, region)
  const judged = judgeEntries(entries, region)
  const again = (faults: readonly PortalFault[]) =>
    inBusiness(workspaceId, (tx, business) => portal(request, reply, tx, business, faults, sent.fields))
  if ('faults' in judged) return again([...judged.faults, ...(sent.tooMuch ? (['files'] as const) : [])])
  // A machine filled in what people do not see: it learns nothing, and nothing is kept.
  if (entries.website !== '') return reply.redirect(portalPath(request.params.business), 303)
  const stored = sent.tooMuch ? undefined : await storeFiles(workspaceId, sent)
  if (stored === undefined) return again(['files'])
  return inBusiness(workspaceId, async (tx, business) => {
    const { tag } = readerOf(request, business.locale)
    const by = { kind: 'visitor', workspaceId } as const
    const row = await receiveRequest(tx, by, { ...judged.wish, receivedBy: 'portal', locale: tag })
    await keepFiles(tx, row.id, stored.files)
    await noteMasked(tx, by, { contactId: null, source: 'request', found: stored.found })
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
  const { officer, email, address, pgpKey } = await privacyOffice(tx)
  const legal = await legalFacts(tx)
  const path = portalPath(business.slug)
  const entries = readEntries(body, await homeRegion(tx))
  const title = t('portal/title', { business: business.name })
  const office = {
    officer: officer?.name ?? null,
    email: email ?? business.email,
    phone: business.phone,
    address: address ?? business.address,
    pgpKey,
  }
  return () =>
    sendPage(
      reply,
      {
        locale,
        title: faults.length > 0 ? `${t('portal/faults')} ${title}` : title,
        heading: title,
        business,
        main: html`${portalPage(t, `${path}?lang=${locale}`, { business: business.name, office, entries, faults })}${captureNotice(legal, 'request', locale)}`,
        legal,
        inLanguage: (other) => `${path}?lang=${other}`,
        languages: t('languages'),
      },
      faults.length > 0 ? 422 : 200,
    )
}

/** Where people who ask most likely live: where the business is. */
async function homeRegion(tx: WorkspaceTx): Promise<ReturnType<typeof regionOf>> {
  const { country } = await tx.db.selectFrom('workspace').select('country').where('id', '=', tx.workspaceId).executeTakeFirstOrThrow()
  return regionOf(country)
}
