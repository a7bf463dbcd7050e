import formbody from '@fastify/formbody'
import { EmailAddress, type WorkspaceId } from '@frontdesk/contract'
import { type Locale, translator } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { html, keepChoice, type Limiter, openLimiter, type RateLimit, refuseForeignOrigin } from '../../../platform/http/index.ts'
import { type WorkspaceFacts, workspaceBySlug, workspaceFacts } from '../../accounts/index.ts'
import { consentSurroundings } from '../consents/surroundings.ts'
import { localeOf, sendPage } from '../pages/page-layout.ts'
import { legalFacts } from '../policies/legal-facts.ts'
import { captureNotice } from '../policies/legal-footer.ts'
import { receiveRequest } from '../requests/receive-request.ts'
import { regionOf } from '../requests/request.rules.ts'
import { askerOf } from './asker.ts'
import { choicesPage } from './choices-page.ts'
import { cookieWords } from './cookie.words.ts'
import { decide, decisionOf, heardSignals } from './decide.ts'
import { gpcStatesAsOf } from './gpc-states.ts'
import { choicesPath } from './notice.ts'
import { liveTags } from './page-tags.ts'

type Ask = FastifyRequest<{ Params: { business: string }; Querystring: { lang?: string; said?: string } }>
type Form = Readonly<Record<string, unknown>>

const lookLimit: RateLimit = { name: 'choices', requests: 120, seconds: 60, shared: true }
/** Decisions are rows for good, so nobody writes them by the thousand. */
const decideLimit: RateLimit = { name: 'choices-decide', requests: 30, seconds: 600, shared: true }
const optOutLimit: RateLimit = { name: 'choices-opt-out', requests: 10, seconds: 600, shared: true }

/**
 * `/choices/<business>`: what may be kept in this browser, and whether what is known may be sold or shared; `/.well-known/gpc.json` says that the signal of browsers is heard
 * (Global Privacy Control, W3C, 4.1). Without script, and opening it decides nothing.
 */
export function choicesPages(app: FastifyInstance): void {
  app.get('/.well-known/gpc.json', { config: { page: 'api' } }, (_request, reply) =>
    reply.type('application/json').header('cache-control', 'public, max-age=86400').send({ gpc: true, lastUpdate: gpcStatesAsOf }),
  )
  app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: 16_000 })
    const limiter = openLimiter(() => consentSurroundings.get().database)
    scope.get('/choices/:business', (request: Ask, reply) => show(limiter, request, reply))
    scope.post('/choices/:business', (request: Ask, reply) => take(limiter, request, reply))
    scope.post('/choices/:business/opt-out', (request: Ask, reply) => optOut(limiter, request, reply))
  })
}

async function show(limiter: Limiter, request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const said = (['saved', 'opted-out', 'wrong'] as const).find((one) => one === request.query.said)
  return inBusiness(limiter, lookLimit, request, reply, async (tx, business) => {
    const asker = askerOf(request)
    const locale = localeOf(request)
    const facts = {
      locale,
      business,
      tags: await liveTags(tx),
      decision: await decisionOf(tx, asker.choice),
      heard: await heardSignals(tx, asker),
      said,
    }
    const legal = await legalFacts(tx)
    return () =>
      sendPage(
        reply,
        {
          locale,
          title: translator(cookieWords, locale)('title'),
          business,
          main: html`${choicesPage(facts)}${captureNotice(legal, 'choices', locale)}`,
          inLanguage: (one) => `${choicesPath(business.slug)}?lang=${one}`,
          languages: translator(cookieWords, locale)('languages'),
          legal,
        },
        said === 'wrong' ? 422 : 200,
      )
  })
}

async function take(limiter: Limiter, request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  refuseForeignOrigin(request, consentSurroundings.get().publicUrl())
  const form = (request.body ?? {}) as Form
  const all = form.decision === 'accept'
  const fromBanner = form.decision === 'accept' || form.decision === 'refuse'
  return inBusiness(limiter, decideLimit, request, reply, async (tx, business) => {
    const locale = localeOf(request)
    const before = await decisionOf(tx, askerOf(request).choice)
    const choice = await decide(tx, askerOf(request), {
      preferences: fromBanner ? (before?.preferences ?? all) : form.preferences === 'on',
      statistics: all || form.statistics === 'on',
      marketing: all || form.marketing === 'on',
      sharing: fromBanner ? (before?.sharing ?? false) : form.no_sharing !== 'on',
      askedOn: fromBanner ? 'banner' : 'choices',
      locale,
      business: business.name,
    })
    return () => {
      keepChoice(reply, choice)
      return reply.redirect(backOf(form.back) ?? `${choicesPath(business.slug)}?said=saved&lang=${locale}`, 303)
    }
  })
}

/** Whoever is known here opts out for all that is known of her: it stops at once, needs no proof and no account, and its answer is the same for strangers (as remembered from CCPA § 1798.135; counsel must check). */
async function optOut(limiter: Limiter, request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const email = EmailAddress.safeParse(((request.body ?? {}) as Form).email)
  return inBusiness(limiter, optOutLimit, request, reply, async (tx, business) => {
    const locale = localeOf(request)
    const done = (said: string) => () => reply.redirect(`${choicesPath(business.slug)}?said=${said}&lang=${locale}`, 303)
    if (!email.success) return done('wrong')
    await receiveRequest(
      tx,
      { kind: 'visitor', workspaceId: tx.workspaceId },
      {
        kind: 'opt_out',
        receivedBy: 'portal',
        requesterEmail: email.data,
        forWhom: 'self',
        region: regionOf(business.country),
        locale,
      },
    )
    return done('opted-out')
  })
}

/** A page of ours to go back to, with the keyboard on its content; never another site. */
const backOf = (back: unknown): string | undefined =>
  typeof back === 'string' && back.length <= 500 && /^\/[bf]\/[\w\-./?=&%+:]*$/.test(back) && !back.includes('..')
    ? `${back}#main`
    : undefined

async function inBusiness(
  limiter: Limiter,
  limit: RateLimit,
  request: Ask,
  reply: FastifyReply,
  work: (tx: WorkspaceTx, business: WorkspaceFacts) => Promise<() => FastifyReply>,
): Promise<FastifyReply> {
  const { database } = consentSurroundings.get()
  const verdict = await limiter.take(limit, request.ip, database.clock().epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
  const workspaceId: WorkspaceId | undefined = await workspaceBySlug(database, request.params.business)
  if (workspaceId === undefined) return nothingHere(reply, localeOf(request))
  const answer = await database.inWorkspace(workspaceId, async (tx) => work(tx, await workspaceFacts(tx)))
  return answer()
}

function nothingHere(reply: FastifyReply, locale: Locale): FastifyReply {
  const t = translator(cookieWords, locale)
  return sendPage(reply, { locale, title: t('notFoundTitle'), main: html`<p>${t('notFound')}</p>` }, 404)
}
