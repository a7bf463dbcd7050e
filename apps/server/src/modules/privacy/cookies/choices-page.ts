import { formats, type Locale, translator } from '@frontdesk/i18n'
import { type Html, html } from '../../../platform/http/index.ts'
import type { WorkspaceFacts } from '../../accounts/index.ts'
import { cookieWords } from './cookie.words.ts'
import { type HeardSignals, type StoredDecision, withinSignals } from './decide.ts'
import { choicesPath } from './notice.ts'
import type { PageTag } from './page-tags.ts'

/** What the page shows. */
export type ChoicesPage = {
  readonly locale: Locale
  readonly business: WorkspaceFacts
  readonly tags: readonly PageTag[]
  readonly decision: StoredDecision | undefined
  readonly heard: HeardSignals
  readonly said: 'saved' | 'opted-out' | 'wrong' | undefined
}

/** Everything there is to choose, with what holds now. What the browser's own signal settles cannot be ticked. */
export function choicesPage({ locale, business, tags, decision, heard, said }: ChoicesPage): Html {
  const t = translator(cookieWords, locale)
  const f = formats(locale, business.zone)
  const action = `${choicesPath(business.slug)}?lang=${locale}`
  const now = withinSignals(
    {
      preferences: decision?.preferences ?? false,
      statistics: decision?.statistics ?? false,
      marketing: decision?.marketing ?? false,
      sharing: decision?.sharing ?? false,
    },
    heard,
  )
  const may = withinSignals({ statistics: true, marketing: true, sharing: true }, heard)
  const choice = (name: 'preferences' | 'statistics' | 'marketing', text: Html | string, free: boolean) =>
    html`<fieldset><legend>${t(name)}</legend><label class="tick"><input type="checkbox" name="${name}"${now[name] && html` checked`}${!free && html` disabled`}> <span>${text}</span></label></fieldset>`
  const of = (name: 'statistics' | 'marketing') => {
    const own = tags.filter((tag) => tag.class === name)
    if (own.length === 0) return html`<fieldset><legend>${t(name)}</legend><p class="soft">${t('none')}</p></fieldset>`
    return choice(name, html`${own.map((tag) => html`${tagLine(t, tag)}<br>`)}`, may[name])
  }
  return html`<p class="soft">${t('intro', { business: business.name })}</p>
${said === 'saved' && html`<p role="status" class="ok">${t('saved')}</p>`}${said === 'opted-out' && html`<p role="status" class="ok">${t('optedOut')}</p>`}
${heard.gpc !== 'none' && html`<p class="note">${t(heard.gpc === 'honoured' ? 'gpc' : 'gpcNot', { business: business.name })}</p>`}
${heard.dnt !== 'none' && html`<p class="note">${t(heard.dnt === 'honoured' ? 'dnt' : 'dntNot', { business: business.name })}</p>`}
<p class="soft">${decision ? t('decided', { date: f.date(decision.created_at.toString()) }) : t('undecided')}</p>
<form method="post" action="${action}">
<fieldset><legend>${t('needed')}</legend><p class="soft">${t('neededText')}</p></fieldset>
${choice('preferences', t('preferencesText'), true)}
${of('statistics')}
${of('marketing')}
<fieldset><legend>${t('sharing')}</legend><p class="soft">${t('sharingText')}</p><label class="tick"><input type="checkbox" name="no_sharing"${!now.sharing && html` checked`}${!may.sharing && html` disabled`}> <span>${t('sharingOff')}</span></label>${!may.sharing && html`<input type="hidden" name="no_sharing" value="on">`}</fieldset>
<button name="decision" value="save">${t('save')}</button></form>
<h2>${t('known')}</h2><p class="soft">${t('knownText')}</p>
<form method="post" action="${choicesPath(business.slug)}/opt-out?lang=${locale}"><div class="field"><label for="email">${t('email')}</label><input id="email" name="email" type="email" autocomplete="email" required maxlength="254"${said === 'wrong' && html` aria-invalid="true" aria-describedby="wrong"`}>${said === 'wrong' && html`<p class="fault" id="wrong" role="alert">${t('wrong')}</p>`}</div>
<button>${t('optOut')}</button></form>`
}

/** A declared tag in one sentence, with the cookies that its provider says it keeps. */
function tagLine(t: ReturnType<typeof translator<(typeof cookieWords)['en']>>, tag: PageTag): Html {
  const kept = tag.cookies.map(({ name, days }) => t('cookieDays', { name, count: days })).join(', ')
  return html`${t('tag', { name: tag.name, provider: tag.provider, purpose: tag.purpose })}${kept !== '' && ` ${t('tagCookies', { cookies: kept })}`}`
}
