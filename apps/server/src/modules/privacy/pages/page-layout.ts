import { chooseLocale, type Locale, languageName, locales, textDirection } from '@frontdesk/i18n'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Html, html, languagesOf, renderHtml } from '../../../platform/http/index.ts'
import type { WorkspaceFacts } from '../../accounts/index.ts'
import type { LegalFacts } from '../policies/legal-facts.ts'
import { legalFooter, policyBanner } from '../policies/legal-footer.ts'
import { fontPath, sheetPath } from './page-files.ts'

/** What a page shows of the business it belongs to. */
export type PageBusiness = Pick<WorkspaceFacts, 'name' | 'slug' | 'logoFileId' | 'brandColour'>

/** One public page of this room. */
export type PublicPage = {
  readonly locale: Locale
  readonly title: string
  /** What stands on top, where the title says more. */
  readonly heading?: string
  readonly main: Html
  /** Whose page it is: its name stands on top, in its colour and with its logo. */
  readonly business?: PageBusiness | undefined
  /** The address of the same page in another language; the links are left out without it. */
  readonly inLanguage?: ((locale: Locale) => string) | undefined
  /** What the links to other languages are called. */
  readonly languages?: string | undefined
  /** The documents of the business, for the foot of the page; left out only where no business is known. */
  readonly legal?: LegalFacts | undefined
}

/** A whole document that needs no script. Search engines keep away: these pages belong to one person. */
export function sendPage(
  reply: FastifyReply,
  { locale, title, heading, main, business, inLanguage, languages, legal }: PublicPage,
  status = 200,
): FastifyReply {
  const page = html`<html lang="${locale}" dir="${textDirection(locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${title}</title><link rel="preload" href="${fontPath}" as="font" type="font/woff2" crossorigin><link rel="stylesheet" href="${sheetPath}">${business && html`<link rel="stylesheet" href="/b/${business.slug}/brand.css?${business.brandColour.replace('#', '')}">`}</head>
<body>${legal && policyBanner(legal, locale)}${business && brand(business)}<main><h1>${heading ?? title}</h1>
${main}
</main>
${
  (inLanguage ?? legal) &&
  html`<footer>${legal && legalFooter(legal, locale, { choices: true })}${
    inLanguage &&
    html`<nav aria-label="${languages}">${locales.map((one) =>
      one === locale
        ? html`<span lang="${one}" aria-current="true">${languageName(one)}</span>`
        : html`<a lang="${one}" hreflang="${one}" href="${inLanguage(one)}">${languageName(one)}</a>`,
    )}</nav>`
  }</footer>`
}
</body></html>`
  return reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(`<!doctype html>${renderHtml(page)}`)
}

/** The head of the booking pages, so that she knows at once whose page it is. */
const brand = ({ name, slug, logoFileId }: PageBusiness): Html =>
  html`<header class="brand">${
    logoFileId === null
      ? html`<span class="logo" aria-hidden="true">${[...name.trim()][0]?.toUpperCase() ?? ''}</span>`
      : html`<img class="logo" src="/b/${slug}/logo/${logoFileId}" alt="" width="36" height="36">`
  }<span>${name}</span></header>
`

/** The reader's language: the one she chose on the page, hers as we know it, or her browser's. */
export function localeOf(request: FastifyRequest, hers?: string | null): Locale {
  const chosen = (request.query as { readonly lang?: unknown }).lang
  const wanted = [
    ...(typeof chosen === 'string' ? [chosen] : []),
    ...(hers ? [hers] : []),
    ...languagesOf(request.headers['accept-language']),
  ]
  return chooseLocale(wanted)
}
