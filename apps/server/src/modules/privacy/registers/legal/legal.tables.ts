import type { ContactId, FileId, LegalRequest, LegalRequestCase } from '@frontdesk/contract'
import type { ColumnType, Selectable } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../../platform/inventory/index.ts'

/** One request by an authority or a court. */
export type LegalRequestRow = {
  workspace_id: string
  id: string
  version: number
  number: number
  kind: LegalRequest['kind']
  reason: LegalRequest['reason']
  state: LegalRequest['state']
  authority: string
  jurisdiction: string
  reference: string | null
  asked: string
  received_at: Temporal.Instant
  due_on: Temporal.PlainDate | null
  complaint_id: string | null
  gag_until: Temporal.PlainDate | null
  gag_source: string | null
  round: number
  tables: ColumnType<readonly string[], string, string>
  from_at: Temporal.Instant | null
  until_at: Temporal.Instant | null
  self_review_at: Temporal.Instant | null
  self_review_by: string | null
  self_review_grounds: string | null
  refusal: LegalRequestCase['refusal']
  outcome: string | null
  extract: LegalRequestCase['extract']
  file_id: FileId | null
  disclosed_at: Temporal.Instant | null
  accounted_at: Temporal.Instant | null
  closed_at: Temporal.Instant | null
  created_at: Temporal.Instant
}
export type StoredLegalRequest = Selectable<LegalRequestRow>

/** Somebody whose data is asked for. */
export type LegalRequestSubjectRow = {
  workspace_id: string
  id: string
  legal_request_id: string
  contact_id: ContactId | null
  notice: 'none' | 'waiting' | 'sent' | 'unreachable' | 'withheld'
  told_at: Temporal.Instant | null
}

/** Somebody's answers to the four questions. Append-only. */
export type LegalRequestCheckRow = {
  workspace_id: string
  id: string
  legal_request_id: string
  round: number
  checked_by: string
  authority: boolean
  jurisdiction: boolean
  signature: boolean
  scope: boolean
  note: string
  self: boolean
  at: Temporal.Instant
}

/** What was done. Append-only. */
export type LegalRequestStepRow = {
  workspace_id: string
  id: string
  legal_request_id: string
  step: string
  note: string | null
  done_by: string
  at: Temporal.Instant
}

/** Somebody from outside who was invited to check one request. */
export type LegalReviewerRow = {
  workspace_id: string
  id: string
  legal_request_id: string
  name: string
  email: string
  locale: string
  invited_by: string
  invited_at: Temporal.Instant
  expires_at: Temporal.Instant
  decided_at: Temporal.Instant | null
  revoked_at: Temporal.Instant | null
}
export type StoredLegalReviewer = Selectable<LegalReviewerRow>

declare module '../../../../platform/database/tables.ts' {
  interface Tables {
    legal_request: LegalRequestRow
    legal_request_subject: LegalRequestSubjectRow
    legal_request_check: LegalRequestCheckRow
    legal_request_step: LegalRequestStepRow
    legal_reviewer: LegalReviewerRow
  }
}

const ofWorkspace = [{ root: 'workspace' }] as const
const proof = { keep: 'Who decided that data may be disclosed is part of the proof.' } as const
/** May name people, and is not part of what they receive: a gag may forbid that. The account of disclosures tells them what went out. */
const asked = personal({
  category: 'free_text',
  purpose: 'compliance',
  basis: 'legal_obligation',
  retention: 'proof',
  erase: 'delete_row',
  export: false,
})

/** Whose yes counted is part of the proof. */
const ofReviewer = (category: 'name' | 'contact_details') =>
  personal({ category, purpose: 'compliance', basis: 'legal_obligation', retention: 'proof', erase: 'delete_row', export: false })

export const legalInventory = [
  inventoryOf<LegalRequestRow>('legal_request', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      number: system,
      kind: system,
      reason: system,
      state: system,
      authority: system,
      jurisdiction: system,
      reference: system,
      asked,
      received_at: system,
      due_on: system,
      complaint_id: system,
      gag_until: system,
      gag_source: system,
      round: system,
      tables: system,
      from_at: system,
      until_at: system,
      self_review_at: system,
      self_review_by: reference('member', proof),
      self_review_grounds: asked,
      refusal: system,
      outcome: asked,
      extract: system,
      file_id: system,
      disclosed_at: system,
      accounted_at: system,
      closed_at: system,
      created_at: system,
    },
  }),
  inventoryOf<LegalRequestSubjectRow>('legal_request_subject', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      legal_request_id: system,
      contact_id: reference('contact', 'null'),
      notice: system,
      told_at: system,
    },
  }),
  inventoryOf<LegalRequestCheckRow>('legal_request_check', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      legal_request_id: system,
      round: system,
      checked_by: reference('member', proof),
      authority: system,
      jurisdiction: system,
      signature: system,
      scope: system,
      note: asked,
      self: system,
      at: system,
    },
  }),
  inventoryOf<LegalRequestStepRow>('legal_request_step', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      legal_request_id: system,
      step: system,
      note: asked,
      done_by: reference('member', proof),
      at: system,
    },
  }),
  inventoryOf<LegalReviewerRow>('legal_reviewer', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      legal_request_id: system,
      name: ofReviewer('name'),
      email: ofReviewer('contact_details'),
      locale: system,
      invited_by: reference('member', proof),
      invited_at: system,
      expires_at: system,
      decided_at: system,
      revoked_at: system,
    },
  }),
]
