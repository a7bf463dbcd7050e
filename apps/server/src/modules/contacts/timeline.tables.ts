import type { ContactId, TimelineEventId } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../platform/inventory/index.ts'

/** The values of a summary; texts among them are short and shown as they are. */
export type SummaryValues = Readonly<Record<string, string | number>>

/** One thing that happened to a contact. Append-only. */
export type TimelineEventRow = {
  workspace_id: string
  id: TimelineEventId
  contact_id: ContactId
  at: Temporal.Instant
  kind: string
  actor_kind: 'member' | 'api_key' | 'contact_link' | 'visitor' | 'operator' | 'system'
  actor_id: string | null
  subject_type: string | null
  subject_id: string | null
  summary_key: string
  summary_values: ColumnType<SummaryValues, string, never>
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    timeline_event: TimelineEventRow
  }
}

export const timelineInventory = [
  inventoryOf<TimelineEventRow>('timeline_event', {
    subjects: [
      { root: 'contact', via: ['contact_id'] },
      { root: 'member', via: ['actor_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      at: personal({
        category: 'behaviour',
        purpose: 'service',
        basis: 'workspace_instruction',
        retention: 'contact',
        erase: 'delete_row',
        export: true,
      }),
      kind: system,
      actor_kind: system,
      actor_id: reference('member', { keep: 'Part of the contact’s history; the id names nobody once the member is erased.' }),
      subject_type: system,
      subject_id: reference('contact'),
      summary_key: system,
      summary_values: personal({
        category: 'behaviour',
        purpose: 'service',
        basis: 'workspace_instruction',
        retention: 'contact',
        erase: 'delete_row',
        export: true,
      }),
    },
  }),
]
