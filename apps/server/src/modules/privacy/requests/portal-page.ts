import { RequestKind, RequestRegion } from '@frontdesk/contract'
import { type Html, type HtmlValue, html } from '../../../platform/http/index.ts'
import type { PortalEntries, PortalFault } from './portal.rules.ts'
import { lastDayOf, nextDue } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import type { RequestTranslator } from './request.words.ts'

export type PortalFacts = {
  readonly business: string
  readonly officer: string | null
  readonly entries: PortalEntries
  readonly faults: readonly PortalFault[]
}

/** The form with which anybody asks about her data. */
export function portalPage(t: RequestTranslator, path: string, { business, officer, entries, faults }: PortalFacts): Html {
  const fault = (field: PortalFault): HtmlValue =>
    faults.includes(field) && html`<p class="fault" id="${field}-fault">${t(`fault/${field}`)}</p>`
  const marks = (field: PortalFault): HtmlValue => faults.includes(field) && html` aria-invalid="true" aria-describedby="${field}-fault"`
  return html`<p>${t('portal/intro', { business })}</p>
${officer !== null && html`<p class="soft">${t('portal/officer', { officer })}</p>`}
${faults.length > 0 && html`<p class="fault" role="alert">${t('portal/faults')}</p>`}
<form method="post" action="${path}">
<fieldset${faults.includes('kind') && html` aria-describedby="kind-fault"`}><legend>${t('portal/kind')}</legend>${fault('kind')}${RequestKind.options.map(
    (kind) =>
      html`<label class="tick"><input type="radio" name="kind" value="${kind}" required${entries.kind === kind && html` checked`}><span>${t(`kind/${kind}`)}</span></label>`,
  )}</fieldset>
<div class="field"><label for="name">${t('portal/name')}</label><input type="text" id="name" name="name" autocomplete="name" required maxlength="200"${marks('name')} value="${entries.name}">${fault('name')}</div>
<div class="field"><label for="email">${t('portal/email')}</label><input type="email" id="email" name="email" autocomplete="email" required maxlength="254"${marks('email')} value="${entries.email}">${fault('email')}<p class="soft">${t('portal/emailHint', { business })}</p></div>
<fieldset><legend>${t('portal/forWhom')}</legend>${(['self', 'child'] as const).map(
    (one) =>
      html`<label class="tick"><input type="radio" name="forWhom" value="${one}"${entries.forWhom === one && html` checked`}><span>${t(`portal/${one}`)}</span></label>`,
  )}</fieldset>
<div class="field"><label for="region">${t('portal/region')}</label><select id="region" name="region">${RequestRegion.options.map(
    (one) => html`<option value="${one}"${entries.region === one && html` selected`}>${t(`region/${one}`)}</option>`,
  )}</select><p class="soft">${t('portal/regionHint')}</p></div>
<div class="field"><label for="details">${t('portal/details')} <span class="soft">${t('portal/optional')}</span></label><textarea id="details" name="details" rows="4" maxlength="10000"${marks('details')}>${entries.details}</textarea>${fault('details')}</div>
<div class="trap" aria-hidden="true"><label for="website">${t('portal/leaveEmpty')}</label><input type="text" id="website" name="website" tabindex="-1" autocomplete="off"></div>
<button>${t('portal/send')}</button>
</form>`
}

export type StatusFacts = {
  readonly row: StoredRequest
  readonly tag: string
  readonly now: Temporal.Instant
  readonly token: string
  /** The link went to the address on file: it shows the answer. */
  readonly whole: boolean
  readonly isNew: boolean
  readonly fault: boolean
}

/** How far a case is; when it is closed, its receipt. */
export function statusPage(t: RequestTranslator, { row, tag, now, token, whole, isNew, fault }: StatusFacts): Html {
  const next = nextDue(row, now)
  const day = (date: Temporal.PlainDate) => date.toLocaleString(tag, { dateStyle: 'long' })
  const on = (at: Temporal.Instant) => day(at.toZonedDateTimeISO(row.zone).toPlainDate())
  const text = row.outcome ?? row.answer
  const mayAppeal = whole && (row.state === 'answered' || row.state === 'refused')
  return html`${isNew && html`<p class="note" role="status">${t('status/new', { number: String(row.number) })}</p>`}
<dl><dt>${t('status/state')}</dt><dd><b>${t(`state/${row.state}`)}</b></dd>
<dt>${t('status/received')}</dt><dd>${on(row.received_at)}</dd>
${next && html`<dt>${t('status/due')}</dt><dd>${day(lastDayOf(next.due.before, row.zone))}</dd>`}
${row.closed_at && html`<dt>${t('status/closed')}</dt><dd>${on(row.closed_at)}</dd>`}</dl>
${next?.overdue === true && html`<p class="fault">${t('status/late')}</p>`}
${next?.paused && html`<p class="note">${t('status/paused')}</p>`}
${whole && row.extension_because !== null && row.state === 'extended' && html`<p>${t('status/extended', { because: row.extension_because })}</p>`}
${text !== null && (whole ? html`<h2>${t('status/answer')}</h2><p class="letter">${text}</p>` : html`<p>${t('status/answerByMail')}</p>`)}
${row.closed_at && html`<p>${t(`authority/${row.region}`)}</p>`}
${mayAppeal && appealForm(t, token, row.kind === 'complaint', fault)}
<p class="soft">${t('status/print')}</p>`
}

function appealForm(t: RequestTranslator, token: string, complaint: boolean, fault: boolean): Html {
  return html`<h2>${t('appeal/title')}</h2><p>${t(complaint ? 'appeal/escalate' : 'appeal/text')}</p>
<form method="post" action="/rights/status/${token}/appeal"><div class="field"><label for="reason">${t('appeal/reason')}</label><textarea id="reason" name="reason" rows="3" maxlength="10000" required${fault && html` aria-invalid="true" aria-describedby="reason-fault"`}></textarea>${fault && html`<p class="fault" id="reason-fault">${t('appeal/missing')}</p>`}</div><button>${t('appeal/send')}</button></form>`
}
