import { translator } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { html } from '../../../platform/http/index.ts'
import { askerOf } from '../cookies/asker.ts'
import { noteSignals } from '../cookies/note-signals.ts'
import { type Enter, type LinkRequest, linkPages } from '../pages/link-pages.ts'
import { pageFiles } from '../pages/page-files.ts'
import { localeOf, sendPage } from '../pages/page-layout.ts'
import { legalFacts } from '../policies/legal-facts.ts'
import { captureNotice } from '../policies/legal-footer.ts'
import { herWishes, leaveAlone, saveWishes } from './her-wishes.ts'
import { mailNewLink } from './mail-new-link.ts'
import { preferenceWords } from './preference.words.ts'
import { readForm } from './preference-form.rules.ts'
import { type LivePreferenceLink, readPreferenceToken } from './preference-link.ts'
import { preferencePage, preferenceTitle } from './preference-page.ts'

/** The page of a contact, behind a signed link. It works without script, and opening it changes nothing: mail scanners open every link. */
export function preferencePages(app: FastifyInstance): void {
  pageFiles(app)
  linkPages<LivePreferenceLink>(
    app,
    {
      name: 'preferences',
      read: readPreferenceToken,
      say: (locale) => translator(preferenceWords, locale),
      subject: ({ contactId }) => contactId,
      sendNew: (tx, { contactId }) => mailNewLink(tx, contactId),
    },
    (scope, enter) => {
      scope.get('/preferences/:token', (request: LinkRequest, reply) => show(enter, request, reply))
      scope.post('/preferences/:token', (request: LinkRequest, reply) => act(enter, request, reply, save))
      scope.post('/preferences/:token/alone', (request: LinkRequest, reply) =>
        act(enter, request, reply, (tx, by) => leaveAlone(tx, by, true).then(() => 'saved')),
      )
      scope.post('/preferences/:token/again', (request: LinkRequest, reply) =>
        act(enter, request, reply, (tx, by) => leaveAlone(tx, by, false).then(() => 'saved')),
      )
    },
  )
}

const bearerOf = ({ workspaceId, contactId }: LivePreferenceLink) => ({ kind: 'contact_link', workspaceId, contactId }) as const
type Bearer = ReturnType<typeof bearerOf>
type Act = (tx: WorkspaceTx, by: Bearer, request: LinkRequest) => Promise<'saved' | 'times'>

const show = (enter: Enter<LivePreferenceLink>, request: LinkRequest, reply: FastifyReply): Promise<FastifyReply> =>
  enter(
    request,
    reply,
    async (tx, link) => {
      await noteSignals(tx, askerOf(request), { contactId: link.contactId, seenOn: 'preferences' })
      return { wishes: await herWishes(tx, bearerOf(link)), legal: await legalFacts(tx) }
    },
    ({ wishes, legal }) => {
      const said = (['saved', 'times'] as const).find((one) => one === request.query.said)
      const page = { locale: localeOf(request, wishes.contact.locale), token: request.params.token, wishes, said }
      return sendPage(reply, {
        locale: page.locale,
        title: preferenceTitle(page),
        business: wishes.business,
        main: html`${preferencePage(page)}${captureNotice(legal, 'preferences', page.locale)}`,
        legal,
        inLanguage: (locale) => `/preferences/${page.token}?lang=${locale}`,
        languages: translator(preferenceWords, page.locale)('languages'),
      })
    },
  )

/** Does what was asked and shows the page as it is then; a reload repeats nothing. */
const act = (enter: Enter<LivePreferenceLink>, request: LinkRequest, reply: FastifyReply, work: Act): Promise<FastifyReply> =>
  enter(
    request,
    reply,
    (tx, link) => work(tx, bearerOf(link), request),
    (said) => {
      const lang = typeof request.query.lang === 'string' ? `&lang=${encodeURIComponent(request.query.lang)}` : ''
      return reply.redirect(`/preferences/${request.params.token}?said=${said}${lang}`, 303)
    },
  )

const save: Act = async (tx, by, request) => {
  const { contact, zone } = await herWishes(tx, by)
  const wish = readForm((request.body ?? {}) as Record<string, unknown>, zone, contact.locale ?? localeOf(request))
  if ('fault' in wish) return wish.fault
  await saveWishes(tx, by, wish)
  return 'saved'
}
