import type { ContactId, ContactPointId, ContactSource, MemberId, NoteAudience } from '@frontdesk/contract'
import type { ColumnType, Generated } from 'kysely'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../platform/inventory/index.ts'
import type { PointKind } from './contact-point.rules.ts'
import type { OwnValues } from './fields/field.tables.ts'

/** A company or another organisation that contacts work for. */
export type CompanyRow = {
  workspace_id: string
  id: string
  name: string
  name_folded: string
  version: Generated<number>
  /** Lower-case, without `www.`. */
  domain: string | null
  /** E.164. */
  phone_normalized: string | null
  address: string | null
  created_at: Temporal.Instant
  archived_at: Temporal.Instant | null
}

/** Somebody outside the business. */
export type ContactRow = {
  workspace_id: string
  id: ContactId
  version: number
  name: string
  name_sort: string
  given_name: string | null
  family_name: string | null
  company_id: string | null
  company_role: string | null
  owner_member_id: MemberId | null
  locale: string | null
  zone: string | null
  source: ContactSource
  merged_into: ContactId | null
  merged_at: Generated<Temporal.Instant | null>
  /** What the business's own fields say, by their keys. */
  own_values: ColumnType<OwnValues, string | undefined, string>
  search_text: string
  last_activity_at: Temporal.Instant
  /** When she and the business last had to do with each other; what the business did alone does not count. */
  last_dealing_at: Temporal.Instant
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  archived_at: Temporal.Instant | null
}

/** One address, number or handle of a contact. */
export type ContactPointRow = {
  workspace_id: string
  id: ContactPointId
  contact_id: ContactId
  kind: PointKind
  /** Of a handle `channel:name`. */
  value_normalized: string
  value_as_typed: string
  label: string | null
  preferred: boolean
  shared: boolean
  verified_at: Temporal.Instant | null
  bounce_kind: 'permanent' | 'temporary' | null
  bounced_at: Temporal.Instant | null
  bounce_retry_after: Temporal.Instant | null
  /** When she last turned up with it herself. */
  last_heard_at: Temporal.Instant | null
  created_at: Temporal.Instant
}

/** A word to group contacts by. */
export type TagRow = { workspace_id: string; id: string; name: string; name_folded: string; created_at: Temporal.Instant }

export type ContactTagRow = { workspace_id: string; id: string; contact_id: ContactId; tag_id: string; created_at: Temporal.Instant }

/** What a member wrote down about a contact. */
export type NoteRow = {
  workspace_id: string
  id: string
  version: number
  contact_id: ContactId
  body: string
  /** Who sees it: everybody who sees the contact, who leads the team, or its author. */
  audience: Generated<NoteAudience>
  author_member_id: MemberId | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  removed_at: Temporal.Instant | null
}

/** Somebody who works here and is mentioned in a note. */
export type NoteMentionRow = { workspace_id: string; id: string; note_id: string; member_id: MemberId; created_at: Temporal.Instant }

declare module '../../platform/database/tables.ts' {
  interface Tables {
    company: CompanyRow
    contact: ContactRow
    contact_point: ContactPointRow
    tag: TagRow
    contact_tag: ContactTagRow
    note: NoteRow
    note_mention: NoteMentionRow
  }
}

const about = (category: PersonalField['category'], more: Partial<PersonalField> = {}): PersonalField =>
  personal({
    category,
    purpose: 'service',
    basis: 'workspace_instruction',
    retention: 'contact',
    erase: 'delete_row',
    export: true,
    ...more,
  })

export const contactsInventory = [
  inventoryOf<CompanyRow>('company', {
    // Where nobody else works, the organisation's name may be hers.
    subjects: [{ root: 'workspace' }, { root: 'contact', via: ['contact.company_id', 'id'], alone: true }],
    columns: {
      workspace_id: system,
      id: system,
      name: about('name', { retention: 'workspace' }),
      name_folded: about('name', { retention: 'workspace', export: false }),
      version: system,
      domain: about('contact_details', { retention: 'workspace' }),
      phone_normalized: about('contact_details', { retention: 'workspace' }),
      address: about('contact_details', { retention: 'workspace' }),
      created_at: system,
      archived_at: system,
    },
  }),
  inventoryOf<ContactRow>('contact', {
    ends: { rule: 'contact', after: 'last_dealing_at', how: 'erase' },
    subjects: [{ root: 'contact', via: ['id'] }],
    columns: {
      workspace_id: system,
      id: reference('contact'),
      version: system,
      name: about('name'),
      name_sort: about('name', { export: false }),
      given_name: about('name'),
      family_name: about('name'),
      company_id: system,
      company_role: about('contact_details'),
      owner_member_id: reference('member', 'null'),
      locale: about('preference'),
      zone: about('preference'),
      source: system,
      merged_into: reference('contact'),
      merged_at: system,
      own_values: about('free_text'),
      search_text: about('contact_details', { export: false }),
      last_activity_at: about('behaviour'),
      last_dealing_at: about('behaviour'),
      created_at: system,
      updated_at: system,
      archived_at: system,
    },
  }),
  inventoryOf<ContactPointRow>('contact_point', {
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      kind: system,
      value_normalized: about('contact_details', { purpose: 'communication' }),
      value_as_typed: about('contact_details', { purpose: 'communication' }),
      label: about('free_text', { purpose: 'communication' }),
      preferred: about('preference', { purpose: 'communication' }),
      shared: system,
      verified_at: system,
      bounce_kind: system,
      bounced_at: system,
      bounce_retry_after: system,
      last_heard_at: about('behaviour', { purpose: 'communication' }),
      created_at: system,
    },
  }),
  inventoryOf<TagRow>('tag', {
    // A word for groups of contacts. One that she alone carries says something about her.
    subjects: [{ root: 'workspace' }, { root: 'contact', via: ['contact_tag.tag_id', 'contact_id'], alone: true }],
    columns: {
      workspace_id: system,
      id: system,
      name: about('behaviour', { retention: 'workspace' }),
      name_folded: about('behaviour', { retention: 'workspace', export: false }),
      created_at: system,
    },
  }),
  inventoryOf<ContactTagRow>('contact_tag', {
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: { workspace_id: system, id: system, contact_id: reference('contact'), tag_id: about('behaviour'), created_at: system },
  }),
  inventoryOf<NoteRow>('note', {
    ends: { rule: 'removed', after: 'removed_at', how: 'delete_row' },
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      contact_id: reference('contact'),
      body: about('free_text'),
      audience: system,
      author_member_id: reference('member', 'null'),
      created_at: system,
      updated_at: system,
      removed_at: system,
    },
  }),
  inventoryOf<NoteMentionRow>('note_mention', {
    subjects: [
      { root: 'contact', via: ['note_id', 'contact_id'] },
      { root: 'member', via: ['member_id'] },
    ],
    columns: { workspace_id: system, id: system, note_id: reference('contact'), member_id: reference('member'), created_at: system },
  }),
]
