import { dayParts } from '@frontdesk/contract'
import { type Html, type HtmlValue, html } from '../../../platform/http/index.ts'
import { agePath, captureNotice } from '../../privacy/index.ts'
import type { ServiceRow } from '../service.tables.ts'
import { type DetailsFacts, tickBoxes, typedField } from './details-page.ts'
import type { FieldError } from './entries.rules.ts'
import { icon } from './icons.ts'
import { carriedFields, type Page } from './layout.ts'
import { serviceFacts } from './service-facts.ts'
import type { Visit } from './visit.ts'
import type { TypedWishes, WishError } from './wishes.rules.ts'

export type WaitlistPageFacts = Pick<DetailsFacts, 'service' | 'entries' | 'asked' | 'age' | 'notice' | 'once'> & {
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly wishes: TypedWishes
  readonly today: Temporal.PlainDate
  readonly errors: readonly (FieldError | WishError)[]
}

/** Who finds no time that suits says what would, and who she is. */
export function waitlistPage(visit: Visit, facts: WaitlistPageFacts): Page {
  const { t, business } = visit
  const { service, errors } = facts
  const base = `/b/${business.slug}/${service.slug}`
  const failed = errors.length > 0 || facts.notice !== undefined
  return {
    title: failed ? `${t('error')}: ${t('waitTitle')}` : t('waitTitle'),
    about: serviceFacts(visit, service, null),
    isPrivate: true,
    main: html`<form class="body" method="post" action="${base}/waitlist" novalidate data-once="${t('waitSending')}">
<div><h1>${t('waitTitle')}</h1><p class="soft">${t('waitIntro')} <a href="${visit.link(base)}">${t('seeAllTimes')}</a></p></div>
${problems(visit, facts)}
${carriedFields(visit)}<input type="hidden" name="once" value="${facts.once}">
${personField(visit, facts)}
<div class="two">${dayField(visit, facts, 'fromDate', t('waitFrom'))}${dayField(visit, facts, 'untilDate', t('waitUntil'))}</div>
${boxes(
  facts,
  'days',
  t('waitDays'),
  [1, 2, 3, 4, 5, 6, 7].map((day) => ({ name: `day_${day}`, label: visit.f.weekday(day), on: facts.wishes.weekdays.includes(day) })),
  t('errWaitDays'),
)}
${boxes(
  facts,
  'parts',
  t('waitParts'),
  dayParts.map((part) => ({ name: `part_${part}`, label: t(part), on: facts.wishes.parts.includes(part) })),
  t('errWaitParts'),
)}
${contactFields(visit, facts)}
${tickBoxes(facts)}
<div class="trap" aria-hidden="true"><label for="website">${t('leaveEmpty')}</label><input id="website" name="website" tabindex="-1" autocomplete="off" value="${facts.entries.website}"></div>
<button class="btn solid lg block">${t('waitSend')}</button>
<p class="meta">${t('waitHow')}</p>
${visit.legal ? captureNotice(visit.legal, 'booking', visit.tag) : html`<p class="meta">${t('privacyLine', { business: business.name })}</p>`}
${facts.age && html`<p class="meta">${t('ageStatement', { limit: facts.age })} <a href="${agePath(business.slug, visit.link(base))}">${t('ageYounger')}</a></p>`}
</form>`,
  }
}

/** She is on the list. The link to leave it comes by mail, so that nobody gets it by typing the address of somebody else. */
export function waitingStartedPage(visit: Visit, service: ServiceRow): Page {
  const { t, business } = visit
  return {
    title: t('waitJoined'),
    about: serviceFacts(visit, service, null),
    isPrivate: true,
    main: html`<div class="body"><div class="stack" id="outcome" role="group" aria-labelledby="outcome-title" aria-describedby="outcome-text" tabindex="-1" autofocus><span class="sign">${icon('check')}</span><h1 id="outcome-title">${t('waitJoined')}</h1><p class="soft" id="outcome-text">${t('waitJoinedText')}</p></div>
<p><a class="btn lg block" href="${visit.link(`/b/${business.slug}`)}">${t('allServices')}</a></p></div>`,
  }
}

function contactFields(visit: Visit, { service, entries, errors }: WaitlistPageFacts): Html {
  const { t } = visit
  const facts = { entries, errors: errors.filter((error): error is FieldError => !('wish' in error)) }
  return html`${typedField(visit, facts, 'name', t('name'), { autocomplete: 'name', required: true })}
<div class="two">${typedField(visit, facts, 'email', t('email'), { autocomplete: 'email', type: 'email', required: true })}
${service.phone !== 'hidden' && typedField(visit, facts, 'phone', t('phone'), { autocomplete: 'tel', type: 'tel', required: service.phone === 'required' })}</div>
${service.place_kind === 'at_customer' && typedField(visit, facts, 'placeDetail', t('address'), { autocomplete: 'street-address', required: true, hint: t('addressHint') })}`
}

function personField(visit: Visit, { service, people, wishes }: WaitlistPageFacts): HtmlValue {
  if (!service.choose_person || people.length < 2) return null
  return html`<div class="field"><label for="staff">${visit.t('person')}</label><select class="input" id="staff" name="staff"><option value="">${visit.t('waitAnybody')}</option>${people.map(
    ({ id, name }) => html`<option value="${id}"${id === wishes.staffId && html` selected`}>${name}</option>`,
  )}</select></div>`
}

function dayField({ t }: Visit, { wishes, today, errors }: WaitlistPageFacts, name: 'fromDate' | 'untilDate', label: string): Html {
  const error = errors.find((one) => one.field === name)
  return html`<div class="field"><label for="${name}">${label}</label><input class="input" type="date" id="${name}" name="${name}" required min="${today.toString()}" value="${wishes[name]}"${error && html` aria-invalid="true" aria-describedby="${name}-error"`}>${error && html`<p class="err" id="${name}-error">${icon('alert')}${t(error.word)}</p>`}</div>`
}

type Box = { readonly name: string; readonly label: string; readonly on: boolean }

function boxes({ errors }: WaitlistPageFacts, id: 'days' | 'parts', label: string, all: readonly Box[], wrong: string): Html {
  const error = errors.some(({ field }) => field === id)
  return html`<fieldset class="field boxes" id="${id}"${error && html` aria-describedby="${id}-error"`}><legend>${label}</legend><div class="ticks">${all.map(
    ({ name, label: said, on }) =>
      html`<label class="tick"><input type="checkbox" name="${name}" value="on"${on && html` checked`}><span>${said}</span></label>`,
  )}</div>${error && html`<p class="err" id="${id}-error">${icon('alert')}${wrong}</p>`}</fieldset>`
}

function problems({ t }: Visit, { errors, notice }: WaitlistPageFacts): HtmlValue {
  if (notice)
    return html`<div class="problems" id="problems" tabindex="-1" autofocus role="alert">${icon('alert')}<div><h2>${notice}</h2></div></div>`
  if (errors.length === 0) return null
  return html`<div class="problems" id="problems" tabindex="-1" autofocus role="alert">${icon('alert')}<div><h2>${t('errorTitle', { count: errors.length })}</h2>
<ul>${errors.map((error) => html`<li><a href="#${error.field}">${t(error.word)}</a></li>`)}</ul><p>${t('entriesKept')}</p></div></div>`
}
