import { type HtmlValue, html } from '../../../platform/http/index.ts'
import type { ServiceRow } from '../service.tables.ts'
import { factList, phoneLink } from './layout.ts'
import { priceOf } from './list-page.ts'
import { shortPlace } from './place-words.ts'
import type { Visit } from './visit.ts'

/** What is being booked, beside the sheet. */
export function serviceFacts(visit: Visit, service: ServiceRow, personName: string | null): HtmlValue {
  const { t, f, business } = visit
  const price = priceOf(visit, service)
  const notice = service.change_notice_minutes
  return html`<div class="wide stack loose">${factList([
    [
      t('service'),
      html`${service.name}<br><span class="meta">${f.durationInWords(service.duration_minutes)}${price !== '' && `, ${price}`}</span>`,
    ],
    personName !== null && [t('withWhom'), personName],
    [t('where'), shortPlace(visit, service)],
  ])}${service.description && html`<p class="meta lines">${service.description}</p>`}${service.approval && html`<p class="meta">${t('asksFirst', { business: business.name })}</p>`}
<p class="meta">${notice === 0 ? t('changeAnyTime') : t('changeUntilNotice', { length: lengthInWords(visit, notice) })} ${business.phone && t.parts('callUs', { phone: phoneLink(business.phone, business) })}</p></div>`
}

/** `24 hours`, `3 days`: as a person would say it. */
function lengthInWords({ f, tag }: Visit, minutes: number): string {
  const days = minutes / 1440
  if (!Number.isInteger(days) || days < 2) return f.durationInWords(minutes)
  return new Intl.NumberFormat(tag, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days)
}
