import type { MoneyLike } from '@frontdesk/i18n'
import { html } from '../../../platform/http/index.ts'
import type { ServiceRow } from '../service.tables.ts'
import type { BookablePerson } from './bookable-people.ts'
import { icon } from './icons.ts'
import { type Page, phoneLink, stepLine } from './layout.ts'
import { shortPlace } from './place-words.ts'
import type { Visit } from './visit.ts'

/** What a business offers, to choose from. */
export function listPage(visit: Visit, services: readonly ServiceRow[], people: readonly BookablePerson[]): Page {
  const { t, f, business } = visit
  if (services.length === 0) {
    return {
      title: t('bookAt', { business: business.name }),
      main: html`<div class="body"><h1>${t('nothingToBook')}</h1><p class="soft">${t('nothingToBookHelp')}</p>${business.phone && html`<p>${phoneLink(business.phone, business)}</p>`}</div>`,
    }
  }
  return {
    title: t('bookAt', { business: business.name }),
    about: business.phone && html`<p class="meta wide">${t.parts('callUs', { phone: phoneLink(business.phone, business) })}</p>`,
    main: html`${stepLine(visit, 'service')}<div class="body"><h1>${t('whatToBook')}</h1>
<ul class="offers">${services.map(
      (service) =>
        html`<li><a href="${visit.link(`/b/${business.slug}/${service.slug}`)}"><span class="grow"><b>${service.name}</b><span class="meta">${[f.durationInWords(service.duration_minutes), elsewhere(visit, service)].filter((part) => part !== '').join(' · ')}</span>${service.description && html`<span class="meta clamp">${service.description}</span>`}</span><span class="tn">${priceOf(visit, service)}</span>${icon('later', 'i flip')}</a></li>`,
    )}</ul>${people.length > 1 && html`<p><a href="${visit.link(`/b/${business.slug}/with`)}">${t('byPerson')}</a></p>`}<p class="meta"><a href="${visit.link(`/b/${business.slug}/me`)}">${t('ownTitle')}</a></p></div>`,
  }
}

/** Where it happens, unless that is at the address on top of the page. */
const elsewhere = (visit: Visit, service: ServiceRow): string =>
  service.place_kind === 'address' && service.place_detail === null ? '' : shortPlace(visit, service)

/** What a service costs; nothing is said where it has no price. */
export function priceOf({ f, t }: Visit, service: { readonly price_minor: number | null; readonly currency: string | null }): string {
  if (service.price_minor === null || service.currency === null) return ''
  const price: MoneyLike = { minor: service.price_minor, currency: service.currency }
  return service.price_minor === 0 ? t('free') : f.money(price, { short: true })
}
