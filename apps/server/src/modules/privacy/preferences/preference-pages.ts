import formbody from '@fastify/formbody'
import { translator } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { html, type Limiter, openLimiter, type RateLimit } from '../../../platform/http/index.ts'
import { consentSurroundings } from '../consents/surroundings.ts'
import { localeOf, pageFiles, sendPage } from '../pages/page-layout.ts'
import { herWishes, leaveAlone, saveWishes } from './her-wishes.ts'
import { mailNewLink } from './mail-new-link.ts'
import { preferenceWords } from './preference.words.ts'
import { readForm } from './preference-form.rules.ts'
import { type PreferenceLink, readPreferenceToken } from './preference-link.ts'
import { preferencePage, preferenceTitle } from './preference-page.ts'

type Ask = FastifyRequest<{ Params: { token: string }; Querystring: { lang?: string; said?: string } }>
type Live = Extract<PreferenceLink, { state: 'valid' | 'expired' }>

/** Guesses at links, counted for all web processes together. */
const pageLimit: RateLimit = { name: 'preferences', requests: 120, seconds: 60, shared: true }
/** New links that one contact may be sent. */
const mailLimit: RateLimit = { name: 'preferences-new-link', requests: 3, seconds: 3600, shared: true }

/** The page of a contact, behind a signed link. It works without script, and opening it changes nothing: mail scanners open every link. */
export function preferencePages(app: FastifyInstance): void {
  pageFiles(app)
  app.register(async (scope) => {
    await scope.register(formbody)
    const limiter = openLimiter(() => consentSurroundings.get().database)
    scope.get('/preferences/:token', (request: Ask, reply) => show(limiter, request, reply))
    scope.post('/preferences/:token', (request: Ask, reply) => act(limiter, request, reply, save))
    scope.post('/preferences/:token/alone', (request: Ask, reply) =>
      act(limiter, request, reply, (tx, by) => leaveAlone(tx, by, true).then(() => undefined)),
    )
    scope.post('/preferences/:token/again', (request: Ask, reply) =>
      act(limiter, request, reply, (tx, by) => leaveAlone(tx, by, false).then(() => undefined)),
    )
    scope.post('/preferences/:token/new-link', (request: Ask, reply) => sendNew(limiter, request, reply))
  })
}

const bearerOf = ({ workspaceId, contactId }: Live) => ({ kind: 'contact_link', workspaceId, contactId }) as const
type Bearer = ReturnType<typeof bearerOf>
type Act = (tx: WorkspaceTx, by: Bearer, request: Ask) => Promise<'times' | undefined>

async function linkOf(limiter: Limiter, request: Ask): Promise<PreferenceLink> {
  const { database } = consentSurroundings.get()
  const verdict = await limiter.take(pageLimit, request.ip, database.clock().epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
  return readPreferenceToken(database.keys, request.params.token, database.clock())
}

async function show(limiter: Limiter, request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const link = await linkOf(limiter, request)
  if (link.state !== 'valid') return deadLink(request, reply, link)
  const said = (['saved', 'times'] as const).find((one) => one === request.query.said)
  const wishes = await orGone(consentSurroundings.get().database.inWorkspace(link.workspaceId, (tx) => herWishes(tx, bearerOf(link))))
  if (!wishes) return deadLink(request, reply, { state: 'forged' })
  const page = { locale: localeOf(request, wishes.contact.locale), token: request.params.token, wishes, said }
  return sendPage(reply, {
    locale: page.locale,
    title: preferenceTitle(page),
    main: preferencePage(page),
    inLanguage: (locale) => `/preferences/${page.token}?lang=${locale}`,
    languages: translator(preferenceWords, page.locale)('languages'),
  })
}

/** Does what was asked and shows the page as it is then; a reload repeats nothing. */
async function act(limiter: Limiter, request: Ask, reply: FastifyReply, work: Act): Promise<FastifyReply> {
  const link = await linkOf(limiter, request)
  if (link.state !== 'valid') return deadLink(request, reply, link)
  const said = await orGone(
    consentSurroundings.get().database.inWorkspace(link.workspaceId, async (tx) => (await work(tx, bearerOf(link), request)) ?? 'saved'),
  )
  if (!said) return deadLink(request, reply, { state: 'forged' })
  const lang = typeof request.query.lang === 'string' ? `&lang=${encodeURIComponent(request.query.lang)}` : ''
  return reply.redirect(`/preferences/${request.params.token}?said=${said}${lang}`, 303)
}

const save: Act = async (tx, by, request) => {
  const { contact, zone } = await herWishes(tx, by)
  const wish = readForm((request.body ?? {}) as Record<string, unknown>, zone, contact.locale ?? localeOf(request))
  if ('fault' in wish) return wish.fault
  await saveWishes(tx, by, wish)
  return undefined
}

/** She was erased or never here: told the same as of a link that is none. */
async function orGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal && error.type === 'http/not-found') return undefined
    throw error
  }
}

function deadLink(request: Ask, reply: FastifyReply, link: PreferenceLink): FastifyReply {
  const locale = localeOf(request)
  const t = translator(preferenceWords, locale)
  if (link.state !== 'expired') return sendPage(reply, { locale, title: t('forgedTitle'), main: html`<p>${t('forged')}</p>` }, 410)
  const main = html`<p>${t('expired')}</p><form method="post" action="/preferences/${request.params.token}/new-link?lang=${locale}"><button>${t('sendNew')}</button></form>`
  return sendPage(reply, { locale, title: t('expiredTitle'), main }, 410)
}

/** Whoever has a link that was hers once may have a new one sent, to the address on file and nowhere else. The answer is the same whether there is one. */
async function sendNew(limiter: Limiter, request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const link = await linkOf(limiter, request)
  if (link.state === 'forged') return deadLink(request, reply, link)
  const { database } = consentSurroundings.get()
  const verdict = await limiter.take(mailLimit, link.contactId, database.clock().epochMilliseconds)
  if (verdict.allowed) await orGone(database.inWorkspace(link.workspaceId, (tx) => mailNewLink(tx, link.contactId)))
  const locale = localeOf(request)
  const t = translator(preferenceWords, locale)
  return sendPage(reply, { locale, title: t('sentTitle'), main: html`<p role="status">${t('sent')}</p>` })
}
