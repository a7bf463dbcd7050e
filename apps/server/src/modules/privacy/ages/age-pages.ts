import formbody from '@fastify/formbody'
import { EmailAddress, Line, type WorkspaceId } from '@frontdesk/contract'
import { type Locale, translator } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type Html, html, type Limiter, openLimiter, type RateLimit, refuseForeignOrigin } from '../../../platform/http/index.ts'
import { judgeAge, knownAge, markAdult, type WorkspaceFacts, workspaceBySlug, workspaceFacts } from '../../accounts/index.ts'
import { consentSurroundings } from '../consents/surroundings.ts'
import { localeOf, sendPage } from '../pages/page-layout.ts'
import { type LegalFacts, legalFacts } from '../policies/legal-facts.ts'
import { captureNotice } from '../policies/legal-footer.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import { ageWords } from './age.words.ts'
import { childPath } from './child-path.ts'
import { agreeAsGuardian, agreementOf, askGuardian, guardianConsentById, readGuardianToken } from './guardian.ts'
import { reportChildPublicly } from './report-child.ts'

type Ask = FastifyRequest<{ Params: { business: string; token: string }; Querystring: { lang?: string; back?: string } }>
type Answer = () => FastifyReply
type T = ReturnType<typeof translator<(typeof ageWords)['en']>>

const lookLimit: RateLimit = { name: 'age-look', requests: 120, seconds: 60, shared: true }
const answerLimit: RateLimit = { name: 'age-answer', requests: 20, seconds: 600, shared: true }
/** Each of these writes to somebody, or keeps somebody apart. */
const actLimit: RateLimit = { name: 'age-act', requests: 5, seconds: 3600, shared: true }

/** `/age/<business>`, `/guardian/<token>`, `/child/<business>`. Without script, and opening them changes nothing. */
export function agePages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: 16_000 })
    const limiter = openLimiter(() => consentSurroundings.get().database)
    scope.get('/age/:business', (request: Ask, reply) => inBusiness(limiter, lookLimit, request, reply, showScreen))
    scope.post('/age/:business', (request: Ask, reply) => inBusiness(limiter, answerLimit, request, reply, takeAge))
    scope.post('/age/:business/guardian', (request: Ask, reply) => inBusiness(limiter, actLimit, request, reply, takeGuardian))
    scope.get('/child/:business', (request: Ask, reply) => inBusiness(limiter, lookLimit, request, reply, showChild))
    scope.post('/child/:business', (request: Ask, reply) => inBusiness(limiter, actLimit, request, reply, takeChild))
    scope.get('/guardian/:token', (request: Ask, reply) => guardian(limiter, request, reply, false))
    scope.post('/guardian/:token', (request: Ask, reply) => guardian(limiter, request, reply, true))
  })
}

type Inside = {
  readonly tx: WorkspaceTx
  readonly business: WorkspaceFacts
  readonly legal: LegalFacts
  readonly request: Ask
  readonly reply: FastifyReply
  readonly locale: Locale
  readonly t: T
}

const fieldOf = (request: Ask, name: string): string => {
  const value = ((request.body ?? {}) as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? value.slice(0, 500) : ''
}

/** A page of ours to go back to; never another site. */
const backOf = (text: string, slug: string): string =>
  /^\/[bf]\/[\w\-./?=&%+:]*$/.test(text) && !text.includes('..') ? text : `/b/${slug}`

async function showScreen(inside: Inside): Promise<Answer> {
  const { tx, business, legal, request, reply, locale, t } = inside
  const { 'age.min': limit, 'age.guardian': guardians } = await readPrivacySettings(tx)
  const known = knownAge(request, tx.keys, limit)
  const back = backOf(request.query.back ?? '', business.slug)
  if (known === 'too_young') return () => closed(inside, guardians === 'allowed')
  if (known === 'old_enough')
    return () => sendPage(reply, { locale, business, legal, title: t('title'), main: html`<p><a href="${back}">${t('onward')}</a></p>` })
  return () => screen(inside, back)
}

async function takeAge(inside: Inside): Promise<Answer> {
  const { tx, business, request, reply } = inside
  refuseForeignOrigin(request, consentSurroundings.get().publicUrl())
  const { 'age.min': limit, 'age.guardian': guardians } = await readPrivacySettings(tx)
  const back = backOf(fieldOf(request, 'back'), business.slug)
  const typed = fieldOf(request, 'age').trim()
  if (!/^\d{1,3}$/.test(typed) || Number(typed) > 150) return () => screen(inside, back, true)
  return () =>
    judgeAge(reply, tx.keys, { age: Number(typed), limit }) ? reply.redirect(back, 303) : closed(inside, guardians === 'allowed')
}

async function takeGuardian(inside: Inside): Promise<Answer> {
  const { tx, business, legal, request, reply, locale, t } = inside
  const name = Line(120).safeParse(fieldOf(request, 'name'))
  const email = EmailAddress.safeParse(fieldOf(request, 'email'))
  if (!name.success || !email.success) return () => closed(inside, true, true)
  await askGuardian(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, { name: name.data, email: email.data, locale })
  return () => sendPage(reply, { locale, business, legal, title: t('guardian'), main: html`<p role="status">${t('guardianSent')}</p>` })
}

/** Neutral: nothing on it says which answer opens the page. */
function screen({ reply, locale, t, business, legal }: Inside, back: string, wrong = false): FastifyReply {
  const main = html`<p class="soft">${t('askText', { business: business.name })}</p>
<form method="post" action="/age/${business.slug}?lang=${locale}" autocomplete="off"><input type="hidden" name="back" value="${back}">
<div class="field"><label for="age">${t('years')}</label><input id="age" name="age" type="text" inputmode="numeric" maxlength="3" required${wrong && html` aria-invalid="true" aria-describedby="wrong"`}>${wrong && html`<p class="fault" id="wrong" role="alert">${t('wrong')}</p>`}</div>
<button>${t('go')}</button></form>${captureNotice(legal, 'age', locale)}`
  const inLanguage = (one: Locale) => `/age/${business.slug}?lang=${one}&back=${encodeURIComponent(back)}`
  return sendPage(reply, { locale, business, legal, title: t('ask'), main, inLanguage, languages: t('languages') }, wrong ? 422 : 200)
}

function closed({ reply, locale, t, business, legal }: Inside, guardians: boolean, wrong = false): FastifyReply {
  const vars = { business: business.name }
  const field = (name: 'name' | 'email', type: string, label: string) =>
    html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${type}" required maxlength="254"></div>`
  const way: Html = html`<h2>${t('guardian')}</h2><p class="soft">${t('guardianText')}</p>${wrong && html`<p class="fault" role="alert">${t('guardianWrong')}</p>`}
<form method="post" action="/age/${business.slug}/guardian?lang=${locale}" autocomplete="off">${field('name', 'text', t('guardianName'))}${field('email', 'email', t('guardianEmail'))}<button>${t('guardianSend')}</button></form>${captureNotice(legal, 'guardian', locale)}`
  const main = html`<p>${t('closed', vars)}</p><p>${t('closedHelp', vars)}</p>${guardians && way}`
  return sendPage(reply, { locale, business, legal, title: t('closedTitle'), main }, wrong ? 422 : 403)
}

async function showChild(inside: Inside): Promise<Answer> {
  return () => childForm(inside, false)
}

async function takeChild(inside: Inside): Promise<Answer> {
  const { tx, business, legal, request, reply, locale, t } = inside
  const name = Line(120).safeParse(fieldOf(request, 'name'))
  const email = EmailAddress.safeParse(fieldOf(request, 'email'))
  const relation = (['parent', 'guardian', 'other'] as const).find((one) => one === fieldOf(request, 'relation'))
  if (!name.success || !email.success || relation === undefined) return () => childForm(inside, true)
  const report = { value: fieldOf(request, 'value'), relation, name: name.data, email: email.data, locale }
  const taken = await reportChildPublicly(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, report)
  if (!taken) return () => childForm(inside, true)
  return () => sendPage(reply, { locale, business, legal, title: t('childTitle'), main: html`<p role="status">${t('childDone')}</p>` })
}

function childForm({ business, legal, request, reply, locale, t }: Inside, wrong: boolean): FastifyReply {
  const field = (name: string, type: string, label: string) =>
    html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${type}" required maxlength="254" value="${fieldOf(request, name)}"></div>`
  const chosen = fieldOf(request, 'relation') || 'parent'
  const main = html`<p class="soft">${t('childText', { business: business.name })}</p>${wrong && html`<p class="fault" role="alert">${t('childWrong')}</p>`}
<form method="post" action="${childPath(business.slug)}?lang=${locale}" autocomplete="off">${field('value', 'text', t('childValue'))}
<fieldset><legend>${t('childRelation')}</legend>${(['parent', 'guardian', 'other'] as const).map((one) => html`<label class="tick"><input type="radio" name="relation" value="${one}"${one === chosen && html` checked`}> <span>${t(`relation/${one}`)}</span></label>`)}</fieldset>
${field('name', 'text', t('childName'))}${field('email', 'email', t('childEmail'))}<button>${t('childSend')}</button></form>${captureNotice(legal, 'child', locale)}`
  const inLanguage = (one: Locale) => `${childPath(business.slug)}?lang=${one}`
  return sendPage(
    reply,
    { locale, business, legal, title: t('childTitle'), main, inLanguage, languages: t('languages') },
    wrong ? 422 : 200,
  )
}

/** The page behind the link in her mail; only the button agrees. */
async function guardian(limiter: Limiter, request: Ask, reply: FastifyReply, agrees: boolean): Promise<FastifyReply> {
  const { database } = consentSurroundings.get()
  await requireSlowly(limiter, agrees ? answerLimit : lookLimit, request)
  const link = readGuardianToken(database.keys, request.params.token, database.clock())
  const ended = () => {
    const t = translator(ageWords, localeOf(request))
    return sendPage(reply, { locale: localeOf(request), title: t('endedTitle'), main: html`<p>${t('ended')}</p>` }, 410)
  }
  if (!link) return ended()
  const answer = await database.inWorkspace(link.workspaceId, async (tx): Promise<Answer> => {
    const row = await guardianConsentById(tx, link.id)
    if (!row || (row.agreed_at !== null && !agrees)) return ended
    const business = await workspaceFacts(tx)
    const legal = await legalFacts(tx)
    const locale = localeOf(request, row.locale)
    const t = translator(ageWords, locale)
    const vars = { business: business.name, limit: row.age_limit }
    const words = agreementOf(locale, business)
    if (!agrees) {
      const main = html`<p>${t(row.child_id === null ? 'agreeText' : 'agreeTextKnown', vars)}</p><form method="post" action="/guardian/${request.params.token}?lang=${locale}"><p class="note">${words}</p><button>${t('agree')}</button></form>${captureNotice(legal, 'guardian', locale)}`
      const inLanguage = (one: Locale) => `/guardian/${request.params.token}?lang=${one}`
      return () => sendPage(reply, { locale, business, legal, title: t('agreeTitle'), main, inLanguage, languages: t('languages') })
    }
    await agreeAsGuardian(tx, row.id, words)
    return () => {
      markAdult(reply, tx.keys)
      const main = html`<p role="status">${t('agreed')}</p><p><a href="/b/${business.slug}">${t('agreedGo', vars)}</a></p>`
      return sendPage(reply, { locale, business, legal, title: t('agreeTitle'), main })
    }
  })
  return answer()
}

async function requireSlowly(limiter: Limiter, limit: RateLimit, request: Ask): Promise<void> {
  const verdict = await limiter.take(limit, request.ip, consentSurroundings.get().database.clock().epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
}

async function inBusiness(
  limiter: Limiter,
  limit: RateLimit,
  request: Ask,
  reply: FastifyReply,
  work: (inside: Inside) => Promise<Answer>,
): Promise<FastifyReply> {
  const { database } = consentSurroundings.get()
  await requireSlowly(limiter, limit, request)
  const locale = localeOf(request)
  const t = translator(ageWords, locale)
  const workspaceId: WorkspaceId | undefined = await workspaceBySlug(database, request.params.business)
  if (workspaceId === undefined) return sendPage(reply, { locale, title: t('notFoundTitle'), main: html`<p>${t('notFound')}</p>` }, 404)
  const answer = await database.inWorkspace(workspaceId, async (tx) =>
    work({ tx, business: await workspaceFacts(tx), legal: await legalFacts(tx), request, reply, locale, t }),
  )
  return answer()
}
