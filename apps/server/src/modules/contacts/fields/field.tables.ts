import type { ChangeSource, ContactId, FieldCategory, FieldChoice, FieldType, FieldValue, Principal } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../../platform/inventory/index.ts'

/** A field that the business added to its contacts. */
export type ContactFieldRow = {
  workspace_id: string
  id: string
  version: number
  key: string
  label: string
  type: FieldType
  category: FieldCategory
  group_label: string | null
  position: number
  required: boolean
  filter: 'off' | 'building' | 'ready'
  /** Its column in `contact_field_index`, while lists are narrowed by it; a field with several choices has none. */
  slot: Slot | null
  choices: ColumnType<readonly FieldChoice[], string, string>
  currency: string | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  archived_at: Temporal.Instant | null
}

/** What a contact has in its own fields, by their keys. */
export type OwnValues = Readonly<Record<string, FieldValue>>

/** The columns of `contact_field_index`, by what they hold. */
export const slots = {
  text: ['text_1', 'text_2', 'text_3', 'text_4', 'text_5', 'text_6', 'text_7', 'text_8', 'text_9', 'text_10', 'text_11', 'text_12'],
  number: ['number_1', 'number_2', 'number_3', 'number_4', 'number_5', 'number_6', 'number_7', 'number_8'],
  money: ['money_1', 'money_2', 'money_3', 'money_4'],
  date: ['date_1', 'date_2', 'date_3', 'date_4', 'date_5', 'date_6'],
} as const

type Slots = typeof slots
export type Slot = Slots[keyof Slots][number]

/** What lists are narrowed by, of one contact: a column for each field. `id` is the contact's. */
export type ContactFieldIndexRow = { workspace_id: string; id: ContactId } & { [Name in Slots['text'][number]]: string | null } & {
  [Name in Slots['number'][number] | Slots['money'][number]]: number | null
} & { [Name in Slots['date'][number]]: Temporal.PlainDate | null }

/** One of the choices that a contact has in a field with several. */
export type ContactFieldChoiceRow = { workspace_id: string; id: string; contact_id: ContactId; field_id: string; choice: string }

/** One field of a contact that changed. */
export type ContactChangeRow = {
  workspace_id: string
  id: string
  contact_id: ContactId
  version: number
  field: string
  before: ColumnType<unknown, string | null, string | null>
  after: ColumnType<unknown, string | null, string | null>
  at: Temporal.Instant
  actor_kind: Principal['kind']
  actor_id: string | null
  source: ChangeSource
  restored: boolean
  forgotten: boolean
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    contact_field: ContactFieldRow
    contact_field_index: ContactFieldIndexRow
    contact_field_choice: ContactFieldChoiceRow
    contact_change: ContactChangeRow
  }
}

const hers = {
  category: 'free_text',
  purpose: 'service',
  basis: 'workspace_instruction',
  retention: 'contact',
  erase: 'delete_row',
} as const

const inSlots = Object.fromEntries(
  Object.values(slots)
    .flat()
    .map((slot) => [slot, personal({ ...hers, export: false })]),
) as Record<Slot, PersonalField>

export const fieldsInventory = [
  inventoryOf<ContactFieldRow>('contact_field', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      key: system,
      label: system,
      type: system,
      category: system,
      group_label: system,
      position: system,
      required: system,
      filter: system,
      slot: system,
      choices: system,
      currency: system,
      created_at: system,
      updated_at: system,
      archived_at: system,
    },
  }),
  inventoryOf<ContactFieldIndexRow>('contact_field_index', {
    // The same values as on the contact, so that they are exported from there.
    subjects: [{ root: 'contact', via: ['id'] }],
    columns: { workspace_id: system, id: reference('contact'), ...inSlots },
  }),
  inventoryOf<ContactFieldChoiceRow>('contact_field_choice', {
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      field_id: system,
      choice: personal({ ...hers, export: false }),
    },
  }),
  inventoryOf<ContactChangeRow>('contact_change', {
    // What was changed here is no part of what another provider goes on with.
    ownWork: true,
    subjects: [
      { root: 'contact', via: ['contact_id'] },
      { root: 'member', via: ['actor_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      version: system,
      field: system,
      before: personal({ ...hers, export: true }),
      after: personal({ ...hers, export: true }),
      at: system,
      actor_kind: system,
      actor_id: reference('member', { keep: 'Who changed it; the id names nobody once the member is erased.' }),
      source: system,
      restored: system,
      forgotten: system,
    },
  }),
]
