import type { ContactId, FormField, FormSubmission, HoldReason, KitKey, LeadId, LeadSource } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../platform/inventory/index.ts'

type Json<T> = ColumnType<T, string, string>

/** A form by which people ask for something. */
export type FormRow = {
  workspace_id: string
  id: string
  version: number
  name: string
  slug: string
  locale: 'en' | 'es' | 'fr' | null
  title: string | null
  intro: string | null
  button: string | null
  fields: Json<readonly FormField[]>
  consents: Json<readonly KitKey[]>
  double_opt_in: boolean
  thanks: string | null
  thanks_url: string | null
  pipeline_id: string | null
  source: LeadSource
  plain_html: boolean
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  archived_at: Temporal.Instant | null
}

/** One answer as it was given: what was asked, its value as text, and the value of an own field. */
export type KeptAnswer = { readonly key: string; readonly label: string; readonly text: string; readonly value?: unknown }

/** What somebody ticked, with the sign of the words that stood beside it. */
export type KeptTick = { readonly key: KitKey; readonly seal: string }

/** What somebody sent with a form. */
export type FormSubmissionRow = {
  workspace_id: string
  id: string
  form_id: string
  state: FormSubmission['state']
  contact_id: ContactId | null
  lead_id: LeadId | null
  joined: boolean
  typed_name: string
  typed_email: string | null
  typed_phone: string | null
  answers: Json<readonly KeptAnswer[]>
  agreed: Json<readonly KeptTick[]>
  reasons: Json<readonly HoldReason[]>
  locale: string
  zone: string | null
  via: FormSubmission['via']
  came_from: string | null
  campaign: string | null
  content_hash: string
  token_id: string | null
  created_at: Temporal.Instant
  held_until: Temporal.Instant | null
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    form: FormRow
    form_submission: FormSubmissionRow
  }
}

const typed = (category: PersonalField['category']): PersonalField =>
  personal({ category, purpose: 'service', basis: 'workspace_instruction', retention: 'contact', erase: 'delete_row', export: true })

export const formInventory = [
  inventoryOf<FormRow>('form', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      name: system,
      slug: system,
      locale: system,
      title: system,
      intro: system,
      button: system,
      fields: system,
      consents: system,
      double_opt_in: system,
      thanks: system,
      thanks_url: system,
      pipeline_id: system,
      source: system,
      plain_html: system,
      created_at: system,
      updated_at: system,
      archived_at: system,
    },
  }),
  inventoryOf<FormSubmissionRow>('form_submission', {
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      form_id: system,
      state: system,
      contact_id: reference('contact'),
      lead_id: reference('contact'),
      joined: system,
      typed_name: typed('contact_details'),
      typed_email: typed('contact_details'),
      typed_phone: typed('contact_details'),
      answers: typed('free_text'),
      agreed: typed('preference'),
      reasons: system,
      locale: typed('preference'),
      zone: typed('location'),
      via: system,
      came_from: typed('behaviour'),
      campaign: typed('behaviour'),
      content_hash: personal({
        category: 'contact_details',
        purpose: 'service',
        basis: 'workspace_instruction',
        retention: 'contact',
        erase: 'delete_row',
        export: false,
        stored: 'hashed',
      }),
      token_id: system,
      created_at: system,
      held_until: system,
    },
  }),
]
