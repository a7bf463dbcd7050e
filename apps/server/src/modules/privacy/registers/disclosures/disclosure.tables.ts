import type { ContactId, DataCategory, DisclosurePurpose, DisclosureRecipient } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../../platform/inventory/index.ts'

/** One hand-over of data to somebody outside. Append-only. */
export type DisclosureRow = {
  workspace_id: string
  id: string
  at: Temporal.Instant
  recipient_kind: DisclosureRecipient
  recipient: string
  purpose: DisclosurePurpose
  contact_id: ContactId | null
  people: number
  categories: ColumnType<readonly DataCategory[], string, string>
  about_type:
    | 'contact_export'
    | 'workspace_export'
    | 'legal_request'
    | 'ownership_change'
    | 'api_key'
    | 'webhook_endpoint'
    | 'list_export'
    | null
  about_id: string | null
  done_by: string
}

declare module '../../../../platform/database/tables.ts' {
  interface Tables {
    disclosure: DisclosureRow
  }
}

const proof = { keep: 'That data went out, when and what for stays provable; the entry names nobody once she is erased.' } as const
/** Part of the account of disclosures that a person receives with her data. */
const told = personal({
  category: 'proof',
  purpose: 'compliance',
  basis: 'legal_obligation',
  retention: 'proof',
  erase: proof,
  export: true,
})

export const disclosureInventory = [
  inventoryOf<DisclosureRow>('disclosure', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      at: told,
      recipient_kind: told,
      recipient: personal({
        category: 'proof',
        purpose: 'compliance',
        basis: 'legal_obligation',
        retention: 'proof',
        erase: 'replace',
        export: true,
      }),
      purpose: told,
      contact_id: reference('contact', 'null'),
      people: system,
      categories: system,
      about_type: system,
      about_id: reference('contact', 'null'),
      done_by: reference('member', proof),
    },
  }),
]
