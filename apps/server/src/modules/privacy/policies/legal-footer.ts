import { translator } from '@frontdesk/i18n'
import { type Html, html } from '../../../platform/http/index.ts'
import { ageWords } from '../ages/age.words.ts'
import { childPath } from '../ages/child-path.ts'
import { cookieWords } from '../cookies/cookie.words.ts'
import { choicesPath } from '../cookies/notice.ts'
import { publicStopPath } from '../suppression/public-stop-path.ts'
import { stopWords } from '../suppression/stop.words.ts'
import type { LegalFacts } from './legal-facts.ts'
import { policyTranslator } from './policy.words.ts'
import { policyPageTranslator } from './policy-page.words.ts'
import { legalPath, policyPath, versionPath } from './policy-paths.ts'

/** What a form is for. */
export type CapturePurpose =
  | 'booking'
  | 'form'
  | 'request'
  | 'consent'
  | 'stop'
  | 'preferences'
  | 'age'
  | 'guardian'
  | 'child'
  | 'objection'
  | 'choices'

/** The name of the notice that stands on a page: forms and their answers carry it, so that it can be told under which one data came. */
export const noticeId = ({ privacyVersion }: Pick<LegalFacts, 'privacyVersion'>): string =>
  privacyVersion === null ? 'privacy' : `privacy-v${privacyVersion}`

/** The links to documents, rights and stopping, for the foot of every public page; `choices` adds the way to her own choices where nothing else does. */
export function legalFooter(facts: LegalFacts, tag: string, { choices = false } = {}): Html {
  const t = policyPageTranslator(tag)
  const { slug } = facts.business
  const link = (path: string, words: string) => html`<a href="${path}?lang=${t.locale}">${words}</a>`
  return html`<nav class="legal" aria-label="${t('footer/label')}" data-notice="${noticeId(facts)}">${link(policyPath(slug, 'privacy'), t('footer/privacy'))}${link(policyPath(slug, 'cookies'), t('footer/cookies'))}${link(policyPath(slug, 'california'), t('footer/california'))}${link(policyPath(slug, 'terms'), t('footer/terms'))}${choices && link(choicesPath(slug), translator(cookieWords, t.locale)('footer'))}${link(legalPath(slug), t('footer/all'))}${link(`/rights/${slug}`, t('footer/rights'))}${link(childPath(slug), translator(ageWords, t.locale)('childLink'))}${link(publicStopPath(slug), translator(stopWords, t.locale)('footerPublic'))}</nav>`
}

/** The short notice beside a form: what for, where data are kept, and the whole notice one press away. */
export function captureNotice(facts: LegalFacts, purpose: CapturePurpose, tag: string): Html {
  const t = policyPageTranslator(tag)
  const { business, privacyVersion, region } = facts
  const where = policyTranslator(tag)(`is/geo.region/${region}`)
  const whole = policyPath(business.slug, 'privacy')
  const words = privacyVersion === null ? t('notice/first') : t('notice/more', { version: String(privacyVersion) })
  return html`<p class="soft meta capture" data-notice="${noticeId(facts)}">${t(`notice/${purpose}`, { business: business.name })} ${where} <a href="${whole}?lang=${t.locale}">${words}</a></p>`
}

/** The notices of changes that stand now, for the top of public pages. */
export function policyBanner({ notices, business }: LegalFacts, tag: string): Html | null {
  if (notices.length === 0) return null
  const t = policyPageTranslator(tag)
  const names = policyTranslator(tag)
  const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(business.zone).toPlainDate().toLocaleString(tag, { dateStyle: 'long' })
  return html`<div class="policy-news" role="note">${notices.map(
    ({ kind, version, publishedAt }) =>
      html`<p>${t('banner/changed', { document: names(`kind/${kind}`), date: day(publishedAt) })} <a href="${versionPath(business.slug, kind, version, t.locale)}">${t('banner/read')}</a></p>`,
  )}</div>`
}
