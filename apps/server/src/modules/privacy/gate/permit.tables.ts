import type { Channel, Purpose, Reason, RecordingRule, Requirement, SubjectType, Voice } from '@frontdesk/contact-rules'
import type { ContactId, ContactPointId, PermitId } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** One decision of the gate, yes or no. */
export type PermitRow = {
  workspace_id: string
  id: PermitId
  contact_id: ContactId
  point_id: ContactPointId | null
  channel: Channel
  /** Of a call: whose voice, and who dials. */
  voice: Voice | null
  dialing: 'by_hand' | 'automatic' | null
  /** Of what is written. */
  writer: 'person' | 'machine' | null
  purpose: Purpose
  about_type: SubjectType
  about_id: string
  decision: 'allowed' | 'refused'
  reasons: ColumnType<readonly Reason[], string, string>
  /** What must be said or written with it. */
  requires: ColumnType<readonly Requirement[], string, string>
  recording: ColumnType<RecordingRule | null, string | null, string | null>
  rulebook_version: string
  next_moment: Temporal.Instant | null
  remedy: string | null
  expires_at: Temporal.Instant | null
  used_by: string | null
  used_at: Temporal.Instant | null
  superseded_by: PermitId | null
  created_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    permit: PermitRow
  }
}

export const gateInventory = [
  inventoryOf<PermitRow>('permit', {
    ownWork: true,
    ends: { rule: 'proof', after: 'created_at', how: 'delete_row' },
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      point_id: reference('contact'),
      channel: system,
      voice: system,
      dialing: system,
      writer: system,
      purpose: system,
      about_type: system,
      about_id: reference('contact'),
      decision: system,
      reasons: personal({
        category: 'proof',
        purpose: 'compliance',
        basis: 'legal_obligation',
        retention: 'proof',
        erase: 'delete_row',
        export: true,
      }),
      requires: system,
      recording: system,
      rulebook_version: system,
      next_moment: system,
      remedy: system,
      expires_at: system,
      used_by: reference('contact'),
      used_at: system,
      superseded_by: system,
      created_at: system,
    },
  }),
]
