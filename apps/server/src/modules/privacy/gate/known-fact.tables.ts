import type { ContactId } from '@frontdesk/contract'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../../platform/inventory/index.ts'

/** What somebody learned of a person or number that the rules ask for. Append-only; the newest counts. */
export type KnownFactRow = {
  workspace_id: string
  id: string
  contact_id: ContactId
  kind: 'place' | 'line' | 'reassigned'
  point_hash: string | null
  answer: string
  checked_on: Temporal.PlainDate
  /** With what, as whoever looked wrote it; of a place, where it is known from. */
  checked_with: string | null
  source: 'member' | 'api' | 'booking' | 'file' | 'lookup'
  recorded_by: string
  created_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    known_fact: KnownFactRow
  }
}

const learned = (category: PersonalField['category'], more: Partial<PersonalField> = {}): PersonalField =>
  personal({ category, purpose: 'compliance', basis: 'legal_obligation', retention: 'contact', erase: 'delete_row', export: true, ...more })

export const knownFactInventory = [
  inventoryOf<KnownFactRow>('known_fact', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      kind: system,
      point_hash: learned('contact_details', { export: false, stored: 'hashed' }),
      answer: learned('contact_details'),
      checked_on: learned('proof'),
      checked_with: learned('free_text'),
      source: system,
      recorded_by: reference('member'),
      created_at: system,
    },
  }),
]
