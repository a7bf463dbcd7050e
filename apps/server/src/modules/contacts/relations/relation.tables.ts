import type { ContactId, RelationKind } from '@frontdesk/contract'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** What one contact is to another one, said from the first to the second. */
export type ContactRelationRow = {
  workspace_id: string
  id: string
  version: number
  contact_id: ContactId
  other_id: ContactId
  kind: RelationKind
  /** Own words, as said of the first; null where the kind says it. */
  words: string | null
  /** And as said of the other. */
  words_back: string | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  removed_at: Temporal.Instant | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    contact_relation: ContactRelationRow
  }
}

const said = {
  category: 'free_text',
  purpose: 'service',
  basis: 'workspace_instruction',
  retention: 'contact',
  erase: 'delete_row',
  export: true,
} as const

export const relationsInventory = [
  inventoryOf<ContactRelationRow>('contact_relation', {
    // It names somebody else, so that another provider does not take it over.
    ownWork: true,
    ends: { rule: 'removed', after: 'removed_at', how: 'delete_row' },
    subjects: [
      { root: 'contact', via: ['contact_id'] },
      { root: 'contact', via: ['other_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      contact_id: reference('contact'),
      other_id: reference('contact'),
      kind: personal({ ...said, category: 'behaviour' }),
      words: personal(said),
      words_back: personal(said),
      created_at: system,
      updated_at: system,
      removed_at: system,
    },
  }),
]
