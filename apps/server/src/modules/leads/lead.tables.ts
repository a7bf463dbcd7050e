import type { ContactId, LeadId, LeadSource, LeadState, MemberId, Principal } from '@frontdesk/contract'
import type { Generated } from 'kysely'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../platform/inventory/index.ts'

/** One chance of business with one contact. */
export type LeadRow = {
  workspace_id: string
  id: LeadId
  version: number
  pipeline_id: string
  stage_id: string
  /** The open stage it stands in, or stood in when it was closed. */
  open_stage_id: string
  position: number
  state: LeadState
  contact_id: ContactId
  owner_member_id: MemberId | null
  title: string | null
  value_minor: number | null
  currency: string | null
  source: LeadSource
  next_step: string | null
  next_step_on: Temporal.PlainDate | null
  lost_reason_id: string | null
  lost_note: string | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  entered_stage_at: Temporal.Instant
  first_touch_at: Temporal.Instant | null
  closed_at: Temporal.Instant | null
  /** When the managers were told that nobody had answered. */
  escalated_at: Generated<Temporal.Instant | null>
  /** For which day of the next step its owner was reminded. */
  next_step_reminded_on: Generated<Temporal.PlainDate | null>
}

/** What is known about a lead by the checklist, and who says so. */
export type QualificationAnswerRow = {
  workspace_id: string
  id: string
  lead_id: LeadId
  question_id: string
  answer: 'yes' | 'no' | 'unsure'
  note: string | null
  answered_by_kind: Principal['kind']
  answered_by_id: string | null
  answered_at: Temporal.Instant
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    lead: LeadRow
    qualification_answer: QualificationAnswerRow
  }
}

/** Reports of what was won and lost count it, also once nobody knows whose it was. */
const counts = { erase: { keep: 'Counts in reports once the contact is anonymous.' } } as const

const about = (category: PersonalField['category'], more: Partial<PersonalField> = {}): PersonalField =>
  personal({
    category,
    purpose: 'service',
    basis: 'workspace_instruction',
    retention: 'contact',
    erase: 'delete_row',
    export: true,
    ...more,
  })

export const leadInventory = [
  inventoryOf<LeadRow>('lead', {
    // What this business hopes for and concludes; another provider goes on without it.
    ownWork: true,
    // An open one has no day yet that a report could count it by: it ends with the person.
    counted: {
      day: 'closed_at',
      sums: ['value_minor', 'currency'],
      tells: {
        pipeline_id: 'stays',
        stage_id: 'stays',
        open_stage_id: 'stays',
        state: 'stays',
        source: 'stays',
        owner_member_id: 'empty',
        lost_reason_id: 'empty',
        created_at: 'day',
        updated_at: 'day',
        entered_stage_at: 'day',
      },
      cleared: ['position', 'escalated_at', 'next_step_reminded_on'],
    },
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      pipeline_id: system,
      stage_id: system,
      open_stage_id: system,
      position: system,
      state: about('behaviour', counts),
      contact_id: reference('contact'),
      owner_member_id: reference('member', { keep: 'Whose work it was; the person is anonymised in her own row.' }),
      title: about('free_text'),
      value_minor: about('financial', counts),
      currency: system,
      source: about('behaviour', counts),
      next_step: about('free_text'),
      next_step_on: about('free_text'),
      lost_reason_id: system,
      lost_note: about('free_text'),
      created_at: system,
      updated_at: system,
      entered_stage_at: system,
      first_touch_at: about('behaviour'),
      closed_at: about('behaviour', counts),
      escalated_at: system,
      next_step_reminded_on: system,
    },
  }),
  inventoryOf<QualificationAnswerRow>('qualification_answer', {
    ownWork: true,
    subjects: [
      { root: 'contact', via: ['lead_id', 'contact_id'] },
      { root: 'member', via: ['answered_by_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      lead_id: reference('contact'),
      question_id: system,
      answer: about('behaviour'),
      note: about('free_text'),
      answered_by_kind: system,
      answered_by_id: reference('member', { keep: 'Who said it; the id names nobody once the member is erased.' }),
      answered_at: system,
    },
  }),
]
