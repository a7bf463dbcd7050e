import type { ContactId, OwnershipChange } from '@frontdesk/contract'
import type { ColumnType, Selectable } from 'kysely'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../../../platform/inventory/index.ts'

/** A planned change of ownership. */
export type OwnershipChangeRow = {
  workspace_id: string
  id: string
  version: number
  successor: string
  effective_on: Temporal.PlainDate
  notice_days: number
  note: string
  state: OwnershipChange['state']
  created_at: Temporal.Instant
}
export type StoredChange = Selectable<OwnershipChangeRow>

/** Somebody who is told of it. */
export type OwnershipNoticeRow = {
  workspace_id: string
  id: string
  change_id: string
  contact_id: ContactId | null
  notice: 'waiting' | 'sent' | 'unreachable'
  mail_id: string | null
  told_at: Temporal.Instant | null
  /** When it was last found that she cannot be reached. */
  tried_at: ColumnType<Temporal.Instant | null, Temporal.Instant | null | undefined, Temporal.Instant | null>
  objected_at: Temporal.Instant | null
  objection: string | null
}

declare module '../../../../platform/database/tables.ts' {
  interface Tables {
    ownership_change: OwnershipChangeRow
    ownership_notice: OwnershipNoticeRow
  }
}

const hers = (category: PersonalField['category']): PersonalField =>
  personal({ category, purpose: 'compliance', basis: 'legal_obligation', retention: 'proof', erase: 'null', export: true })

export const ownershipInventory = [
  inventoryOf<OwnershipChangeRow>('ownership_change', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      successor: system,
      effective_on: system,
      notice_days: system,
      note: system,
      state: system,
      created_at: system,
    },
  }),
  inventoryOf<OwnershipNoticeRow>('ownership_notice', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      change_id: system,
      contact_id: reference('contact', 'null'),
      notice: system,
      mail_id: reference('contact', 'null'),
      told_at: hers('proof'),
      tried_at: hers('proof'),
      objected_at: hers('proof'),
      objection: hers('free_text'),
    },
  }),
]
