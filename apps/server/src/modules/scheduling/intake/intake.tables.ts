import type { BookingId, IntakeKind, ServiceId } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** One question that a service asks. */
export type IntakeQuestionRow = {
  workspace_id: string
  id: string
  service_id: ServiceId
  position: number
  kind: IntakeKind
  label: string
  help: string | null
  required: boolean
  choices: ColumnType<readonly string[], string, string>
  created_at: Temporal.Instant
}

/** What was answered, with the words of the question at that time. */
export type IntakeAnswerRow = {
  workspace_id: string
  id: string
  thread_id: BookingId
  question_id: string | null
  kind: IntakeKind
  label: string
  answer: string
  visit_ends_at: Temporal.Instant
  updated_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    intake_question: IntakeQuestionRow
    intake_answer: IntakeAnswerRow
  }
}

export const intakeInventory = [
  inventoryOf<IntakeQuestionRow>('intake_question', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      service_id: system,
      position: system,
      kind: system,
      label: system,
      help: system,
      required: system,
      choices: system,
      created_at: system,
    },
  }),
  inventoryOf<IntakeAnswerRow>('intake_answer', {
    ends: { rule: 'booking', after: 'visit_ends_at', how: 'delete_row' },
    subjects: [
      { root: 'contact', via: ['thread_id', 'contact_id'] },
      { root: 'contact', via: ['thread_id', 'attendee_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      thread_id: reference('booking'),
      question_id: system,
      kind: system,
      label: system,
      answer: personal({
        category: 'free_text',
        purpose: 'service',
        basis: 'contract',
        retention: 'booking',
        export: true,
        erase: 'delete_row',
      }),
      visit_ends_at: system,
      updated_at: system,
    },
  }),
]
