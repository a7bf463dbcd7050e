/** Questions that a service asks whoever books it, and the answers that stand with the booking. */
import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, Line, Text } from './values.ts'

/** What an answer can be. */
export const intakeKinds = ['text', 'choice', 'yes_no', 'number', 'date'] as const
export const IntakeKind = z.enum(intakeKinds).meta({ id: 'IntakeKind' })
export type IntakeKind = z.output<typeof IntakeKind>

/** One question, in the business's own words. */
export const IntakeQuestion = z
  .object({
    id: z.uuid(),
    kind: IntakeKind,
    label: z.string(),
    help: z.string().nullable(),
    /** Whoever books for herself has to answer it. */
    required: z.boolean(),
    /** What can be chosen; empty for the other kinds. */
    choices: z.array(z.string()),
  })
  .meta({ id: 'IntakeQuestion' })
export type IntakeQuestion = z.output<typeof IntakeQuestion>

/** The questions of a service in their order. */
export const Intake = z.object({ version: z.int(), questions: z.array(IntakeQuestion) }).meta({ id: 'Intake' })
export type Intake = z.output<typeof Intake>

const QuestionDraft = z
  .strictObject({
    /** The question that is there already; left out: a new one. */
    id: z.uuid().optional(),
    kind: IntakeKind,
    label: Line(200),
    help: Line(300).nullable().default(null),
    required: z.boolean().default(false),
    choices: z.array(Line(80)).max(30).default([]),
  })
  .refine(({ kind, choices }) => kind !== 'choice' || new Set(choices).size >= 2, {
    path: ['choices'],
    message: 'Give at least two choices.',
  })
  .refine(({ choices }) => new Set(choices).size === choices.length, { path: ['choices'], message: 'Each choice can stand here once.' })

export const IntakeBody = z
  .strictObject({
    questions: z.array(QuestionDraft).max(20, 'At most 20 questions.'),
    /** A question that sounds like health and the like is none: whoever writes it says so. */
    notSensitive: z.boolean().default(false),
  })
  .meta({ examples: [{ questions: [{ kind: 'yes_no', label: 'Is it your first visit?', required: true }], notSensitive: false }] })
export type IntakeBody = z.output<typeof IntakeBody>

/** Answers by the id of their question: text as it is, one of the choices, `yes` or `no`, `12.5`, `2027-01-09`. An empty one takes the answer back. */
export const IntakeAnswers = z.record(z.uuid(), Text(2000)).meta({ id: 'IntakeAnswers' })
export type IntakeAnswers = z.output<typeof IntakeAnswers>

/** What was answered. The question stands with its words of then; `questionId` is null once it is asked no more. */
export const IntakeAnswer = z
  .object({ questionId: z.uuid().nullable(), kind: IntakeKind, label: z.string(), answer: z.string(), at: Instant })
  .meta({ id: 'IntakeAnswer' })
export type IntakeAnswer = z.output<typeof IntakeAnswer>

const servicePath = z.strictObject({ serviceId: idOf('service') })
const bookingPath = z.strictObject({ bookingId: idOf('booking') })
const linkPath = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{1,120}$/) })
const answered = z.object({ items: z.array(IntakeAnswer) })

/** What members do. */
export const intakeRoutes = routes({
  'GET /services/{serviceId}/questions': {
    summary: 'What is asked when a service is booked',
    access: 'member',
    params: servicePath,
    answer: Intake,
  },
  'PUT /services/{serviceId}/questions': {
    summary: 'Say what is asked when a service is booked; whole, in their order',
    access: 'member',
    params: servicePath,
    body: IntakeBody,
    ifMatch: true,
    answer: Intake,
    refusals: ['contacts/sensitive-field'],
  },
  'GET /bookings/{bookingId}/answers': {
    summary: 'What was answered when an appointment was booked, wherever it was moved to',
    access: 'member',
    params: bookingPath,
    answer: answered,
  },
  'PUT /bookings/{bookingId}/answers': {
    summary: 'Write down answers for an appointment; only those that are sent',
    access: 'member',
    params: bookingPath,
    body: z.strictObject({ answers: IntakeAnswers }),
    answer: answered,
  },
})

/** What the bearer of a link does. */
export const intakeLinkRoutes = routes({
  'GET /links/{token}/answers': {
    summary: 'What is asked about the booking behind a signed link, and what was answered',
    access: 'link',
    params: linkPath,
    answer: z.object({ questions: z.array(IntakeQuestion), items: z.array(IntakeAnswer), changeable: z.boolean() }),
    refusals: ['scheduling/link-invalid'],
  },
  'PUT /links/{token}/answers': {
    summary: 'Change answers behind a signed link, until the appointment; only those that are sent',
    access: 'link',
    params: linkPath,
    body: z.strictObject({ answers: IntakeAnswers }),
    answer: answered,
    refusals: ['scheduling/link-invalid', 'scheduling/booking-over', 'scheduling/already-cancelled', 'scheduling/booking-changed'],
  },
})
