import type { Channel, OptOutScope } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** How we heard of it: told to a member, a link, a complaint, set by a member, written by her, typed on the public page, read from a file. */
export type SuppressionCause = 'asked' | 'link' | 'complaint' | 'member' | 'message' | 'page' | 'import'

/** An address or number that is not to be reached, by its keyed hash. */
export type SuppressionRow = {
  workspace_id: string
  id: string
  kind: 'email' | 'phone'
  value_hash: string
  scope: OptOutScope
  /** The one channel that a `channel` scope stops; null stops every channel of the address or number. */
  channel: Channel | null
  cause: SuppressionCause
  contact_id: ContactId | null
  added_by: string
  created_at: Temporal.Instant
  lifted_at: Temporal.Instant | null
  lifted_by: string | null
  lifted_because: 'person_asked' | 'mistake' | 'undone' | null
  lifted_note: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    suppression: SuppressionRow
  }
}

const proof = { keep: 'The proof that she asked not to be reached; it names nobody without her address.' } as const

export const suppressionInventory = [
  inventoryOf<SuppressionRow>('suppression', {
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      kind: system,
      value_hash: personal({
        category: 'proof',
        purpose: 'compliance',
        basis: 'legal_obligation',
        retention: 'proof',
        erase: proof,
        export: true,
        stored: 'hashed',
      }),
      scope: system,
      channel: system,
      cause: system,
      contact_id: reference('contact', 'null'),
      added_by: reference('member', proof),
      created_at: system,
      lifted_at: system,
      lifted_by: reference('member', proof),
      lifted_because: system,
      lifted_note: personal({
        category: 'free_text',
        purpose: 'compliance',
        basis: 'legal_obligation',
        retention: 'proof',
        erase: 'null',
        export: true,
      }),
    },
  }),
]
