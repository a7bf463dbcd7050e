import { maskSensitiveNumbers } from '@frontdesk/contract'
import { chooseLocale, type Locale, translator } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { html } from '../../../platform/http/index.ts'
import { type Enter, type LinkRequest, linkPages } from '../pages/link-pages.ts'
import { localeOf, sendPage } from '../pages/page-layout.ts'
import { legalFacts } from '../policies/legal-facts.ts'
import { captureNotice } from '../policies/legal-footer.ts'
import { preferencePath } from '../preferences/preference-link.ts'
import { masked } from '../suppression/stop-link.ts'
import { confirmWords } from './confirm.words.ts'
import { confirmConsent, type InvitationState, invitationState } from './confirm-consent.ts'
import { inviteAgain, type LiveConfirmLink, readConfirmToken } from './invite.ts'
import { sealOf, tickedBeside } from './kit.ts'

type Form = Readonly<Record<string, unknown>>

/** The page behind the link of an invitation. It works without script, and opening it agrees to nothing: mail scanners open every link. */
export function confirmPages(app: FastifyInstance): void {
  linkPages<LiveConfirmLink>(
    app,
    {
      name: 'confirm',
      read: readConfirmToken,
      say: (locale) => translator(confirmWords, locale),
      subject: ({ invitationId }) => invitationId,
      sendNew: (tx, { invitationId }) => inviteAgain(tx, invitationId),
    },
    (scope, enter) => {
      scope.get('/confirm/:token', (request: LinkRequest, reply) => answer(enter, request, reply))
      scope.post('/confirm/:token', (request: LinkRequest, reply) => answer(enter, request, reply, (request.body ?? {}) as Form))
    },
  )
}

/** Shows the question; with a form it agrees, and shows what holds then. */
const answer = (enter: Enter<LiveConfirmLink>, request: LinkRequest, reply: FastifyReply, form?: Form): Promise<FastifyReply> =>
  enter(
    request,
    reply,
    (tx, link) => agree(tx, link, form),
    ({ state, lacksName, page, legal }) => {
      const locale = localeOf(request, state.locale)
      const t = translator(confirmWords, locale)
      if (state.confirmed) {
        return sendPage(reply, {
          locale,
          title: t('doneTitle'),
          business: state.business,
          main: html`<p role="status">${t('done')} <a href="${page}">${t('page')}</a></p>`,
          legal,
        })
      }
      return sendPage(reply, {
        locale,
        title: t('title'),
        business: state.business,
        main: html`${question(request.params.token, locale, state, lacksName)}${captureNotice(legal, 'consent', locale)}`,
        legal,
        inLanguage: (one) => `/confirm/${request.params.token}?lang=${one}`,
        languages: t('languages'),
      })
    },
  )

async function agree(tx: WorkspaceTx, { workspaceId, invitationId }: LiveConfirmLink, form: Form | undefined) {
  const by = { kind: 'visitor', workspaceId } as const
  const name = typeof form?.name === 'string' ? maskSensitiveNumbers(form.name.trim().slice(0, 200)).text : ''
  const { signs, wording } = await invitationState(tx, by, invitationId)
  const lacksName = form !== undefined && signs && name === ''
  // Words that were changed since she read them are shown again.
  if (form && !lacksName && tickedBeside(wording, form.agree ?? 'on'))
    await confirmConsent(tx, by, { invitationId, signedName: name === '' ? null : name })
  const state = await invitationState(tx, by, invitationId)
  return { state, lacksName, page: preferencePath(tx, state.contact.contactId), legal: await legalFacts(tx) }
}

function question(token: string, locale: Locale, state: InvitationState, lacksName: boolean) {
  const t = translator(confirmWords, locale)
  return html`<p>${t('intro', { business: state.business.name })}</p>
<blockquote lang="${chooseLocale([state.locale])}"><p>${state.wording.words}</p></blockquote>
<p class="soft">${t('for', { address: masked(state.point.value) })} ${t('free')}</p>
${lacksName && html`<p class="fault" role="alert">${t('nameFault')}</p>`}
<form method="post" action="/confirm/${token}?lang=${locale}">
${
  state.signs &&
  html`<div class="field"><label for="name">${t('name')}</label><input id="name" name="name" type="text" autocomplete="name" maxlength="200" required aria-describedby="name-hint"><span class="soft" id="name-hint">${t('nameHint')}</span></div>`
}
<button name="agree" value="${sealOf(state.wording)}">${t('agree')}</button></form>`
}
