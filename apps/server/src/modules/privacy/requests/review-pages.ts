import { Text } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type Html, html } from '../../../platform/http/index.ts'
import type { WorkspaceFacts } from '../../accounts/index.ts'
import { sendPage } from '../pages/page-layout.ts'
import { type Answer, type Ask, inBusiness, readerOf } from './page-door.ts'
import type { StoredRequest, StoredReviewer } from './request.tables.ts'
import { type RequestTranslator, requestTranslator } from './request.words.ts'
import { caseOfReviewer, decideAsReviewer, reviewLinks } from './reviewers.ts'
import { requestSurroundings } from './surroundings.ts'

export type ReviewFacts = {
  readonly business: string
  readonly row: StoredRequest
  readonly reviewer: StoredReviewer
  readonly tag: string
  readonly path: string
  readonly typed: string
  readonly faults: readonly ('outcome' | 'text')[]
}

/** What an invited reviewer sees: this case and nothing else, without addresses and numbers, and the decision to write. */
export function reviewPage(t: RequestTranslator, { business, row, reviewer, tag, path, typed, faults }: ReviewFacts): Html {
  const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(row.zone).toPlainDate().toLocaleString(tag, { dateStyle: 'long' })
  const part = (title: string, text: string | null) => text !== null && html`<h2>${title}</h2><p class="letter">${text}</p>`
  return html`<p>${t('review/intro', { business, name: reviewer.name ?? '' })}</p>
<p class="soft">${t('review/until', { until: day(reviewer.expires_at) })}</p>
<dl><dt>${t('review/asked')}</dt><dd>${t(`kind/${row.kind}`)}</dd><dt>${t('status/received')}</dt><dd>${day(row.received_at)}</dd>
${row.refusal_ground !== null && html`<dt>${t('review/ground')}</dt><dd>${t(`ground/${row.refusal_ground}`)}</dd>`}</dl>
${part(t('review/details'), row.details)}
${part(t('review/answer'), row.answer)}
${part(t('review/appeal'), row.appeal_reason)}
<h2>${t('review/decide')}</h2>
${faults.length > 0 && html`<p class="fault" role="alert">${t('portal/faults')}</p>`}
<form method="post" action="${path}">
<fieldset${faults.includes('outcome') && html` aria-describedby="outcome-fault"`}><legend>${t('review/outcome')}</legend>${faults.includes('outcome') && html`<p class="fault" id="outcome-fault">${t('review/outcomeFault')}</p>`}
${(['upheld', 'changed'] as const).map((one) => html`<label class="tick"><input type="radio" name="outcome" value="${one}" required><span>${t(`review/${one}`)}</span></label>`)}</fieldset>
<div class="field"><label for="text">${t('review/text')}</label><textarea id="text" name="text" rows="6" maxlength="10000" required${faults.includes('text') && html` aria-invalid="true" aria-describedby="text-fault"`}>${typed}</textarea>${faults.includes('text') && html`<p class="fault" id="text-fault">${t('review/textFault')}</p>`}<p class="soft">${t('review/textHint')}</p></div>
<button>${t('review/send')}</button></form>`
}

/** What a reviewer typed, or which fields have to be looked at again. */
export function readDecision(body: unknown): {
  readonly typed: string
  readonly faults: readonly ('outcome' | 'text')[]
  readonly outcome: 'upheld' | 'changed'
} {
  const sent = (body ?? {}) as { readonly outcome?: unknown; readonly text?: unknown }
  const typed = typeof sent.text === 'string' ? sent.text.slice(0, 20_000) : ''
  const text = Text(10_000).safeParse(typed)
  const outcome = sent.outcome === 'upheld' || sent.outcome === 'changed' ? sent.outcome : undefined
  return {
    typed,
    outcome: outcome ?? 'upheld',
    faults: [...(outcome ? [] : (['outcome'] as const)), ...(text.success && text.data !== '' ? [] : (['text'] as const))],
  }
}

/** An invited reviewer opens the case, which changes nothing. */
export async function showReview(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atReview(request, async (_tx, { row, reviewer }, business) =>
    page(request, reply, { row, reviewer, business, typed: '', faults: [] }),
  )
}

/** An invited reviewer decides. */
export async function takeReview(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atReview(request, async (tx, { row, reviewer }, business) => {
    const { typed, faults, outcome } = readDecision(request.body)
    if (faults.length > 0) return page(request, reply, { row, reviewer, business, typed, faults })
    const by = { kind: 'visitor', workspaceId: tx.workspaceId } as const
    await decideAsReviewer(tx, by, { reviewerId: reviewer.id, outcome, text: typed.trim() })
    const { locale } = readerOf(request, reviewer.locale)
    const t = requestTranslator(locale)
    return () => sendPage(reply, { locale, title: t('review/doneTitle'), main: html`<p role="status">${t('review/done')}</p>` })
  })
}

async function atReview(
  request: Ask,
  work: (tx: WorkspaceTx, found: Awaited<ReturnType<typeof caseOfReviewer>>, business: WorkspaceFacts) => Promise<Answer>,
): Promise<FastifyReply> {
  const { database } = requestSurroundings.get()
  const { workspaceId, reviewerId } = reviewLinks.read(database.keys, request.params.token, database.clock())
  return inBusiness(workspaceId, async (tx, business) => work(tx, await caseOfReviewer(tx, reviewerId), business))
}

function page(
  request: Ask,
  reply: FastifyReply,
  facts: Pick<ReviewFacts, 'row' | 'reviewer' | 'typed' | 'faults'> & { readonly business: WorkspaceFacts },
): Answer {
  const { locale, tag } = readerOf(request, facts.reviewer.locale)
  const t = requestTranslator(locale)
  const path = `/rights/review/${request.params.token}`
  const main = reviewPage(t, { ...facts, business: facts.business.name, tag, path: `${path}?lang=${locale}` })
  return () =>
    sendPage(
      reply,
      {
        locale,
        title: t('review/title'),
        business: facts.business,
        main,
        inLanguage: (other) => `${path}?lang=${other}`,
        languages: t('languages'),
      },
      facts.faults.length > 0 ? 422 : 200,
    )
}
