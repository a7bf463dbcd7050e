import type { MemberId } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../../platform/inventory/index.ts'

/** A version of the processing terms that a business accepted. Append-only. */
export type ProcessingTermsAcceptanceRow = {
  workspace_id: string
  id: string
  version: string
  sha256: string
  accepted_by: string
  at: Temporal.Instant
}

/** What the business told whoever runs the server. Append-only. */
export type ProcessingInstructionRow = { workspace_id: string; id: string; text: string; given_by: string; at: Temporal.Instant }

/** How often members confirm the rules. */
export type TrainingSettingRow = {
  workspace_id: string
  id: string
  version: number
  every_months: number
  suspend_when_overdue: boolean
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
}

/** Somebody confirmed the rules. Append-only. */
export type TrainingAcknowledgementRow = {
  workspace_id: string
  id: string
  member_id: MemberId
  text_version: string
  at: Temporal.Instant
}

/** Permission to the roles that have it. */
export type RoleMap = Readonly<Record<string, readonly string[]>>

/** Who could do what, since when. Append-only. */
export type AuthorizationPolicyVersionRow = {
  workspace_id: string
  id: string
  version: string
  map: ColumnType<RoleMap, string, string>
  since: Temporal.Instant
}

declare module '../../../../platform/database/tables.ts' {
  interface Tables {
    processing_terms_acceptance: ProcessingTermsAcceptanceRow
    processing_instruction: ProcessingInstructionRow
    training_setting: TrainingSettingRow
    training_acknowledgement: TrainingAcknowledgementRow
    authorization_policy_version: AuthorizationPolicyVersionRow
  }
}

const ofWorkspace = [{ root: 'workspace' }] as const
const who = { keep: 'Who bound the business is part of the proof.' } as const

export const teamInventory = [
  inventoryOf<ProcessingTermsAcceptanceRow>('processing_terms_acceptance', {
    subjects: ofWorkspace,
    columns: { workspace_id: system, id: system, version: system, sha256: system, accepted_by: reference('member', who), at: system },
  }),
  inventoryOf<ProcessingInstructionRow>('processing_instruction', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      text: personal({
        category: 'free_text',
        purpose: 'compliance',
        basis: 'legal_obligation',
        retention: 'workspace',
        erase: 'delete_row',
        export: false,
      }),
      given_by: reference('member', who),
      at: system,
    },
  }),
  inventoryOf<TrainingSettingRow>('training_setting', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      every_months: system,
      suspend_when_overdue: system,
      created_at: system,
      updated_at: system,
    },
  }),
  inventoryOf<TrainingAcknowledgementRow>('training_acknowledgement', {
    subjects: [{ root: 'member', via: ['member_id'] }],
    columns: { workspace_id: system, id: system, member_id: reference('member', who), text_version: system, at: system },
  }),
  inventoryOf<AuthorizationPolicyVersionRow>('authorization_policy_version', {
    subjects: ofWorkspace,
    columns: { workspace_id: system, id: system, version: system, map: system, since: system },
  }),
]
