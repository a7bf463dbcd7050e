import { zoneCity } from '@frontdesk/i18n'
import { type Html, html } from '../../../platform/http/index.ts'
import { icon } from './icons.ts'
import { prefillFields } from './layout.ts'
import type { Visit } from './visit.ts'

export type ZoneFormFacts = {
  readonly base: string
  readonly staffId: string | undefined
  readonly date: string
  readonly at: Temporal.Instant
}

/** The choice of a time zone, by part of the world. Works as a plain form; with script it is sent by itself. */
export function zoneForm(visit: Visit, { base, staffId, date, at }: ZoneFormFacts): Html {
  const { t } = visit
  const zones = Intl.supportedValuesOf('timeZone')
  const all = zones.includes(visit.zone) ? zones : [visit.zone, ...zones]
  const regions = Map.groupBy(all, (zone) => zone.split('/')[0] ?? zone)
  return html`<form class="note" method="get" action="${base}" data-swap>${icon('globe')}<div class="stack grow">
<label class="label" for="zone">${t('chooseZone')}</label>
<select class="input" id="zone" name="zone" data-key="zone" data-send>${[...regions].map(
    ([region, names]) =>
      html`<optgroup label="${region}">${names.map((zone) => html`<option value="${zone}"${zone === visit.zone && html` selected`}>${zoneCity(zone)} (${offsetOf(zone, at)})</option>`)}</optgroup>`,
  )}</select>
${visit.carried.filter(([name]) => name !== 'zone').map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${base.startsWith('/b/') && prefillFields(visit)}${staffId && html`<input type="hidden" name="staff" value="${staffId}">`}<input type="hidden" name="date" value="${date}">
<button class="btn">${t('showInZone')}</button></div></form>`
}

/** `UTC−5`, `UTC+5:30`, `UTC` */
function offsetOf(zone: string, at: Temporal.Instant): string {
  const minutes = at.toZonedDateTimeISO(zone).offsetNanoseconds / 60e9
  if (minutes === 0) return 'UTC'
  const size = Math.abs(minutes)
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`
}
