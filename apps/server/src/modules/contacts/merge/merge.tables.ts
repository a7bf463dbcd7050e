import type { ContactId, DuplicateReason, Principal } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** What a contact has in common with whoever may be the same person: a hash for each. */
export type DuplicateKeyRow = { workspace_id: string; id: string; contact_id: ContactId; key: string }

/** Two contacts that may be one person. */
export type DuplicatePairRow = {
  workspace_id: string
  id: string
  /** The lower id of the two. */
  first_id: ContactId
  second_id: ContactId
  likeness: 'same' | 'household'
  score: number
  reasons: ColumnType<readonly DuplicateReason[], string, string>
  state: 'open' | 'not_same'
  found_at: Temporal.Instant
  decided_at: Temporal.Instant | null
  decided_by: string | null
}

/** The last time that all contacts were looked through. */
export type DuplicateSearchRow = {
  workspace_id: string
  id: string
  looked: number
  total: number
  started_at: Temporal.Instant
  finished_at: Temporal.Instant | null
}

/** What one column or value was before the merge and is since, by its name. */
export type Images = Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>

/** What a merge changed on rows that stay where they are: needed to undo it. */
export type Kept = {
  /** Of the contact that stayed, by the names that the history uses. */
  readonly fields: Images
  /** Of addresses and numbers, by their ids. */
  readonly points: Readonly<Record<string, Images>>
  /** When she and the business last had to do with each other. */
  readonly lastDealing: Images[string] | null
  /** What each room's step kept, by its name. */
  readonly steps: Readonly<Record<string, unknown>>
}

/** One contact that was merged into another one. */
export type ContactMergeRow = {
  workspace_id: string
  id: string
  survivor_id: ContactId
  merged_id: ContactId
  merged_by_kind: Principal['kind']
  merged_by_id: string | null
  merged_at: Temporal.Instant
  kept: ColumnType<Kept | null, string | null, string | null>
  undone_at: Temporal.Instant | null
  undone_by_kind: Principal['kind'] | null
  undone_by_id: string | null
}

/** One row that a merge gave to the contact that stayed; `place` is `table.column`. */
export type ContactMergeRowRow = {
  workspace_id: string
  id: string
  merge_id: string
  place: string
  row_id: string
  from_id: string
  to_id: string
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    duplicate_key: DuplicateKeyRow
    duplicate_pair: DuplicatePairRow
    duplicate_search: DuplicateSearchRow
    contact_merge: ContactMergeRow
    contact_merge_row: ContactMergeRowRow
  }
}

const hers = { purpose: 'service', basis: 'workspace_instruction', retention: 'contact', erase: 'delete_row' } as const
const who = 'Who did it; the id names nobody once the member is erased.'

export const mergeInventory = [
  inventoryOf<DuplicateKeyRow>('duplicate_key', {
    // Made of what stands on the contact, which is exported from there.
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      key: personal({ ...hers, category: 'identifier', export: false, stored: 'hashed' }),
    },
  }),
  inventoryOf<DuplicatePairRow>('duplicate_pair', {
    ownWork: true,
    subjects: [
      { root: 'contact', via: ['first_id'] },
      { root: 'contact', via: ['second_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      first_id: reference('contact'),
      second_id: reference('contact'),
      likeness: system,
      score: system,
      reasons: system,
      state: system,
      found_at: system,
      decided_at: system,
      decided_by: reference('member', { keep: who }),
    },
  }),
  inventoryOf<DuplicateSearchRow>('duplicate_search', {
    subjects: [{ root: 'workspace' }],
    columns: { workspace_id: system, id: system, looked: system, total: system, started_at: system, finished_at: system },
  }),
  inventoryOf<ContactMergeRow>('contact_merge', {
    // What was put together here is no part of what another provider goes on with.
    ownWork: true,
    subjects: [
      { root: 'contact', via: ['survivor_id'] },
      { root: 'contact', via: ['merged_id'] },
      { root: 'member', via: ['merged_by_id'] },
      { root: 'member', via: ['undone_by_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      survivor_id: reference('contact'),
      merged_id: reference('contact'),
      merged_by_kind: system,
      merged_by_id: reference('member', { keep: who }),
      merged_at: system,
      kept: personal({ ...hers, category: 'free_text', export: true }),
      undone_at: system,
      undone_by_kind: system,
      undone_by_id: reference('member', { keep: who }),
    },
  }),
  inventoryOf<ContactMergeRowRow>('contact_merge_row', {
    ownWork: true,
    subjects: [
      { root: 'contact', via: ['merge_id', 'survivor_id'] },
      { root: 'contact', via: ['merge_id', 'merged_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      merge_id: reference('contact'),
      place: system,
      row_id: reference('contact'),
      from_id: reference('contact'),
      to_id: reference('contact'),
    },
  }),
]
