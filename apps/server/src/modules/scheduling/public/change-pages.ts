import type { Slot } from '@frontdesk/contract'
import { type Html, html } from '../../../platform/http/index.ts'
import type { BookingFacts } from '../booking-facts.ts'
import { icon } from './icons.ts'
import { carriedFields, factList, type Page } from './layout.ts'
import { slotName } from './time-page.ts'
import type { Visit } from './visit.ts'

type ChangeFacts = { readonly facts: BookingFacts; readonly path: string; readonly notice?: string }

/** Asks before an appointment is cancelled: nothing happens on the way here. */
export function cancelPage(visit: Visit, { facts, path }: ChangeFacts): Page {
  const { t } = visit
  return {
    title: t('cancelTitle'),
    isPrivate: true,
    main: html`<form class="body" method="post" action="${path}/cancel" data-once="${t('cancelling')}"><h1>${t('cancelTitle')}</h1>${carriedFields(visit)}
${factList(
  [
    [t('when'), html`<b>${momentOf(visit, facts.booking.starts_at)}</b>`],
    [t('what'), facts.service.name],
    [t('withWhom'), facts.staff.name],
  ],
  'facts panel',
  'asked',
)}
<div class="field"><label for="reason">${t('reason')} <span class="meta">${t('optional')}</span></label><textarea class="input" id="reason" name="reason" rows="2" maxlength="300" aria-describedby="reason-hint"></textarea><p class="meta" id="reason-hint">${t('reasonHint')}</p></div>
<div class="two choice"><button class="btn danger lg" aria-describedby="asked">${t('cancelIt')}</button><a class="btn lg" href="${visit.link(path)}">${t('keepIt')}</a></div></form>`,
  }
}

export type MoveFacts = ChangeFacts & {
  readonly start: Temporal.Instant
  readonly personName: string | null
  readonly staffId: string | undefined
  readonly lost?: { readonly alternatives: readonly Slot[]; readonly nameOf: ReadonlyMap<string, string> }
}

/** Asks before an appointment is moved, with both times in sight. */
export function movePage(visit: Visit, { facts, path, start, personName, staffId, lost }: MoveFacts): Page {
  const { t } = visit
  return {
    title: lost ? `${t('error')}: ${t('moveTitle')}` : t('moveTitle'),
    isPrivate: true,
    main: html`<form class="body" method="post" action="${path}/move" data-once="${t('moving')}"><h1>${t('moveTitle')}</h1>${carriedFields(visit)}${staffId && html`<input type="hidden" name="staff" value="${staffId}">`}
${lost && lostNote(visit, start, lost.alternatives.length)}
${factList(
  [
    [t('from'), html`<span class="was">${momentOf(visit, facts.booking.starts_at)}</span>`],
    !lost && [t('to'), html`<b>${momentOf(visit, start)}</b>`],
    [t('what'), facts.service.name],
    personName !== null && [t('withWhom'), personName],
  ],
  'facts panel',
  'asked',
)}
${facts.service.approval && html`<p class="note">${icon('clock')}<span>${t('asksFirst', { business: visit.business.name })}</span></p>`}
${lost ? choices(visit, lost) : html`<input type="hidden" name="start" value="${start.toString()}">`}
<div class="two choice">${(!lost || lost.alternatives.length > 0) && html`<button class="btn solid lg" aria-describedby="asked">${t('moveIt')}</button>`}<a class="btn lg" href="${visit.link(`${path}/move`)}">${t('changeTime')}</a></div></form>`,
  }
}

function choices(visit: Visit, lost: NonNullable<MoveFacts['lost']>): Html {
  const { t, f } = visit
  return html`<fieldset class="pick"><legend class="vh">${t('changeTime')}</legend>${lost.alternatives.map(
    (slot) =>
      html`<label><input type="radio" name="start" value="${slot.start}" required aria-label="${slotName(visit, lost, slot)}"><span class="grow">${f.weekdayDate(slot.start)}</span><b class="tn">${f.time(slot.start)}</b></label>`,
  )}</fieldset>`
}

function lostNote(visit: Visit, start: Temporal.Instant, count: number): Html {
  const { t, f } = visit
  const time = `${f.weekdayDate(start)}, ${f.time(start)}`
  return html`<div class="problems wait" id="problems" tabindex="-1" autofocus role="alert">${icon('clock')}<div><h2>${t('notOffered', { time })}</h2><p>${count > 0 ? t('changeTime') : t('lostOnWay', { time })}</p></div></div>`
}

const momentOf = ({ f }: Visit, at: Temporal.Instant): string => f.weekdayDateTime(at)
