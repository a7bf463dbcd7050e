import type { IntakeQuestion, KitKey, Slot } from '@frontdesk/contract'
import { type Html, type HtmlValue, html } from '../../../platform/http/index.ts'
import { agePath, captureNotice } from '../../privacy/index.ts'
import { sameClock, zoneLabel } from '../booking-mail.ts'
import type { HoldShown } from '../page-holds/page-hold.rules.ts'
import type { ServiceRow } from '../service.tables.ts'
import type { Entries, FieldError, FieldName } from './entries.rules.ts'
import { enterBooks, holdPart } from './hold-part.ts'
import { icon } from './icons.ts'
import { type AnswerError, intakeFields, type TypedAnswers } from './intake-fields.ts'
import { carriedFields, type Page, stepLine } from './layout.ts'
import { serviceFacts } from './service-facts.ts'
import { somebodyElse } from './somebody-else.ts'
import { slotName } from './time-page.ts'
import type { Visit } from './visit.ts'

export type DetailsFacts = {
  readonly service: ServiceRow
  readonly start: Temporal.Instant
  readonly staffId: string | undefined
  /** Who gives it, where that is known already. */
  readonly personName: string | null
  readonly entries: Entries
  /** What the business asks beside a booking, with what she ticked. Nothing is ticked beforehand, and nothing depends on it. */
  readonly asked: readonly { readonly key: KitKey; readonly words: string; readonly seal: string; readonly ticked: boolean }[]
  /** What the service asks, with what was typed. */
  readonly questions: readonly IntakeQuestion[]
  readonly answers: TypedAnswers
  readonly errors: readonly (FieldError | AnswerError)[]
  /** How old who books has to be, where that is said; adults book for children. */
  readonly age?: 13 | 16 | 18 | null
  /** The time is kept for her. */
  readonly hold?: HoldShown | undefined
  /** The time was lost meanwhile: what can be had instead. */
  readonly lost?: {
    readonly wasTaken: boolean
    readonly ranOut?: boolean
    readonly alternatives: readonly Slot[]
    readonly nameOf: ReadonlyMap<string, string>
  }
  /** Something stands in the way that is nobody's field. */
  readonly notice?: string
  /** Sent once, however often the button is pressed. */
  readonly once: string
}

/** The last step: who is it. */
export function detailsPage(visit: Visit, facts: DetailsFacts): Page {
  const { t, business } = visit
  const { service, errors, lost } = facts
  const base = `/b/${business.slug}/${service.slug}`
  const failed = errors.length > 0 || lost !== undefined || facts.notice !== undefined
  return {
    title: failed ? `${t('error')}: ${t('yourDetails')}` : t('yourDetails'),
    about: serviceFacts(visit, service, facts.personName),
    isPrivate: true,
    script: 'booking-hold.js',
    main: html`${stepLine(visit, 'details')}<form class="body" method="post" action="${base}/details" novalidate data-once="${t('booking')}" data-draft="${base}">${enterBooks}
<div><h1>${t('yourDetails')}</h1>${!lost && chosenTime(visit, facts, base)}</div>
${problems(visit, facts)}
${carriedFields(visit)}<input type="hidden" name="once" value="${facts.once}">${facts.staffId && html`<input type="hidden" name="staff" value="${facts.staffId}">`}
${holdPart(visit, facts, lost ? alternatives(visit, lost, base, facts) : html`<input type="hidden" name="start" value="${facts.start.toString()}">`)}
${typedField(visit, facts, 'name', t('name'), { autocomplete: 'name', required: true })}
<div class="two">${typedField(visit, facts, 'email', t('email'), { autocomplete: 'email', type: 'email', required: true })}
${service.phone !== 'hidden' && typedField(visit, facts, 'phone', t('phone'), { autocomplete: 'tel', type: 'tel', required: service.phone === 'required' })}</div>
${somebodyElse(visit, facts.entries, errors)}
${service.place_kind === 'at_customer' && typedField(visit, facts, 'placeDetail', t('address'), { autocomplete: 'street-address', required: true, hint: t('addressHint') })}
${typedField(visit, facts, 'note', t('note'), { lines: 2, required: false, hint: t('noteHint') })}
${intakeFields(visit, { questions: facts.questions, typed: facts.answers, errors })}
${tickBoxes(facts)}
<div class="trap" aria-hidden="true"><label for="website">${t('leaveEmpty')}</label><input id="website" name="website" tabindex="-1" autocomplete="off" value="${facts.entries.website}"></div>
${service.after_booking_url && html`<p class="meta">${t('goesOnTo', { site: siteOf(service.after_booking_url) })}</p>`}
<button class="btn solid lg block" data-book>${lost ? t(service.approval ? 'askThis' : 'bookThis') : bookLabel(visit, facts.start, service.approval)}</button>
${service.approval && html`<p class="note">${icon('clock')}<span>${t('asksFirst', { business: business.name })}</span></p>`}
${visit.legal ? captureNotice(visit.legal, 'booking', visit.tag) : html`<p class="meta">${t('privacyLine', { business: business.name })}</p>`}
${facts.age && html`<p class="meta">${t('ageStatement', { limit: facts.age })} <a href="${agePath(business.slug, visit.link(base))}">${t('ageYounger')}</a></p>`}
</form>`,
  }
}

/** The name of a site, as people know it. */
export const siteOf = (address: string): string => new URL(address).hostname.replace(/^www\./, '')

const bookLabel = ({ t, f }: Visit, start: Temporal.Instant, asks: boolean): string =>
  t(asks ? 'askTime' : 'bookTime', { day: f.weekdayDate(start), time: f.time(start) })

function chosenTime(visit: Visit, { start, staffId, service, hold }: DetailsFacts, base: string): Html {
  const { t, f, business, zone } = visit
  const date = start.toZonedDateTimeISO(zone).toPlainDate().toString()
  const there = sameClock(start, zone, business.zone)
    ? ''
    : `, ${t('atBusinessTime', { time: new Intl.DateTimeFormat(visit.tag, { timeStyle: 'short', timeZone: business.zone }).format(start.epochMilliseconds) })}`
  return html`<p class="soft"><b>${f.weekdayDate(start)}, ${f.timeRange(start, start.add({ minutes: service.duration_minutes }))}</b> (${zoneLabel(f, start)})${there}. <a href="${visit.link(base, { staff: staffId, date, hold: hold?.id })}">${t('change')}<span class="vh">: ${t('changeTime')}</span></a></p>`
}

/** What is wrong, on top, each with a way to its field. The browser puts the focus here; it is read first. */
function problems(visit: Visit, { errors, lost, notice, start }: DetailsFacts): HtmlValue {
  const { t, f } = visit
  if (lost) {
    const time = `${f.weekdayDate(start)}, ${f.time(start)}`
    const text =
      lost.alternatives.length === 0 ? t('lostNone') : lost.ranOut ? t('holdLost') : lost.wasTaken ? t('lostText') : t('notOfferedText')
    return html`<div class="problems wait" id="problems" tabindex="-1" autofocus role="alert">${icon('clock')}<div><h2>${lost.wasTaken ? t('lostTitle', { time }) : t('notOffered', { time })}</h2><p>${text}</p></div></div>`
  }
  if (notice)
    return html`<div class="problems" id="problems" tabindex="-1" autofocus role="alert">${icon('alert')}<div><h2>${notice}</h2></div></div>`
  if (errors.length === 0) return null
  return html`<div class="problems" id="problems" tabindex="-1" autofocus role="alert">${icon('alert')}<div><h2>${t('errorTitle', { count: errors.length })}</h2>
<ul>${errors.map((error) => html`<li><a href="#${error.field}">${'about' in error && html`<bdi>${error.about}</bdi> `}${t(error.word)}</a></li>`)}</ul><p>${t('entriesKept')}</p></div></div>`
}

function alternatives(visit: Visit, lost: NonNullable<DetailsFacts['lost']>, base: string, facts: DetailsFacts): Html {
  const { t, f } = visit
  const all = html`<p><a href="${visit.link(base, { staff: facts.staffId })}">${t('seeAllTimes')}</a></p>`
  if (lost.alternatives.length === 0) return all
  const wrong = facts.errors.some((error) => error.field === 'start')
  return html`<fieldset class="pick" id="start"${wrong && html` aria-describedby="start-error"`}><legend class="vh">${t('changeTime')}</legend>${lost.alternatives.map(
    (slot, index) =>
      html`<label><input type="radio" name="start" value="${slot.start}"${index === 0 && html` required`} aria-label="${slotName(visit, lost, slot)}"><span class="grow">${f.weekdayDate(slot.start)}</span><b class="tn">${f.time(slot.start)}</b></label>`,
  )}${wrong && html`<p class="err" id="start-error">${icon('alert')}${t('errChoose')}</p>`}</fieldset>${all}`
}

type FieldLook = {
  readonly autocomplete?: string
  readonly type?: 'email' | 'tel'
  readonly required: boolean
  readonly hint?: string
  readonly lines?: number
}

/** One field to type into, with its hint and what is wrong with it. */
export function typedField(
  { t }: Visit,
  { entries, errors }: Pick<DetailsFacts, 'entries' | 'errors'>,
  name: FieldName,
  label: string,
  look: FieldLook,
): Html {
  const error = errors.find((one) => one.field === name)
  const described = [look.hint && `${name}-hint`, error && `${name}-error`].filter((id) => id).join(' ')
  const shared = html`id="${name}" name="${name}" class="input"${look.required && html` required`}${look.autocomplete && html` autocomplete="${look.autocomplete}"`}${error && html` aria-invalid="true"`}${described !== '' && html` aria-describedby="${described}"`}`
  return html`<div class="field"><label for="${name}">${label}${!look.required && html` <span class="meta">${t('optional')}</span>`}</label>${
    look.lines
      ? html`<textarea ${shared} rows="${look.lines}" maxlength="2000">${entries[name]}</textarea>`
      : html`<input ${shared}${look.type && html` type="${look.type}"`} value="${entries[name]}">`
  }${look.hint && html`<p class="meta" id="${name}-hint">${look.hint}</p>`}${error && html`<p class="err" id="${name}-error">${icon('alert')}${t(error.word)}</p>`}</div>`
}

/** What the business asks to be agreed to, each with a box. */
export const tickBoxes = ({ asked: questions }: Pick<DetailsFacts, 'asked'>): HtmlValue =>
  questions.map(
    ({ key, words, seal, ticked }) =>
      html`<label class="tick"><input type="checkbox" name="agree_${key}" value="${seal}"${ticked && html` checked`}><span>${words}</span></label>`,
  )
