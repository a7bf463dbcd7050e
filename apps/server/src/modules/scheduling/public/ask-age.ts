import type { FastifyReply } from 'fastify'
import { html } from '../../../platform/http/index.ts'
import { agePath } from '../../privacy/index.ts'
import { seeOther, sendPage } from './page-answers.ts'
import type { Visit } from './visit.ts'

/** Leads to the age screen and back. In a frame of another site browsers keep no answer of hers, so there the way leads to a page of its own. */
export function askAge(
  reply: FastifyReply,
  visit: Visit,
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
): FastifyReply {
  const { business, t } = visit
  const back = visit.alone(path, { ...query, frame: undefined, theme: undefined, colour: undefined })
  if (!visit.framed) return seeOther(reply, agePath(business.slug, back))
  return sendPage(reply, visit, {
    title: t('aloneTitle'),
    main: html`<div class="body"><h1>${t('aloneTitle')}</h1><p class="soft">${t('aloneText')}</p><p><a class="btn solid lg" href="${agePath(business.slug, back)}" target="_blank" rel="noopener">${t('aloneGo')}</a></p></div>`,
  })
}
