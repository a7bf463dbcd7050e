import { type Locale, translator } from '@frontdesk/i18n'
import type { FastifyReply } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { allowHosts, type Html, html } from '../../../platform/http/index.ts'
import type { Asker } from './asker.ts'
import { cookieWords } from './cookie.words.ts'
import { decisionOf, heardSignals, withinSignals } from './decide.ts'
import { editionOf, liveTags, type PageTag } from './page-tags.ts'

/** What a public page carries about cookies. */
export type CookieNotice = {
  /** The question, where there is one to ask. It stands first in the page and takes the keyboard from nobody. */
  readonly banner: Html | null
  /** What the reader agreed to, to stand in the head. */
  readonly tags: Html | null
  /** The hosts it is loaded from. */
  readonly hosts: readonly string[]
  /** The way to her choices, and what her browser asked for. */
  readonly footer: Html
  /** She refused preferences: nothing of them is kept in her browser. */
  readonly keepsNothing: boolean
}

/** The page where choices are made and changed. */
export const choicesPath = (slug: string): string => `/choices/${slug}`

/** What a page of this business has to say about cookies to this reader. `back` is the page she is on; `open` pages may load what she agreed to, others never do. */
export async function cookieNotice(
  tx: WorkspaceTx,
  asker: Asker,
  page: { readonly business: string; readonly slug: string; readonly locale: Locale; readonly back: string; readonly open: boolean },
): Promise<CookieNotice> {
  const t = translator(cookieWords, page.locale)
  const tags = page.open ? await liveTags(tx) : []
  const heard = await heardSignals(tx, asker)
  const path = `${choicesPath(page.slug)}?lang=${page.locale}`
  const footer = html`<a class="choices" href="${path}">${t('footer')}</a>${heard.gpc === 'honoured' && html` <span>${t('footerGpc')}</span>`}`
  const keepsNothing = asker.choice !== undefined && !asker.choice.agreed.includes('preferences')
  if (tags.length === 0) return { banner: null, tags: null, hosts: [], footer, keepsNothing }
  const decision = await decisionOf(tx, asker.choice)
  const within = withinSignals({ statistics: true, marketing: true, sharing: true }, heard)
  const askable = tags.filter((tag) => within[tag.class])
  const settled = decision?.edition === editionOf(tags)
  const agreed = settled ? askable.filter((tag) => decision[tag.class]) : []
  return {
    banner: settled || askable.length === 0 ? null : banner(t, page, askable, heard.gpc === 'honoured'),
    tags:
      agreed.length === 0 ? null : html`${agreed.map(({ host, script }) => html`<script src="https://${host}${script}" async></script>`)}`,
    hosts: [...new Set(agreed.map(({ host }) => host))],
    footer,
    keepsNothing,
  }
}

/** Widens the policy of this one answer by the hosts she agreed to. */
export const allowNoticed = (reply: FastifyReply, { hosts }: Pick<CookieNotice, 'hosts'>): FastifyReply =>
  allowHosts(reply, 'embeddable', hosts)

/** Refusing is one press like agreeing, and stands first (as remembered from EDPB Guidelines 03/2022 and CNIL, délibération 2020-092; counsel must check). */
function banner(
  t: ReturnType<typeof translator<(typeof cookieWords)['en']>>,
  { business, slug, locale, back }: { readonly business: string; readonly slug: string; readonly locale: Locale; readonly back: string },
  tags: readonly PageTag[],
  gpc: boolean,
): Html {
  const names = tags.map(({ name, provider }) => `${name} (${provider})`).join(', ')
  return html`<section class="consent" aria-labelledby="consent-title"><form method="post" action="${choicesPath(slug)}?lang=${locale}"><h2 class="consent-title" id="consent-title">${t('bannerTitle')}</h2><p>${t('bannerText', { business, names })}</p>${gpc && html`<p>${t('gpc')}</p>`}<input type="hidden" name="back" value="${back}"><div class="consent-buttons"><button class="btn" name="decision" value="refuse">${t('refuse')}</button><button class="btn" name="decision" value="accept">${t('accept')}</button><a href="${choicesPath(slug)}?lang=${locale}">${t('choose')}</a></div></form></section>`
}
