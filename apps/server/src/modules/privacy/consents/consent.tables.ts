import type { Channel, ConsentLevel } from '@frontdesk/contact-rules'
import type { ContactId, ContactPointId, FileId, KitKey, WordingLocale } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../../platform/inventory/index.ts'

/** What a consent can be for. A reply and a legal notice need none. */
export type ConsentPurpose = 'service' | 'feedback' | 'marketing'

/** The way it came to us; `told`: she told a member, and it was taken back. */
export type ConsentHow = 'booking_page' | 'counter' | 'spoken' | 'paper' | 'mail' | 'preference_page' | 'form' | 'text' | 'told'

/** A text as it was shown, read aloud or printed. Append-only. */
export type ConsentWordingRow = {
  workspace_id: string
  id: string
  /** A key of the kit. */
  wording: string
  edition: string
  locale: string
  words: string
  /** SHA-256 of the text in UTF-8, in hexadecimal digits. */
  words_hash: string
  created_at: Temporal.Instant
}

/** One entry of the ledger: agreed, or taken back. Append-only. */
export type ConsentRow = {
  workspace_id: string
  id: string
  contact_id: ContactId | null
  point_hash: string | null
  channel: Channel
  purpose: ConsentPurpose
  action: 'given' | 'withdrawn'
  level: Exclude<ConsentLevel, 'none' | 'ebr' | 'inquiry'> | null
  automated: boolean
  wording_id: string | null
  how: ConsentHow
  place: string | null
  signed_name: string | null
  proof_file_id: FileId | null
  happened_at: Temporal.Instant
  expires_at: Temporal.Instant | null
  recorded_by: string
  created_at: Temporal.Instant
}

/** What starts the clock of a business relationship or of an inquiry. */
export type DealingRow = {
  workspace_id: string
  id: string
  contact_id: ContactId
  kind: 'transaction' | 'inquiry'
  source_type: string
  source_id: string
  happened_at: Temporal.Instant
  created_at: Temporal.Instant
}

/** A consent that waits for her click in a mail. */
export type ConsentInvitationRow = {
  workspace_id: string
  id: string
  contact_id: ContactId
  point_id: ContactPointId
  wording: KitKey
  locale: string
  origin: 'counter' | 'booking_page' | 'member' | 'form'
  invited_by: string
  created_at: Temporal.Instant
  expires_at: Temporal.Instant
  confirmed_at: Temporal.Instant | null
}

/** The business's own words for a consent. */
export type OwnWordingRow = {
  workspace_id: string
  id: string
  wording: KitKey
  locale: WordingLocale
  edition: number
  written: string
  spoken: string
  written_by: string
  created_at: Temporal.Instant
  retired_at: Temporal.Instant | null
}

/** Where the business asks for consent. One row a workspace, once an owner has changed anything. */
export type ConsentKitRow = {
  workspace_id: string
  id: string
  version: number
  booking_page: ColumnType<readonly KitKey[], string, string>
  counter: ColumnType<readonly KitKey[], string, string>
  keyword: string
  counter_code: string
  updated_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    consent_wording: ConsentWordingRow
    consent: ConsentRow
    dealing: DealingRow
    consent_kit: ConsentKitRow
    own_wording: OwnWordingRow
    consent_invitation: ConsentInvitationRow
  }
}

const proof = (facts: Pick<PersonalField, 'category' | 'erase'> & Partial<PersonalField>): PersonalField =>
  personal({ purpose: 'compliance', basis: 'legal_obligation', retention: 'proof', export: true, ...facts })

const keptAsProof = { keep: 'The proof of what was agreed and taken back; it names nobody without the address or number.' } as const

export const consentsInventory = [
  inventoryOf<ConsentWordingRow>('consent_wording', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      wording: system,
      edition: system,
      locale: system,
      words: system,
      words_hash: system,
      created_at: system,
    },
  }),
  inventoryOf<ConsentRow>('consent', {
    ownWork: true, // a proof is not taken over without what it hangs on
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact', 'null'),
      point_hash: proof({ category: 'proof', erase: keptAsProof, stored: 'hashed' }),
      channel: system,
      purpose: system,
      action: system,
      level: system,
      automated: system,
      wording_id: system,
      how: system,
      place: proof({ category: 'free_text', erase: 'null' }),
      signed_name: proof({ category: 'name', erase: 'null' }),
      proof_file_id: reference('contact', 'null'),
      happened_at: proof({ category: 'behaviour', erase: keptAsProof }),
      expires_at: system,
      recorded_by: reference('member', keptAsProof),
      created_at: system,
    },
  }),
  inventoryOf<DealingRow>('dealing', {
    ends: { rule: 'proof', after: 'happened_at', how: 'delete_row' },
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      kind: system,
      source_type: system,
      source_id: reference('contact'),
      happened_at: proof({ category: 'behaviour', erase: 'delete_row' }),
      created_at: system,
    },
  }),
  inventoryOf<ConsentKitRow>('consent_kit', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      booking_page: system,
      counter: system,
      keyword: system,
      counter_code: system,
      updated_at: system,
    },
  }),
  inventoryOf<OwnWordingRow>('own_wording', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      wording: system,
      locale: system,
      edition: system,
      written: system,
      spoken: system,
      written_by: reference('member', { keep: 'Who wrote what people agreed to is part of the proof.' }),
      created_at: system,
      retired_at: system,
    },
  }),
  inventoryOf<ConsentInvitationRow>('consent_invitation', {
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      point_id: reference('contact'),
      wording: system,
      locale: system,
      origin: system,
      invited_by: reference('member', 'delete_row'),
      created_at: system,
      expires_at: system,
      confirmed_at: proof({ category: 'behaviour', erase: 'delete_row' }),
    },
  }),
]
