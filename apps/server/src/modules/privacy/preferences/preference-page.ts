import { chooseLocale, formats, type Locale, languageName, locales, translator, zoneCity } from '@frontdesk/i18n'
import { type Html, html } from '../../../platform/http/index.ts'
import { fillWording } from '../consents/kit.ts'
import { kitNames } from '../consents/kit-names.words.ts'
import { masked } from '../suppression/stop-link.ts'
import type { HerWishes } from './her-wishes.ts'
import { preferenceWords } from './preference.words.ts'
import { often, usualZones, wallText } from './preference-form.rules.ts'

/** What a page of hers is made of. */
export type PreferencePage = {
  readonly locale: Locale
  readonly token: string
  readonly wishes: HerWishes
  readonly said?: 'saved' | 'times' | undefined
}

/** The title of her page. */
export const preferenceTitle = ({ locale, wishes }: PreferencePage): string =>
  translator(preferenceWords, locale)('title', { business: wishes.business.name })

/** Her page, to be read and changed without script. */
export function preferencePage(page: PreferencePage): Html {
  const { locale, token, wishes, said } = page
  const t = translator(preferenceWords, locale)
  const names = translator(kitNames, locale)
  const business = wishes.business.name
  const addresses = wishes.contact.points.map(({ value }) => masked(value)).join(', ')
  return html`<p class="soft">${t('intro', { addresses })}</p>
${said === 'saved' && html`<p class="note" role="status">${t('saved')}</p>`}
${said === 'times' && html`<p class="fault" role="alert">${t('timesFault')}</p>`}
${wishes.leftAlone && html`<p class="note" role="status">${t('aloneNow', { business })}</p>`}
<form method="post" action="/preferences/${token}?lang=${locale}">
<fieldset><legend>${t('ways')}</legend><p class="soft">${t('waysHint')}</p>
${wishes.ways.map(({ channel, wanted }) => tick(`way_${channel}`, wanted, t(`way/${channel}`)))}</fieldset>
<fieldset><legend>${t('agreed')}</legend><p class="soft">${t('agreedHint')}</p>
${wishes.agreed.map(({ wording, stands }) => tick(`agree_${wording.key}`, stands, html`<strong>${names(wording.key)}</strong>${fillWording(wording.key, 'written', wishes.seller, locale).words}`))}</fieldset>
<fieldset><legend>${t('topics')}</legend>${tick('no_offers', wishes.noOffers, t('noOffers'))}</fieldset>
${times(page)}
<div class="row"><div class="field"><label for="often">${t('often')}</label><select id="often" name="often">${(
    ['any', 'day', 'week', 'month'] as const
  ).map((one) => option(one, t(`often/${one}`), (wishes.atMost?.hours ?? 0) === (often[one]?.hours ?? 0)))}</select></div>
<div class="field"><label for="locale">${t('language')}</label><select id="locale" name="locale">${locales.map(
    (one) =>
      html`<option value="${one}" lang="${one}"${one === chooseLocale([wishes.contact.locale ?? locale]) && html` selected`}>${languageName(one)}</option>`,
  )}</select></div></div>
<button>${t('save')}</button>
</form>
${alone(page)}
<h2>${t('data')}</h2>
<p>${t('dataHint', { business, contact: contactOf(page) })}</p>
`
}

function times({ locale, wishes }: PreferencePage): Html {
  const t = translator(preferenceWords, locale)
  const format = formats(locale, wishes.zone)
  const { hours, zone, business } = wishes
  const zones = [...new Set([zone, business.zone, ...usualZones])]
  return html`<fieldset><legend>${t('times')}</legend><p class="soft">${t('timesHint')}</p>
<div class="row"><div class="field"><label for="from">${t('from')}</label><input id="from" name="from" type="time" value="${wallText(hours?.fromMinute ?? 0)}"></div>
<div class="field"><label for="until">${t('until')}</label><input id="until" name="until" type="time" value="${wallText(hours?.toMinute ?? 1440)}"></div>
<div class="field"><label for="zone">${t('zone')}</label><select id="zone" name="zone">${zones.map((one) => option(one, zoneCity(one), one === zone))}</select></div></div>
<fieldset><legend>${t('days')}</legend>${[1, 2, 3, 4, 5, 6, 7].map((day) =>
    tick(`day_${day}`, hours?.weekdays.includes(day) ?? true, format.weekday(day)),
  )}</fieldset></fieldset>`
}

function alone({ locale, token, wishes }: PreferencePage): Html {
  const t = translator(preferenceWords, locale)
  if (wishes.leftAlone) {
    return html`<form method="post" action="/preferences/${token}/again?lang=${locale}"><button class="calm">${t('again')}</button></form>`
  }
  return html`<h2>${t('alone')}</h2><p>${t('aloneHint', { business: wishes.business.name })}</p>
<form method="post" action="/preferences/${token}/alone?lang=${locale}"><button class="calm">${t('aloneButton')}</button></form>`
}

/** Where she asks for her data: by mail, by phone, or in person where the business gave neither. */
function contactOf({ locale, wishes }: PreferencePage): string {
  const { email, phone } = wishes.business
  return [email, phone].filter((one) => one !== null).join(', ') || translator(preferenceWords, locale)('dataVisit')
}

const tick = (name: string, checked: boolean, words: string | Html): Html =>
  html`<label class="tick"><input type="checkbox" name="${name}"${checked && html` checked`}> <span>${words}</span></label>`

const option = (value: string, words: string, selected: boolean): Html =>
  html`<option value="${value}"${selected && html` selected`}>${words}</option>`
