import type { ContactFilter, ContactId, MemberId, TableLook } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** A filter that is kept under a name. */
export type SegmentRow = {
  workspace_id: string
  id: string
  version: number
  name: string
  filter: ColumnType<ContactFilter, string, string>
  look: ColumnType<TableLook | null, string | null, string | null>
  owner_member_id: MemberId | null
  shared: boolean
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  removed_at: Temporal.Instant | null
}

/** The last count of a segment. */
export type SegmentCountRow = {
  workspace_id: string
  id: string
  segment_id: string
  segment_version: number
  of_member_id: MemberId | null
  contacts: number
  counted_at: Temporal.Instant
}

/** A list that contacts are put on by hand. */
export type ListRow = {
  workspace_id: string
  id: string
  version: number
  name: string
  name_folded: string
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  archived_at: Temporal.Instant | null
}

export type ListMemberRow = { workspace_id: string; id: string; list_id: string; contact_id: ContactId; created_at: Temporal.Instant }

/** One act on many contacts. */
export type BulkChangeRow = {
  workspace_id: string
  id: string
  act: 'add_tag' | 'remove_tag' | 'add_to_list' | 'remove_from_list'
  tag_id: string | null
  list_id: string | null
  filter: ColumnType<ContactFilter | null, string | null, never>
  of_member_id: MemberId | null
  state: 'running' | 'finished' | 'undoing' | 'undone'
  after_id: string | null
  total: number
  done: number
  changed: number
  actor_kind: 'member' | 'api_key' | 'operator' | 'system'
  actor_id: string | null
  created_at: Temporal.Instant
  finished_at: Temporal.Instant | null
}

/** One contact whom such an act changed. */
export type BulkChangeContactRow = {
  workspace_id: string
  id: string
  bulk_change_id: string
  contact_id: ContactId
  /** Of the row of the tag or the list that was made or taken off; null for acts from before it was kept. */
  row_id: string | null
  /** When the row that was taken off had been made. */
  row_made_at: Temporal.Instant | null
  taken_back_at: Temporal.Instant | null
  created_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    segment: SegmentRow
    segment_count: SegmentCountRow
    list: ListRow
    list_member: ListMemberRow
    bulk_change: BulkChangeRow
    bulk_change_row: BulkChangeContactRow
  }
}

export const segmentsInventory = [
  inventoryOf<SegmentRow>('segment', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      name: system,
      filter: system,
      look: system,
      owner_member_id: reference('member', 'null'),
      shared: system,
      created_at: system,
      updated_at: system,
      removed_at: system,
    },
  }),
  inventoryOf<SegmentCountRow>('segment_count', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      segment_id: system,
      segment_version: system,
      of_member_id: reference('member'),
      contacts: system,
      counted_at: system,
    },
  }),
  inventoryOf<ListRow>('list', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      name: system,
      name_folded: system,
      created_at: system,
      updated_at: system,
      archived_at: system,
    },
  }),
  inventoryOf<ListMemberRow>('list_member', {
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      list_id: personal({
        category: 'behaviour',
        purpose: 'service',
        basis: 'workspace_instruction',
        retention: 'contact',
        erase: 'delete_row',
        export: true,
      }),
      created_at: system,
    },
  }),
  inventoryOf<BulkChangeRow>('bulk_change', {
    ownWork: true,
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      act: system,
      tag_id: system,
      list_id: system,
      filter: system,
      of_member_id: reference('member'),
      state: system,
      after_id: system,
      total: system,
      done: system,
      changed: system,
      actor_kind: system,
      actor_id: reference('member', { keep: 'Who changed many at once; the id names nobody once the member is erased.' }),
      created_at: system,
      finished_at: system,
    },
  }),
  inventoryOf<BulkChangeContactRow>('bulk_change_row', {
    // As long as it can be taken back.
    ends: { rule: 'removed', after: 'created_at', how: 'delete_row' },
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      bulk_change_id: system,
      contact_id: reference('contact'),
      row_id: system,
      row_made_at: system,
      taken_back_at: system,
      created_at: system,
    },
  }),
]
