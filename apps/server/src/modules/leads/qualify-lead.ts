import type { Answered, Checklist, ChecklistBody, LeadId, Principal, Qualification, Question, Score, ScoreRule } from '@frontdesk/contract'
import type { z } from 'zod'
import { actorOf, audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import { loadContact } from '../contacts/index.ts'
import { mayUse } from '../privacy/index.ts'
import { leadsPolicy } from './leads.policy.ts'
import { loadLead, lockLead, todayOf } from './read-leads.ts'
import { loadPipeline, lockPipeline } from './read-pipelines.ts'
import { scoreLead } from './score.rules.ts'
import { refuseOverwriting, refuseUnknown } from './write-pipeline.ts'

/** The questions of a pipeline and the rules of its score. Throws 404. */
export async function loadChecklist(tx: WorkspaceTx, by: Principal, pipelineId: string): Promise<Checklist> {
  const pipeline = await loadPipeline(tx, by, pipelineId)
  return {
    pipelineId: pipeline.id,
    version: pipeline.version,
    questions: (await questionsOf(tx, pipeline.id)).filter(({ archived }) => !archived).map(({ id, key, label }) => ({ id, key, label })),
    rules: await rulesOf(tx, pipeline.id),
  }
}

export type WriteChecklist = z.output<typeof ChecklistBody> & { readonly pipelineId: string; readonly version: number }

/** Writes the questions and the rules of a pipeline, whole. What was answered to a question that is put away stays. Throws 404 and `http/version-mismatch`. */
export async function writeChecklist(tx: WorkspaceTx, by: Principal, wish: WriteChecklist): Promise<Checklist> {
  leadsPolicy.require(by, 'pipelines.manage')
  const row = await lockPipeline(tx, wish.pipelineId)
  refuseOverwriting(await loadPipeline(tx, by, row.id), wish.version)
  const known = (await questionsOf(tx, row.id)).filter(({ archived }) => !archived)
  refuseUnknown(
    wish.questions.flatMap(({ id }) => id ?? []),
    known.map(({ id }) => id),
    'body.questions',
  )
  const asked = wish.questions.map(({ id }) => id).filter((id) => id !== undefined)
  refuseStrangers(wish, asked)
  const mine = { workspace_id: tx.workspaceId, pipeline_id: row.id }
  for (const { id } of known.filter((question) => !asked.includes(question.id)))
    await tx.db
      .updateTable('lead_question')
      .set({ archived_at: tx.now })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', id)
      .execute()
  for (const [position, { id, label }] of wish.questions.entries()) {
    const own = id === undefined || known.find((question) => question.id === id)?.key === null
    if (id === undefined)
      await tx.db
        .insertInto('lead_question')
        .values({ ...mine, id: tx.newId(), key: null, label: label ?? '', position, created_at: tx.now, archived_at: null })
        .execute()
    else
      await tx.db
        .updateTable('lead_question')
        .set({ position, ...(own && label !== undefined ? { label } : {}) })
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', id)
        .execute()
  }
  await tx.db.deleteFrom('score_rule').where('workspace_id', '=', tx.workspaceId).where('pipeline_id', '=', row.id).execute()
  for (const [position, { when, points }] of wish.rules.entries())
    await tx.db
      .insertInto('score_rule')
      .values({ ...mine, id: tx.newId(), condition: JSON.stringify(when), points, position })
      .execute()
  await tx.db
    .updateTable('pipeline')
    .set({ version: row.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .execute()
  await audit(tx, by, { action: 'pipeline.changed', object: { type: 'pipeline', id: row.id }, result: 'done' })
  await emit(tx, 'pipeline.changed', { pipelineId: row.id })
  return loadChecklist(tx, by, row.id)
}

function refuseStrangers({ questions, rules }: WriteChecklist, asked: readonly string[]): void {
  if (questions.some(({ id, label }) => id === undefined && label === undefined))
    throw new Refusal('http/invalid-request', {
      detail: 'questions: a new question needs its words. Nothing was saved.',
      faults: [{ path: 'body.questions', code: 'missing_label', message: 'Write the question.' }],
    })
  if (rules.every(({ when }) => when.kind !== 'answer' || asked.includes(when.questionId))) return
  throw new Refusal('http/invalid-request', {
    detail: 'rules: one of them is about a question that is not asked here. Nothing was saved.',
    faults: [{ path: 'body.rules', code: 'unknown_question', message: 'Choose one of the questions above.' }],
  })
}

/** What is known of a lead by the checklist, with its score. Throws 404. */
export async function loadQualification(tx: WorkspaceTx, by: Principal, leadId: LeadId): Promise<Qualification> {
  const lead = await loadLead(tx, by, leadId)
  const given = await tx.db
    .selectFrom('qualification_answer')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('lead_id', '=', lead.id)
    .execute()
  const answers: Answered[] = (await questionsOf(tx, lead.pipelineId)).flatMap(({ id, key, label, archived }) => {
    const row = given.find(({ question_id }) => question_id === id)
    // What was said stays in sight, also where it is asked no more.
    if (archived && !row) return []
    return [
      {
        question: { id, key, label },
        answer: row?.answer ?? null,
        note: row?.note ?? null,
        by: row ? { kind: row.answered_by_kind, id: row.answered_by_id } : null,
        at: row?.answered_at.toString() ?? null,
      },
    ]
  })
  return { answers, score: await scoreOf(tx, by, lead, answers) }
}

/** A score is a profile (GDPR Art. 4(4)), so it is made only where she agreed to that; without, nothing is added up. */
async function scoreOf(
  tx: WorkspaceTx,
  by: Principal,
  lead: Awaited<ReturnType<typeof loadLead>>,
  answers: readonly Answered[],
): Promise<Score> {
  const { allowed, reason } = await mayUse(tx, lead.contact.id, 'profiling')
  if (!allowed) return { allowed: false, because: reason, points: null, most: null, reasons: [] }
  const rules = await rulesOf(tx, lead.pipelineId)
  const { currency } = await workspaceFacts(tx)
  const contact = await loadContact(tx, by, lead.contact.id)
  const today = await todayOf(tx)
  const due = lead.nextStep?.dueOn
  const score = scoreLead(
    {
      yes: new Set(answers.filter(({ answer }) => answer === 'yes').map(({ question }) => question.id)),
      source: lead.source,
      valueMinor: lead.value?.currency === currency ? Number(lead.value.minor) : null,
      nextStepAhead: lead.nextStep !== null && (!due || Temporal.PlainDate.compare(Temporal.PlainDate.from(due), today) >= 0),
      lastActivityAt: Temporal.Instant.from(contact.lastActivityAt),
    },
    rules,
    tx.now,
  )
  return { allowed: true, because: null, points: score.points, most: score.most, reasons: [...score.reasons] }
}

export type AnswerQuestion = {
  readonly leadId: LeadId
  readonly questionId: string
  readonly answer: 'yes' | 'no' | 'unsure' | null
  readonly note?: string | null | undefined
}

/** Answers a question about a lead; null takes the answer back. Throws 404. */
export async function answerQuestion(
  tx: WorkspaceTx,
  by: Principal,
  { leadId, questionId, answer, note }: AnswerQuestion,
): Promise<Qualification> {
  leadsPolicy.require(by, 'leads.write')
  const lead = await lockLead(tx, by, leadId)
  const question = (await questionsOf(tx, lead.pipeline_id)).find(({ id }) => id === questionId)
  if (!question) throw new Refusal('http/not-found', { detail: 'This pipeline has no such question.' })
  if (answer === null) {
    await tx.db
      .deleteFrom('qualification_answer')
      .where('workspace_id', '=', tx.workspaceId)
      .where('lead_id', '=', lead.id)
      .where('question_id', '=', question.id)
      .execute()
  } else {
    const who = actorOf(by)
    const said = {
      answer,
      note: note || null,
      answered_by_kind: who.type,
      answered_by_id: who.id === '' ? null : who.id,
      answered_at: tx.now,
    }
    await tx.db
      .insertInto('qualification_answer')
      .values({ workspace_id: tx.workspaceId, id: tx.newId(), lead_id: lead.id, question_id: question.id, ...said })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'lead_id', 'question_id']).doUpdateSet(said))
      .execute()
  }
  await emit(tx, 'lead.changed', { leadId: lead.id, contactId: lead.contact_id })
  return loadQualification(tx, by, lead.id)
}

const questionsOf = async (tx: WorkspaceTx, pipelineId: string): Promise<readonly (Question & { readonly archived: boolean })[]> => {
  const rows = await tx.db
    .selectFrom('lead_question')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', '=', pipelineId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(({ id, key, label, archived_at }) => ({ id, key, label, archived: archived_at !== null }))
}

const rulesOf = async (tx: WorkspaceTx, pipelineId: string): Promise<ScoreRule[]> => {
  const rows = await tx.db
    .selectFrom('score_rule')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', '=', pipelineId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(({ id, condition, points }) => ({ id, when: condition, points }))
}
