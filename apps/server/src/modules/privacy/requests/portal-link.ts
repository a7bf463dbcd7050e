import type { Locale } from '@frontdesk/i18n'
import { type Html, html } from '../../../platform/http/index.ts'
import { requestTranslator } from './request.words.ts'

/** The public portal of a business. */
export const portalPath = (slug: string): string => `/rights/${slug}`

/** The way to it, for the foot of other public pages. */
export const portalLink = (slug: string, locale: Locale): Html =>
  html`<p class="soft"><a href="${portalPath(slug)}?lang=${locale}">${requestTranslator(locale)('portal/link')}</a></p>`
