import type { ContactFileId, ContactId, FileId, MemberId } from '@frontdesk/contract'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** A file on a contact's card. What it is and how large stands with the file. */
export type ContactFileRow = {
  workspace_id: string
  id: ContactFileId
  contact_id: ContactId
  file_id: FileId
  name: string
  added_by_member_id: MemberId | null
  created_at: Temporal.Instant
  removed_at: Temporal.Instant | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    contact_file: ContactFileRow
  }
}

export const contactFileInventory = [
  inventoryOf<ContactFileRow>('contact_file', {
    ends: { rule: 'removed', after: 'removed_at', how: 'delete_row' },
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      file_id: reference('contact'),
      name: personal({
        category: 'free_text',
        purpose: 'service',
        basis: 'workspace_instruction',
        retention: 'contact',
        erase: 'delete_row',
        export: true,
      }),
      added_by_member_id: reference('member', 'null'),
      created_at: system,
      removed_at: system,
    },
  }),
]
