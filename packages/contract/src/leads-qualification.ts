import { z } from 'zod'
import { idOf } from './ids.ts'
import { LeadSource } from './leads-shapes.ts'
import { routes } from './routes.ts'
import { Instant, Line, Text } from './values.ts'

/** Four questions that every pipeline has, said in the reader's language; others are the business's own. */
export const builtInQuestions = ['need', 'budget', 'authority', 'timing'] as const
export const QuestionKey = z.enum(builtInQuestions)

/** One question of the checklist. */
export const Question = z
  .object({ id: z.uuid(), key: QuestionKey.nullable(), /** Of an own one. */ label: z.string().nullable() })
  .meta({ id: 'Question' })
export type Question = z.output<typeof Question>

/** When a rule gives its points. */
export const ScoreCondition = z
  .discriminatedUnion('kind', [
    /** The question is answered with yes. */
    z.strictObject({ kind: z.literal('answer'), questionId: z.uuid() }),
    z.strictObject({ kind: z.literal('source'), source: LeadSource }),
    /** It is worth at least this much, in the business's currency. */
    z.strictObject({
      kind: z.literal('value'),
      atLeastMinor: z.string().regex(/^\d{1,15}$/, 'Write the amount in minor units, like 14000.'),
    }),
    /** There is a next step whose day is not over. */
    z.strictObject({ kind: z.literal('next_step') }),
    /** Something happened with her in the last days. */
    z.strictObject({ kind: z.literal('recency'), days: z.int().min(1).max(365) }),
  ])
  .meta({ id: 'ScoreCondition' })
export type ScoreCondition = z.output<typeof ScoreCondition>

export const ScoreRule = z.object({ id: z.uuid(), when: ScoreCondition, points: z.int() }).meta({ id: 'ScoreRule' })
export type ScoreRule = z.output<typeof ScoreRule>

export const Checklist = z
  .object({ pipelineId: z.uuid(), version: z.int(), questions: z.array(Question), rules: z.array(ScoreRule) })
  .meta({ id: 'Checklist' })
export type Checklist = z.output<typeof Checklist>

/** Written whole, in its order: what has an id stays, what has none is new, what is left out is put away. */
export const ChecklistBody = z.strictObject({
  questions: z.array(z.strictObject({ id: z.uuid().optional(), label: Line(160).optional() })).max(30),
  rules: z.array(z.strictObject({ when: ScoreCondition, points: z.int().min(-100).max(100) })).max(40),
})

export const AnswerValue = z.enum(['yes', 'no', 'unsure'])

/** A question with what was answered, by whom and when. */
export const Answered = z
  .object({
    question: Question,
    answer: AnswerValue.nullable(),
    note: z.string().nullable(),
    by: z.object({ kind: z.string(), id: z.string().nullable() }).nullable(),
    at: Instant.nullable(),
  })
  .meta({ id: 'Answered' })
export type Answered = z.output<typeof Answered>

/** The score with what made it. Where she did not agree to being scored there is none, and `because` says why. */
export const Score = z
  .object({
    allowed: z.boolean(),
    because: z.string().nullable(),
    points: z.int().nullable(),
    /** The most that the rules give. */
    most: z.int().nullable(),
    reasons: z.array(z.object({ rule: ScoreRule, met: z.boolean() })),
  })
  .meta({ id: 'Score' })
export type Score = z.output<typeof Score>

export const Qualification = z.object({ answers: z.array(Answered), score: Score }).meta({ id: 'Qualification' })
export type Qualification = z.output<typeof Qualification>

const pipeline = z.strictObject({ pipelineId: z.uuid() })
const lead = z.strictObject({ leadId: idOf('lead') })

export const qualificationRoutes = routes({
  'GET /pipelines/{pipelineId}/checklist': {
    summary: 'The questions by which leads of a pipeline are qualified, and the rules of their score',
    access: 'member',
    params: pipeline,
    answer: Checklist,
  },
  'PUT /pipelines/{pipelineId}/checklist': {
    summary: 'Write the questions and the rules of the score, whole; answers to questions that are put away stay',
    access: 'member',
    params: pipeline,
    body: ChecklistBody,
    answer: Checklist,
    ifMatch: true,
  },
  'GET /leads/{leadId}/qualification': {
    summary: 'What is known of a lead by the checklist, and its score with every reason',
    access: 'member',
    params: lead,
    answer: Qualification,
  },
  'PUT /leads/{leadId}/answers/{questionId}': {
    summary: 'Answer a question of the checklist; without an answer what was said is taken back',
    access: 'member',
    params: lead.extend({ questionId: z.uuid() }),
    body: z.strictObject({ answer: AnswerValue.nullable(), note: Text(500).nullish() }),
    answer: Qualification,
  },
})
