import type { ContactId, ContactPointId } from '@frontdesk/contract'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../../platform/inventory/index.ts'

/** The ages a business can set. */
export type AgeLimit = 13 | 16 | 18

/** Somebody under the age that the business set. */
export type UnderAgeRow = {
  workspace_id: string
  id: string
  contact_id: ContactId
  age_limit: AgeLimit
  noted_by: string
  created_at: Temporal.Instant
}

/** A parent or guardian who was asked by a child, and what she agreed to. */
export type GuardianConsentRow = {
  workspace_id: string
  id: string
  contact_id: ContactId
  point_id: ContactPointId
  child_id: ContactId | null
  age_limit: AgeLimit
  locale: string
  created_at: Temporal.Instant
  expires_at: Temporal.Instant
  agreed_at: Temporal.Instant | null
  words_hash: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    under_age: UnderAgeRow
    guardian_consent: GuardianConsentRow
  }
}

const kept = (facts: Pick<PersonalField, 'category'>): PersonalField =>
  personal({ purpose: 'compliance', basis: 'legal_obligation', retention: 'contact', erase: 'delete_row', export: true, ...facts })

export const agesInventory = [
  inventoryOf<UnderAgeRow>('under_age', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      age_limit: kept({ category: 'preference' }),
      noted_by: reference('member'),
      created_at: system,
    },
  }),
  inventoryOf<GuardianConsentRow>('guardian_consent', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      point_id: reference('contact'),
      child_id: reference('contact', 'null'),
      age_limit: system,
      locale: system,
      created_at: system,
      expires_at: system,
      agreed_at: kept({ category: 'proof' }),
      words_hash: system,
    },
  }),
]
