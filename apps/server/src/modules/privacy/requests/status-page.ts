import { ObjectedUse, type RequestWork } from '@frontdesk/contract'
import type { z } from 'zod'
import { type Html, html } from '../../../platform/http/index.ts'
import type { ToldRecipient } from '../registers/disclosures/recipient-notices.ts'
import { mayHandOver } from './hand-over.ts'
import { lastDayOf, nextDue } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import type { RequestTranslator } from './request.words.ts'

type Work = z.input<typeof RequestWork>

export type StatusFacts = {
  readonly row: StoredRequest
  readonly work: readonly Work[]
  /** Who outside was told of what became of her data, and when. */
  readonly told: readonly ToldRecipient[]
  readonly tag: string
  readonly now: Temporal.Instant
  readonly token: string
  /** The link went to the address on file: it shows the answer. */
  readonly whole: boolean
  readonly isNew: boolean
  readonly fault: 'reason' | 'endpoint' | null
}

/** How far a case is; when it is closed, its receipt. */
export function statusPage(t: RequestTranslator, facts: StatusFacts): Html {
  const { row, work, told, tag, now, token, whole, isNew, fault } = facts
  const next = nextDue(row, now)
  const day = (date: Temporal.PlainDate) => date.toLocaleString(tag, { dateStyle: 'long' })
  const on = (at: Temporal.Instant) => day(at.toZonedDateTimeISO(row.zone).toPlainDate())
  const text = row.outcome ?? row.answer
  const mayAppeal = whole && (row.state === 'answered' || row.state === 'refused')
  const erased = work.findLast(({ erasure }) => erasure?.receipt)?.erasure
  const declared = row.state === 'verifying' && row.proof_level === 'strict'
  return html`${isNew && html`<p class="note" role="status">${t('status/new', { number: String(row.number) })}</p>`}
<dl><dt>${t('status/state')}</dt><dd><b>${t(`state/${row.state}`)}</b></dd>
<dt>${t('status/received')}</dt><dd>${on(row.received_at)}</dd>
${next && html`<dt>${t('status/due')}</dt><dd>${day(lastDayOf(next.due.before, row.zone))}</dd>`}
${row.closed_at && html`<dt>${t('status/closed')}</dt><dd>${on(row.closed_at)}</dd>`}</dl>
${next?.overdue === true && html`<p class="fault">${t('status/late')}</p>`}
${next?.paused && html`<p class="note">${t('status/paused')}</p>`}
${whole && declared && html`<p class="note">${t('status/strict')}</p>`}
${whole && row.extension_because !== null && row.state === 'extended' && html`<p>${t('status/extended', { because: row.extension_because })}</p>`}
${text !== null && (whole ? html`<h2>${t('status/answer')}</h2><p class="letter">${text}</p>` : html`<p>${t('status/answerByMail')}</p>`)}
${whole && row.refusal_ground !== null && html`<p>${t(`ground/${row.refusal_ground}`)}</p>`}
${erased?.receipt && html`<p class="note">${t(`status/${erased.mode}`, { day: on(Temporal.Instant.from(erased.receipt.finishedAt)) })}</p>`}
${whole && endsPart(t, work)}
${whole && told.length > 0 && html`<p>${t('status/told')}</p><ul>${told.map(({ recipient, news, at }) => html`<li>${recipient}${at && html`, ${on(at)}`} (${t(`told/${news}`)})</li>`)}</ul>`}
${whole && copyPart(t, work, token, on)}
${whole && handOverPart(t, facts)}
${(row.closed_at || row.refusal_ground !== null) && html`<p>${t(`authority/${row.region}`)}</p>`}
${mayAppeal && appealForm(t, token, row.kind === 'complaint', fault === 'reason')}
<p class="soft">${t('status/print')}</p>`
}

/** What an upheld objection ended. */
function endsPart(t: RequestTranslator, work: readonly Work[]): Html | null {
  const upheld = work.findLast(({ kind }) => kind === 'objection_upheld')
  const uses = ObjectedUse.options.filter((use) => upheld?.details?.split(' ').includes(use))
  return uses.length > 0 ? html`<p>${t('mail/ends')}</p><ul>${uses.map((use) => html`<li>${t(`ends/${use}`)}</li>`)}</ul>` : null
}

function copyPart(t: RequestTranslator, work: readonly Work[], token: string, on: (at: Temporal.Instant) => string): Html | null {
  const copy = work.findLast((one) => one.kind === 'copy')
  if (!copy?.copy) return null
  if (copy.state !== 'done') return html`<h2>${t('copy/title')}</h2><p>${t('copy/making')}</p>`
  if (copy.copy.expiresAt === null) return html`<h2>${t('copy/title')}</h2><p>${t('copy/over')}</p>`
  return html`<h2>${t('copy/title')}</h2><p>${t('copy/ready', { day: on(Temporal.Instant.from(copy.copy.expiresAt)) })}</p>
<form method="post" action="/rights/status/${token}/copy"><button>${t('copy/fetch')}</button></form><p class="soft">${t('copy/hint')}</p>`
}

function handOverPart(t: RequestTranslator, { row, work, token, fault }: StatusFacts): Html | null {
  const last = work.findLast((one) => one.kind === 'hand_over')
  const host = last?.details ?? ''
  if (last?.state === 'done') return html`<h2>${t('handOver/title')}</h2><p>${t('handOver/done', { host })}</p>`
  if (last?.state === 'running') return html`<h2>${t('handOver/title')}</h2><p>${t('handOver/running', { host })}</p>`
  if (!mayHandOver(row)) return null
  const action = `/rights/status/${token}/hand-over`
  if (last?.state === 'planned')
    return html`<h2>${t('handOver/title')}</h2><p>${t('handOver/confirm', { host })}</p><form method="post" action="${action}"><button>${t('handOver/yes')}</button></form>`
  return html`<h2>${t('handOver/title')}</h2>${last?.state === 'failed' && html`<p class="fault">${t('handOver/failed', { host })}</p>`}<p>${t('handOver/text')}</p>
<form method="post" action="${action}"><div class="field"><label for="endpoint">${t('handOver/endpoint')}</label><input type="url" id="endpoint" name="endpoint" required maxlength="500" placeholder="https://"${fault === 'endpoint' && html` aria-invalid="true" aria-describedby="endpoint-fault"`}>${fault === 'endpoint' && html`<p class="fault" id="endpoint-fault">${t('handOver/fault')}</p>`}</div><button>${t('handOver/send')}</button></form>`
}

function appealForm(t: RequestTranslator, token: string, complaint: boolean, fault: boolean): Html {
  return html`<h2>${t('appeal/title')}</h2><p>${t(complaint ? 'appeal/escalate' : 'appeal/text')}</p>
<form method="post" action="/rights/status/${token}/appeal"><div class="field"><label for="reason">${t('appeal/reason')}</label><textarea id="reason" name="reason" rows="3" maxlength="10000" required${fault && html` aria-invalid="true" aria-describedby="reason-fault"`}></textarea>${fault && html`<p class="fault" id="reason-fault">${t('appeal/missing')}</p>`}</div><button>${t('appeal/send')}</button></form>`
}
