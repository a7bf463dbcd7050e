import type { ContactId } from '@frontdesk/contract'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../../platform/inventory/index.ts'

/** A contact whose data must not be kept, and until when somebody may say that it was a mistake. */
export type FlaggedContactRow = {
  workspace_id: string
  id: string
  contact_id: ContactId
  reason: 'child' | 'place'
  country: string | null
  found_by: 'phone' | 'mail' | 'member' | 'report'
  relation: 'parent' | 'guardian' | 'other' | null
  flagged_by: string
  restriction_id: string | null
  due_at: Temporal.Instant
  state: 'open' | 'released' | 'erasing'
  released_by: string | null
  released_because: string | null
  created_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    flagged_contact: FlaggedContactRow
  }
}

const noted = (facts: Pick<PersonalField, 'category'>): PersonalField =>
  personal({ purpose: 'compliance', basis: 'legal_obligation', retention: 'contact', erase: 'delete_row', export: true, ...facts })

export const flagsInventory = [
  inventoryOf<FlaggedContactRow>('flagged_contact', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      reason: noted({ category: 'behaviour' }),
      country: noted({ category: 'location' }),
      found_by: system,
      relation: system,
      flagged_by: reference('member'),
      restriction_id: reference('contact'),
      due_at: system,
      state: system,
      released_by: reference('member'),
      released_because: noted({ category: 'free_text' }),
      created_at: system,
    },
  }),
]
