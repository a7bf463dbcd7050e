import formbody from '@fastify/formbody'
import { chooseLocale, type Locale, translator } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import { html, type Limiter, openLimiter, type RateLimit } from '../../../platform/http/index.ts'
import { localeOf, sendPage } from '../pages/page-layout.ts'
import { preferencePath } from '../preferences/preference-link.ts'
import { masked } from '../suppression/stop-link.ts'
import { confirmWords } from './confirm.words.ts'
import { confirmConsent, type InvitationState, invitationState } from './confirm-consent.ts'
import { type ConfirmLink, inviteAgain, readConfirmToken } from './invite.ts'
import { consentSurroundings } from './surroundings.ts'

type Ask = FastifyRequest<{ Params: { token: string }; Querystring: { lang?: string } }>

const pageLimit: RateLimit = { name: 'confirm-consent', requests: 120, seconds: 60, shared: true }
const mailLimit: RateLimit = { name: 'confirm-consent-new-link', requests: 3, seconds: 3600, shared: true }

/** The page behind the link of an invitation. It works without script, and opening it agrees to nothing: mail scanners open every link. */
export function confirmPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await scope.register(formbody)
    const limiter = openLimiter(() => consentSurroundings.get().database)
    scope.get('/confirm/:token', (request: Ask, reply) => answer(limiter, request, reply))
    scope.post('/confirm/:token', (request: Ask, reply) =>
      answer(limiter, request, reply, (request.body ?? {}) as Readonly<Record<string, unknown>>),
    )
    scope.post('/confirm/:token/new-link', (request: Ask, reply) => sendNew(limiter, request, reply))
  })
}

async function linkOf(limiter: Limiter, request: Ask): Promise<ConfirmLink> {
  const { database } = consentSurroundings.get()
  const verdict = await limiter.take(pageLimit, request.ip, database.clock().epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
  return readConfirmToken(database.keys, request.params.token, database.clock())
}

/** Shows the question; with a form it agrees, and shows what holds then. */
async function answer(
  limiter: Limiter,
  request: Ask,
  reply: FastifyReply,
  form?: Readonly<Record<string, unknown>>,
): Promise<FastifyReply> {
  const link = await linkOf(limiter, request)
  if (link.state !== 'valid') return deadLink(request, reply, link)
  const { database } = consentSurroundings.get()
  const by = { kind: 'visitor', workspaceId: link.workspaceId } as const
  const name = typeof form?.name === 'string' ? form.name.trim().slice(0, 200) : ''
  const found = await orGone(
    database.inWorkspace(link.workspaceId, async (tx) => {
      const { signs } = await invitationState(tx, by, link.invitationId)
      const lacksName = form !== undefined && signs && name === ''
      if (form && !lacksName) await confirmConsent(tx, by, { invitationId: link.invitationId, signedName: name === '' ? null : name })
      const state = await invitationState(tx, by, link.invitationId)
      return { state, lacksName, page: preferencePath(tx, state.contact.contactId) }
    }),
  )
  if (!found) return deadLink(request, reply, { state: 'forged' })
  const { state, lacksName, page } = found
  const locale = localeOf(request, state.locale)
  const t = translator(confirmWords, locale)
  if (state.confirmed) {
    return sendPage(reply, {
      locale,
      title: t('doneTitle'),
      main: html`<p role="status">${t('done')} <a href="${page}">${t('page')}</a></p>`,
    })
  }
  return sendPage(reply, {
    locale,
    title: t('title'),
    main: question(request.params.token, locale, state, lacksName),
    inLanguage: (one) => `/confirm/${request.params.token}?lang=${one}`,
    languages: t('languages'),
  })
}

function question(token: string, locale: Locale, state: InvitationState, lacksName: boolean) {
  const t = translator(confirmWords, locale)
  return html`<p>${t('intro', { business: state.business.name })}</p>
<blockquote lang="${chooseLocale([state.locale])}"><p>${state.words}</p></blockquote>
<p class="soft">${t('for', { address: masked(state.point.value) })} ${t('free')}</p>
${lacksName && html`<p class="fault" role="alert">${t('nameFault')}</p>`}
<form method="post" action="/confirm/${token}?lang=${locale}">
${
  state.signs &&
  html`<div class="field"><label for="name">${t('name')}</label><input id="name" name="name" type="text" autocomplete="name" maxlength="200" required aria-describedby="name-hint"><span class="soft" id="name-hint">${t('nameHint')}</span></div>`
}
<button>${t('agree')}</button></form>`
}

async function orGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal && error.type === 'http/not-found') return undefined
    throw error
  }
}

function deadLink(request: Ask, reply: FastifyReply, link: ConfirmLink): FastifyReply {
  const locale = localeOf(request)
  const t = translator(confirmWords, locale)
  if (link.state !== 'expired') return sendPage(reply, { locale, title: t('forgedTitle'), main: html`<p>${t('forged')}</p>` }, 410)
  const main = html`<p>${t('expired')}</p><form method="post" action="/confirm/${request.params.token}/new-link?lang=${locale}"><button>${t('sendNew')}</button></form>`
  return sendPage(reply, { locale, title: t('expiredTitle'), main }, 410)
}

/** The answer is the same whether there is anything to send. */
async function sendNew(limiter: Limiter, request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const link = await linkOf(limiter, request)
  if (link.state === 'forged') return deadLink(request, reply, link)
  const { database } = consentSurroundings.get()
  const verdict = await limiter.take(mailLimit, link.invitationId, database.clock().epochMilliseconds)
  if (verdict.allowed) await orGone(database.inWorkspace(link.workspaceId, (tx) => inviteAgain(tx, link.invitationId)))
  const locale = localeOf(request)
  const t = translator(confirmWords, locale)
  return sendPage(reply, { locale, title: t('sentTitle'), main: html`<p role="status">${t('sent')}</p>` })
}
