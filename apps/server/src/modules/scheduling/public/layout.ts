import { languageName, locales } from '@frontdesk/i18n'
import { type Html, type HtmlValue, html, renderHtml, webAddress } from '../../../platform/http/index.ts'
import { homeCountryOf, writePhone } from '../../contacts/index.ts'
import { legalFooter, policyBanner } from '../../privacy/index.ts'
import { addressLine } from '../place.rules.ts'
import { logoPath } from '../present-public.ts'
import { type AssetName, assetPath } from './assets.ts'
import { brandVersion } from './brand-sheet.ts'
import { icon } from './icons.ts'
import type { Visit } from './visit.ts'

/** One page: its title, what stands beside, and what it is about. */
export type Page = {
  readonly title: string
  /** Facts beside the sheet on wide screens. */
  readonly about?: HtmlValue
  readonly main: Html
  /** What a screen reader is told when this page replaces another one without a reload. */
  readonly announce?: string
  /** Search engines keep away from pages that belong to one person. */
  readonly isPrivate?: boolean
  /** It stands in a frame of another site, which shows who it is of. */
  readonly embedded?: boolean
  /** It has something that passes, and a script that watches it. */
  readonly script?: AssetName
  /** Where the reader is led at once. */
  readonly goTo?: string
}

/** A whole document. */
export function renderPage(visit: Visit, page: Page): string {
  const { business, t } = visit
  return renderHtml(html`<!doctype html>
<html lang="${visit.tag}" dir="${visit.direction}" data-zone="${visit.zone}"${!visit.zoneIsKnown && html` data-zone-open`}${visit.notice?.keepsNothing && html` data-keeps-nothing`}${visit.framed && html` data-framed`}${visit.look.theme && html` data-theme="${visit.look.theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${page.title} · ${business.name}</title>
${page.isPrivate && html`<meta name="robots" content="noindex">`}
${page.goTo !== undefined && html`<meta http-equiv="refresh" content="0; url=${page.goTo}">`}
<meta name="color-scheme" content="light dark">
<link rel="preload" href="${assetPath('inter.woff2')}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${assetPath('booking.css')}">
<link rel="stylesheet" href="/b/${business.slug}/brand.css?${brandVersion(business)}${visit.look.colour && `&colour=${visit.look.colour}`}">
<script src="${assetPath('booking.js')}" defer></script>
${visit.framed && html`<script src="${assetPath('booking-frame.js')}" defer></script>`}
${page.script && html`<script src="${assetPath(page.script)}" defer></script>`}
${!page.isPrivate && visit.notice?.tags}
</head>
<body${(page.embedded || visit.framed) && html` class="embedded"`}>
<a class="skip" href="#main">${t('skip')}</a>
${!page.isPrivate && visit.notice?.banner}${visit.legal && policyBanner(visit.legal, visit.tag)}
<div class="wrap">
<header class="aside" id="aside">
<div class="brand">${logo(visit)}<div class="grow"><p class="strong">${business.name}</p>${business.address && html`<p class="meta">${addressLine(business.address)}</p>`}</div>
<button class="btn ghost sq" type="button" data-theme-switch hidden aria-label="${t('theme')}">${icon('theme')}</button></div>
${page.about}
</header>
<main class="sheet" id="main" tabindex="-1"${page.announce && html` data-announce="${page.announce}"`}>
${page.main}
</main>
<footer class="foot">${footer(visit)}</footer>
</div>
<p class="vh" id="said" role="status"></p>
</body>
</html>
`)
}

function logo({ business, t }: Visit): Html {
  const path = logoPath(business)
  if (path !== null) return html`<img class="logo" src="${path}" alt="${t('logoOf', { name: business.name })}" width="44" height="44">`
  return html`<span class="logo" aria-hidden="true">${[...business.name.trim()][0]?.toUpperCase() ?? ''}</span>`
}

function footer(visit: Visit): Html {
  const website = webAddress(visit.business.website)
  return html`${website && externalLink(visit, website, new URL(website).hostname.replace(/^www\./, ''))}${visit.legal && legalFooter(visit.legal, visit.tag)}${visit.notice && html`<span>${visit.notice.footer}</span>`}
<nav aria-label="${visit.t('language')}">${locales.map((locale) =>
    locale === visit.locale
      ? html`<span lang="${locale}" aria-current="true">${languageName(locale)}</span>`
      : html`<a lang="${locale}" hreflang="${locale}" href="${visit.inLanguage(locale)}">${languageName(locale)}</a>`,
  )}</nav>`
}

/** A link that leaves this site: it says so, and tells the other one nothing of where the reader came from. */
export const externalLink = ({ t }: Pick<Visit, 't'>, address: string, text: HtmlValue, className = ''): Html =>
  html`<a href="${address}" rel="noopener noreferrer" class="${`ext ${className}`.trim()}">${text}<span class="vh"> ${t('leaves')}</span></a>`

/** The steps on the way to a booking, with where one is. */
export function stepLine({ t }: Visit, current: 'service' | 'time' | 'details'): Html {
  const steps = [
    ['service', t('stepService')],
    ['time', t('stepTime')],
    ['details', t('stepDetails')],
  ] as const
  const at = steps.findIndex(([name]) => name === current)
  return html`<ol class="steps" aria-label="${t('stepsLabel')}">${steps.map(([name, label], index) =>
    name === current ? html`<li aria-current="step">${label}</li>` : html`<li${index < at && html` class="done"`}>${label}</li>`,
  )}</ol>`
}

/** Names and what they are. What is not there is left out. */
export function factList(facts: readonly (readonly [string, HtmlValue] | false | null)[], className = 'facts', id?: string): Html {
  return html`<dl class="${className}"${id && html` id="${id}"`}>${facts.map((fact) => fact && html`<dt>${fact[0]}</dt><dd>${fact[1]}</dd>`)}</dl>`
}

/** A phone number that can be tapped, written as people of the business's country write it. */
export function phoneLink(phone: string, business: Visit['business']): Html {
  const { shown, dialled } = writePhone(phone, homeCountryOf(business))
  return html`<a class="nowrap" href="tel:${dialled}" dir="ltr">${shown}</a>`
}

/** What the address filled in, for a form that leads on to the next page. */
export const prefillFields = (visit: Visit): Html =>
  html`${Object.entries(visit.prefill).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`

/** The fields that keep language, zone and look in a form. */
export const carriedFields = (visit: Visit): Html =>
  html`${visit.carried.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`
