import type { IntakeAnswer } from '@frontdesk/contract'
import { type HtmlValue, html } from '../../../platform/http/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { isAhead } from '../intake/answers.ts'
import { answerShown } from './intake-fields.ts'
import { factList } from './layout.ts'
import type { Visit } from './visit.ts'

/** Whether the customer may still change what she answered. */
export const answersOpen = (booking: Pick<BookingRow, 'status' | 'starts_at'>, now: Temporal.Instant): boolean =>
  ['held', 'pending', 'confirmed'].includes(booking.status) && isAhead(booking, now)

export type AnswersShown = { readonly items: readonly IntakeAnswer[]; readonly asks: boolean; readonly open: boolean }

/** What was answered, on the page of an appointment, with the way to change it. */
export function answersPart(visit: Visit, { items, asks, open }: AnswersShown, path: string): HtmlValue {
  const { t } = visit
  if (items.length === 0 && !(asks && open)) return null
  return html`<section class="stack" aria-labelledby="answers"><h2 id="answers">${t('yourAnswers')}</h2>
${
  items.length > 0 &&
  factList(
    items.map((item) => [item.label, html`<bdi class="lines">${answerShown(visit, item)}</bdi>`]),
    'facts panel',
  )
}
${asks && open && html`<p><a href="${visit.link(`${path}/answers`)}">${t('changeAnswers')}</a></p>`}</section>`
}
