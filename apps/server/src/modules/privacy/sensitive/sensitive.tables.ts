import type { ContactId, RevealPurpose, Role, SensitiveFieldKind, SensitiveGround, SensitiveKind } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** A field that the workspace declared, once for all contacts. */
export type SensitiveFieldRow = {
  workspace_id: string
  id: string
  version: number
  kind: SensitiveFieldKind
  label: string
  ground: SensitiveGround
  why: string
  readers: ColumnType<readonly Role[], string, string>
  declared_by: string
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  ended_at: Temporal.Instant | null
}

/** One contact's value, encrypted for its row. */
export type SensitiveValueRow = {
  workspace_id: string
  id: string
  field_id: string
  contact_id: ContactId
  value: string
  /** What her own copy shows of it, encrypted too: the value, or its mask where it is a tax number. */
  in_copy: string
  recorded_by: string
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
}

/** Somebody saw a value in full. Append-only. */
export type SensitiveRevealRow = {
  workspace_id: string
  id: string
  field_id: string
  contact_id: ContactId
  member_id: string
  purpose: RevealPurpose
  reason: string
  at: Temporal.Instant
}

/** A number that came from outside and was masked before it was kept. */
export type MaskedNumberRow = {
  workspace_id: string
  id: string
  contact_id: ContactId | null
  kind: SensitiveKind
  source: 'booking' | 'message' | 'request' | 'preference' | 'form'
  at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    sensitive_field: SensitiveFieldRow
    sensitive_value: SensitiveValueRow
    sensitive_reveal: SensitiveRevealRow
    masked_number: MaskedNumberRow
  }
}

const identifier = {
  category: 'identifier',
  purpose: 'service',
  basis: 'workspace_instruction',
  retention: 'contact',
  erase: 'delete_row',
} as const
const whoDecided = { keep: 'Who declared a sensitive field is part of the proof that it was declared.' } as const

export const sensitiveInventory = [
  inventoryOf<SensitiveFieldRow>('sensitive_field', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      kind: system,
      label: system,
      ground: system,
      why: system,
      readers: system,
      declared_by: reference('member', whoDecided),
      created_at: system,
      updated_at: system,
      ended_at: system,
    },
  }),
  inventoryOf<SensitiveValueRow>('sensitive_value', {
    // Another provider declares her own fields with a ground of her own, so that nothing is taken over.
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      field_id: system,
      contact_id: reference('contact'),
      value: personal({ ...identifier, export: false, stored: 'encrypted' }),
      in_copy: personal({ ...identifier, export: true, stored: 'encrypted' }),
      recorded_by: reference('member', { keep: 'Who wrote it down; the id names nobody once the member is erased.' }),
      created_at: system,
      updated_at: system,
    },
  }),
  inventoryOf<SensitiveRevealRow>('sensitive_reveal', {
    ownWork: true,
    subjects: [
      { root: 'contact', via: ['contact_id'] },
      { root: 'member', via: ['member_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      field_id: system,
      contact_id: reference('contact'),
      member_id: reference('member', { keep: 'The proof of who saw it; the id names nobody once the member is erased.' }),
      purpose: system,
      reason: personal({
        category: 'free_text',
        purpose: 'security',
        basis: 'legal_obligation',
        retention: 'contact',
        erase: 'delete_row',
        export: true,
      }),
      at: system,
    },
  }),
  inventoryOf<MaskedNumberRow>('masked_number', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: { workspace_id: system, id: system, contact_id: reference('contact'), kind: system, source: system, at: system },
  }),
]
