import type { BreachNotice, BreachNotices, DataCategory } from '@frontdesk/contract'
import { chooseLocale, type Locale } from '@frontdesk/i18n'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { workspaceFacts } from '../../../accounts/index.ts'
import { privacyOffice } from '../../requests/office.ts'
import type { StoredBreach } from './breach.tables.ts'
import { breachTranslator } from './breach.words.ts'

/** Stands in a draft where the person's own name will. */
export const NAME = '{name}'

/** The notices as they follow from what is written down: what happened, when, which data, what was done, what she can do, whom to ask (GDPR Art. 34(2); SOR/2018-64 s. 3). */
export async function draftNotices(tx: WorkspaceTx, row: StoredBreach, categories: readonly DataCategory[]): Promise<BreachNotices> {
  const business = await workspaceFacts(tx)
  const { officer } = await privacyOffice(tx)
  const draft = (locale: Locale) => draftIn(locale, row, categories, business, officer)
  return { en: draft('en'), es: draft('es'), fr: draft('fr') }
}

function draftIn(
  locale: Locale,
  row: StoredBreach,
  categories: readonly DataCategory[],
  business: { readonly name: string; readonly zone: string; readonly email: string | null; readonly phone: string | null },
  officer: { readonly name: string; readonly email: string } | null,
): z.output<typeof BreachNotice> {
  const t = breachTranslator(locale)
  const vars = { business: business.name, ...daysOf(locale, row, business.zone) }
  const data = new Intl.ListFormat(locale).format(categories.map((category) => t(`data/${category}`)))
  const contact = [officer?.email ?? business.email, business.phone].filter(Boolean).join(', ')
  return {
    subject: t('notice/subject', vars),
    text: [
      t('notice/hello', { name: NAME }),
      `${t('notice/what', vars)} ${t(vars.began === vars.ended ? 'notice/when' : 'notice/whenRange', vars)}`,
      t('notice/story', { what: row.what }),
      t('notice/data', { data }),
      ...(row.measures === null ? [] : [t('notice/measures', { measures: row.measures })]),
      t('notice/advice'),
      ...(contact === '' ? [] : [t('notice/contact', { officer: officer?.name ?? business.name, contact })]),
      t('notice/authority'),
      t('notice/regards', vars),
    ].join('\n\n'),
  }
}

/** What a member is told whose account is affected, in the language of the business: what happened, which of her data, what was done, what she should do now. */
export async function memberNotice(tx: WorkspaceTx, row: StoredBreach, name: string): Promise<z.output<typeof BreachNotice>> {
  const business = await workspaceFacts(tx)
  const locale = chooseLocale([business.locale])
  const t = breachTranslator(locale)
  const { officer } = await privacyOffice(tx)
  const contact = [officer?.email ?? business.email, business.phone].filter(Boolean).join(', ')
  const vars = { business: business.name, ...daysOf(locale, row, business.zone) }
  return {
    subject: t('member/subject', vars),
    text: `${[
      t('notice/hello', { name }),
      `${t('notice/what', vars)} ${t(vars.began === vars.ended ? 'notice/when' : 'notice/whenRange', vars)}`,
      t('notice/story', { what: row.what }),
      t('member/data'),
      ...(row.measures === null ? [] : [t('notice/measures', { measures: row.measures })]),
      t('member/advice'),
      ...(contact === '' ? [] : [t('notice/contact', { officer: officer?.name ?? business.name, contact })]),
      t('notice/authority'),
      t('notice/regards', vars),
    ].join('\n\n')}\n`,
  }
}

function daysOf(
  locale: Locale,
  row: StoredBreach,
  zone: string,
): { readonly detected: string; readonly began: string; readonly ended: string } {
  const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toPlainDate().toLocaleString(locale, { dateStyle: 'long' })
  const began = day(row.began_at)
  return { detected: day(row.detected_at), began, ended: row.ended_at === null ? began : day(row.ended_at) }
}
