import type { BookingId, IntakeAnswer, IntakeAnswers, IntakeQuestion, Principal, ServiceId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit, subscribe } from '../../../platform/events/index.ts'
import { recordTimeline } from '../../contacts/index.ts'
import { maskFromOutside, noteMasked } from '../../privacy/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { lockBooking, requireLive } from '../find-booking.ts'
import { serviceById } from '../find-service.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { type AnswerFault, type ReadAnswers, readAnswers } from './intake.rules.ts'
import { questionsOf } from './questions.ts'

/** Answers that were read, with the questions they belong to. */
export type CheckedAnswers = Pick<ReadAnswers, 'answers'> & { readonly questions: readonly IntakeQuestion[] }

const messages: Readonly<Record<AnswerFault, string>> = {
  missing: 'Please answer this.',
  unknown: 'This is not asked here.',
  not_a_choice: 'Choose one of the answers.',
  not_yes_or_no: 'Answer yes or no.',
  not_a_number: 'Give a number.',
  not_a_date: 'Give a day, like 2027-01-09.',
}

/** Reads answers by the questions of a service. Throws `http/invalid-request` with a fault for each that cannot be taken. */
export async function checkAnswers(
  tx: WorkspaceTx,
  serviceId: ServiceId,
  typed: IntakeAnswers,
  { complete }: { readonly complete: boolean },
): Promise<CheckedAnswers> {
  const questions = await questionsOf(tx, serviceId)
  const { answers, faults } = readAnswers(questions, typed, complete)
  const [first] = faults
  if (first === undefined) return { questions, answers }
  throw new Refusal('http/invalid-request', {
    detail: `answers.${first.questionId}: ${messages[first.fault]} Nothing was saved.`,
    faults: faults.map(({ questionId, fault }) => ({
      path: `body.answers.${questionId}`,
      code: `answer_${fault}`,
      message: messages[fault],
    })),
  })
}

/** Keeps answers with an appointment; only those that were given. True where something changed. */
export async function keepAnswers(
  tx: WorkspaceTx,
  { thread_id: threadId, ends_at: endsAt }: Pick<BookingRow, 'thread_id' | 'ends_at'>,
  { questions, answers }: CheckedAnswers,
): Promise<boolean> {
  let changed = false
  for (const { id, kind, label } of questions) {
    const answer = answers.get(id)
    if (answer === undefined) continue
    if (answer === null) {
      const { numDeletedRows } = await tx.db
        .deleteFrom('intake_answer')
        .where('workspace_id', '=', tx.workspaceId)
        .where('thread_id', '=', threadId)
        .where('question_id', '=', id)
        .executeTakeFirstOrThrow()
      if (numDeletedRows > 0n) changed = true
      continue
    }
    const { numInsertedOrUpdatedRows = 0n } = await tx.db
      .insertInto('intake_answer')
      .values({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        thread_id: threadId,
        question_id: id,
        kind,
        label,
        answer,
        visit_ends_at: endsAt,
        updated_at: tx.now,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['workspace_id', 'thread_id', 'question_id'])
          .doUpdateSet({ kind, label, answer, updated_at: tx.now })
          .where('intake_answer.answer', '!=', answer),
      )
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows > 0n) changed = true
  }
  return changed
}

/** What was answered about an appointment, in the order of the questions; whose question is gone, at the end. Whether the caller may see it is asked before. */
export async function answersOf(tx: WorkspaceTx, threadId: BookingId): Promise<IntakeAnswer[]> {
  const rows = await tx.db
    .selectFrom('intake_answer')
    .leftJoin('intake_question', (join) =>
      join
        .onRef('intake_question.workspace_id', '=', 'intake_answer.workspace_id')
        .onRef('intake_question.id', '=', 'intake_answer.question_id'),
    )
    .select(['intake_answer.question_id', 'intake_answer.kind', 'intake_answer.label', 'intake_answer.answer', 'intake_answer.updated_at'])
    .where('intake_answer.workspace_id', '=', tx.workspaceId)
    .where('intake_answer.thread_id', '=', threadId)
    .orderBy('intake_question.position', (order) => order.asc().nullsLast())
    .orderBy('intake_answer.id')
    .execute()
  return rows.map((row) => ({
    questionId: row.question_id,
    kind: row.kind,
    label: row.label,
    answer: row.answer,
    at: row.updated_at.toString(),
  }))
}

export type ChangeAnswers = { readonly bookingId: BookingId; readonly answers: IntakeAnswers }

/** Writes down answers: for the team at any time, for the customer until her appointment begins. Answers what then stands there. */
export async function changeAnswers(tx: WorkspaceTx, by: Principal, wish: ChangeAnswers): Promise<IntakeAnswer[]> {
  schedulingPolicy.require(by, by.kind === 'contact_link' ? 'link.change' : 'bookings.manage')
  const booking = await lockBooking(tx, wish.bookingId)
  const byCustomer = by.kind === 'contact_link'
  if (byCustomer) {
    requireLive(booking)
    if (!isAhead(booking, tx.now))
      throw new Refusal('scheduling/booking-over', { detail: 'Your answers stay as they are. Nothing was changed.' })
  }
  const { fields, found } = byCustomer ? maskFromOutside(wish.answers) : { fields: wish.answers, found: [] }
  const checked = await checkAnswers(tx, booking.service_id, fields, { complete: false })
  await noteMasked(tx, by, { contactId: booking.contact_id, source: 'booking', found })
  if (await keepAnswers(tx, booking, checked)) {
    const service = await serviceById(tx, booking.service_id)
    await recordTimeline(tx, {
      contactId: booking.contact_id,
      kind: 'booking.answered',
      actor: by,
      subject: { type: 'booking', id: booking.id },
      summary: { key: 'booking.answered', values: { service: service.name, start: booking.starts_at.toString() } },
    })
    await emit(tx, 'booking.answered', { bookingId: booking.id, contactId: booking.contact_id })
  }
  return answersOf(tx, booking.thread_id)
}

/** Whether an appointment has not begun. */
export const isAhead = ({ starts_at: start }: Pick<BookingRow, 'starts_at'>, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(start, now) > 0

/** Answers are kept as long as their appointment, wherever it is moved to. */
export const answersMove = subscribe('booking.rescheduled', {
  name: 'scheduling.move-answers',
  run: async (context, { payload }) => {
    await context.inWorkspace(async (tx) => {
      await tx.db
        .updateTable('intake_answer')
        .from('booking')
        .set((set) => ({ visit_ends_at: set.ref('booking.ends_at') }))
        .whereRef('booking.workspace_id', '=', 'intake_answer.workspace_id')
        .whereRef('booking.thread_id', '=', 'intake_answer.thread_id')
        .where('intake_answer.workspace_id', '=', tx.workspaceId)
        .where('booking.id', '=', payload.bookingId as BookingId)
        .execute()
    })
  },
})
