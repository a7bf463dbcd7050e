import formbody from '@fastify/formbody'
import { Text } from '@frontdesk/contract'
import { formats, type Locale } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { type Html, html, type Limiter, openLimiter, type RateLimit } from '../../../../platform/http/index.ts'
import { type WorkspaceFacts, workspaceFacts } from '../../../accounts/index.ts'
import { localeOf, sendPage } from '../../pages/page-layout.ts'
import { requestSurroundings } from '../../requests/surroundings.ts'
import type { StoredLegalRequest, StoredLegalReviewer } from './legal.tables.ts'
import { reviewTranslator } from './legal-review.words.ts'
import { checkAsReviewer, legalReviewLinks, requestOfReviewer } from './legal-reviewers.ts'

type Asked = FastifyRequest<{ Params: { token: string } }>
type Body = Readonly<Record<string, unknown>>
const limit: RateLimit = { name: 'legal-review', requests: 120, seconds: 60, shared: true }
const questions = ['authority', 'jurisdiction', 'signature', 'scope'] as const

/** The page of somebody who was invited to be the second one who checks a request. It works without script, and opening it changes nothing. */
export function legalReviewPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await scope.register(formbody)
    const limiter = openLimiter(() => requestSurroundings.get().database)
    scope.get('/legal-review/:token', (request: Asked, reply) => orOver(request, reply, () => show(limiter, request, reply)))
    scope.post('/legal-review/:token', (request: Asked, reply) =>
      orOver(request, reply, () => show(limiter, request, reply, (request.body ?? {}) as Body)),
    )
  })
}

/** A link that leads nowhere any more is told as a page. */
async function orOver(request: Asked, reply: FastifyReply, page: () => Promise<FastifyReply>): Promise<FastifyReply> {
  try {
    return await page()
  } catch (error) {
    if (!(error instanceof Refusal) || error.type !== 'privacy/link-invalid') throw error
    const locale = localeOf(request)
    const t = reviewTranslator(locale)
    return sendPage(reply, { locale, title: t('overTitle'), main: html`<p>${t('over')}</p>` }, 410)
  }
}

async function show(limiter: Limiter, request: Asked, reply: FastifyReply, body?: Body): Promise<FastifyReply> {
  const { database } = requestSurroundings.get()
  const now = database.clock()
  const verdict = await limiter.take(limit, request.ip, now.epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
  const { workspaceId, reviewerId } = legalReviewLinks.read(database.keys, request.params.token, now)
  const answered = body === undefined ? undefined : readAnswers(body)
  const seen = await database.inWorkspace(workspaceId, async (tx) => {
    const facts = await gather(tx, reviewerId)
    const changed = answered !== undefined && answered.round !== facts.row.round
    if (answered?.answers && !changed) await checkAsReviewer(tx, { reviewerId, answers: answered.answers, note: answered.note })
    return { ...facts, changed }
  })
  const locale = localeOf(request, seen.reviewer.locale)
  const t = reviewTranslator(locale)
  if (answered?.answers && !seen.changed)
    return sendPage(reply, { locale, title: t('doneTitle'), main: html`<p role="status">${t('done')}</p>`, business: seen.business })
  const path = `/legal-review/${request.params.token}`
  const fault = answered === undefined ? undefined : t(seen.changed ? 'changed' : 'faults')
  return sendPage(
    reply,
    {
      locale,
      title: t('title'),
      business: seen.business,
      main: page(locale, seen, { path: `${path}?lang=${locale}`, typed: body ?? {}, fault }),
      inLanguage: (other) => `${path}?lang=${other}`,
      languages: t('languages'),
    },
    fault ? (seen.changed ? 409 : 422) : 200,
  )
}

type Seen = {
  readonly row: StoredLegalRequest
  readonly reviewer: StoredLegalReviewer
  readonly business: WorkspaceFacts
  readonly people: number
}

async function gather(tx: WorkspaceTx, reviewerId: string): Promise<Seen> {
  const { row, reviewer } = await requestOfReviewer(tx, reviewerId)
  const { people } = await tx.db
    .selectFrom('legal_request_subject')
    .select(({ fn }) => fn.countAll<string>().as('people'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('legal_request_id', '=', row.id)
    .executeTakeFirstOrThrow()
  return { row, reviewer, business: await workspaceFacts(tx), people: Number(people) }
}

/** What was answered, to which scope; without answers where something is missing. */
function readAnswers(body: Body) {
  const note = Text(10_000).safeParse(typeof body.note === 'string' ? body.note.trim() : '')
  const said = questions.map((question) => body[question])
  const whole = note.success && note.data !== '' && said.every((one) => one === 'yes' || one === 'no')
  const round = Number(body.round)
  if (!whole) return { answers: undefined, note: '', round }
  const yes = (question: (typeof questions)[number]) => body[question] === 'yes'
  return {
    answers: { authority: yes('authority'), jurisdiction: yes('jurisdiction'), signature: yes('signature'), scope: yes('scope') },
    note: note.data,
    round,
  }
}

/** This request and nothing else: what is asked and how far it would go, without a row of the data. */
function page(
  locale: Locale,
  { row, reviewer, business, people }: Seen,
  { path, typed, fault }: { readonly path: string; readonly typed: Body; readonly fault: string | undefined },
): Html {
  const t = reviewTranslator(locale)
  const as = formats(locale, business.zone)
  const day = (at: Temporal.Instant) => as.weekdayDate(at.toString(), { year: true })
  const facts: readonly (readonly [string, string])[] = [
    [t('who'), `${row.authority}, ${row.jurisdiction}`],
    [t('kind'), t(`kind/${row.kind}`)],
    [t('reason'), t(`reason/${row.reason}`)],
    ...(row.reference === null ? [] : [[t('reference'), row.reference] as const]),
    [t('received'), day(row.received_at)],
  ]
  const span = t('span', { from: row.from_at ? day(row.from_at) : t('always'), until: row.until_at ? day(row.until_at) : t('now') })
  const checked = (question: string, value: string) => (typed[question] === value ? html` checked` : '')
  return html`<p>${t('intro', { business: business.name, name: reviewer.name })}</p>
<p class="soft">${t('until', { until: day(reviewer.expires_at) })}</p>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<h2>${t('asked')}</h2><p class="letter">${row.asked}</p>
<h2>${t('scope')}</h2><p>${t('people', { count: people })}. ${span}.</p><p>${row.tables.join(', ')}</p>
<h2>${t('questions')}</h2>
${fault && html`<p class="fault" role="alert" id="fault">${fault}</p>`}
<form method="post" action="${path}"><input type="hidden" name="round" value="${row.round}">
${questions.map(
  (question) => html`<fieldset${fault && html` aria-describedby="fault"`}><legend>${t(`question/${question}`)}</legend>
${(['yes', 'no'] as const).map((value) => html`<label class="tick"><input type="radio" name="${question}" value="${value}" required${checked(question, value)}><span>${t(value)}</span></label>`)}</fieldset>`,
)}
<div class="field"><label for="note">${t('note')}</label><textarea id="note" name="note" rows="4" maxlength="10000" required${fault && html` aria-describedby="fault"`}>${typeof typed.note === 'string' ? typed.note.slice(0, 20_000) : ''}</textarea><p class="soft">${t('noteHint')}</p></div>
<button>${t('send')}</button></form>`
}
