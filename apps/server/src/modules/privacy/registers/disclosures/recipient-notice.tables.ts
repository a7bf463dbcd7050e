import type { ContactId, DisclosureRecipient, RecipientNews, RecipientNotice } from '@frontdesk/contract'
import type { ColumnType, Selectable } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../../platform/inventory/index.ts'

/** Somebody who received data that were corrected, erased or restricted since, and whether it was told. */
export type RecipientNoticeRow = {
  workspace_id: string
  id: string
  contact_id: ContactId | null
  request_id: string | null
  news: RecipientNews
  recipient_kind: Exclude<DisclosureRecipient, 'person' | 'business'>
  /** Empty where it is about an erasure: then `sealed` has it. */
  recipient: string
  /** Of an erasure: `Sealed`, encrypted. */
  sealed: string | null
  among_many: boolean
  received_at: Temporal.Instant
  fields: ColumnType<readonly string[], string, string>
  state: RecipientNotice['state']
  how: RecipientNotice['how']
  proof: string | null
  done_by: string | null
  done_at: Temporal.Instant | null
  created_at: Temporal.Instant
}
export type StoredNotice = Selectable<RecipientNoticeRow>

declare module '../../../../platform/database/tables.ts' {
  interface Tables {
    recipient_notice: RecipientNoticeRow
  }
}

const stays = {
  keep: 'That whoever received data was told of what became of them stays provable; it names nobody once she is erased.',
} as const
const told = { category: 'proof', purpose: 'compliance', basis: 'legal_obligation', retention: 'proof', export: true } as const

export const recipientNoticeInventory = [
  inventoryOf<RecipientNoticeRow>('recipient_notice', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact', 'null'),
      request_id: system,
      news: personal({ ...told, erase: stays }),
      recipient_kind: personal({ ...told, erase: stays }),
      recipient: personal({ ...told, erase: 'replace' }),
      // The notice of an erasure itself hangs on nobody: what names her in it goes once it was told, after thirty days at the latest (GDPR Art. 17(3)(b), 19).
      sealed: personal({ ...told, category: 'contact_details', export: false, erase: 'null', stored: 'encrypted' }),
      among_many: system,
      received_at: personal({ ...told, erase: stays }),
      fields: system,
      state: personal({ ...told, erase: stays }),
      how: system,
      proof: personal({ ...told, erase: 'null' }),
      done_by: reference('member', stays),
      done_at: personal({ ...told, erase: stays }),
      created_at: system,
    },
  }),
]
