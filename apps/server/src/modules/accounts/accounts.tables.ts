import type {
  ApiKeyId,
  FileId,
  InvitationId,
  KeyPurpose,
  LocationId,
  MemberId,
  MemberReturn,
  NewsChoice,
  Role,
  UserId,
  WorkspaceId,
} from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../platform/inventory/index.ts'

/** A business and how it appears to its customers. */
export type WorkspaceRow = {
  id: WorkspaceId
  name: string
  slug: string
  zone: string
  locale: string
  currency: string
  country: string | null
  industry: string | null
  brand_colour: string
  logo_file_id: FileId | null
  phone: string | null
  email: string | null
  website: string | null
  /** The workspace whose test keys work here. */
  test_of: WorkspaceId | null
  /** The workspace its own test keys work in, once one was made. */
  test_workspace_id: WorkspaceId | null
  closes_at: Temporal.Instant | null
  /** Closed until its data have had their time, instead of for thirty days. */
  rests: ColumnType<boolean, boolean | undefined, boolean>
  /** Members come in with a second factor only. */
  second_factor_required: ColumnType<boolean, boolean | undefined, boolean>
  /** A session ends without use after so many minutes, and so many hours after signing in; null: as on the whole server. */
  session_idle_minutes: ColumnType<number | null, number | null | undefined, number | null>
  session_hours: ColumnType<number | null, number | null | undefined, number | null>
  created_at: Temporal.Instant
  version: number
}

export type WorkspaceSlugRow = { workspace_id: WorkspaceId; id: string; slug: string; created_at: Temporal.Instant }

/** Who put a membership to rest. */
export type Deactivation = 'self' | 'workspace' | 'closing'

/** Somebody who works in a workspace. Her name and address are copies, so that the app role need not look into `auth`. */
export type MemberRow = {
  workspace_id: WorkspaceId
  id: MemberId
  user_id: UserId | null
  name: string
  email: string
  role: Role
  invited_by: MemberId | null
  age_confirmed_at: Temporal.Instant | null
  joined_at: Temporal.Instant
  expires_at: Temporal.Instant | null
  removed_at: Temporal.Instant | null
  deactivated_at: ColumnType<Temporal.Instant | null, Temporal.Instant | null | undefined, Temporal.Instant | null>
  /** By whom. With `closing` she closes her account and may still work. */
  deactivated_why: ColumnType<Deactivation | null, Deactivation | null | undefined, Deactivation | null>
  /** Which mails she wants, where that differs from what is usual. */
  news: ColumnType<NewsChoice, string | undefined, string>
  last_seen_at: Temporal.Instant | null
  created_at: Temporal.Instant
  version: number
}

/** That a member who had deactivated her account asked to come back, and was let in again. */
export type MemberReturnRow = {
  workspace_id: WorkspaceId
  id: string
  member_id: MemberId
  asked_how: MemberReturn['askedHow']
  asked_on: Temporal.PlainDate
  proof: string
  rested_since: Temporal.Instant
  recorded_by: string
  recorded_at: Temporal.Instant
  told_at: Temporal.Instant | null
}

export type InvitationRow = {
  workspace_id: WorkspaceId
  id: InvitationId
  email: string | null
  role: Role
  member_until: Temporal.Instant | null
  invited_by: MemberId | null
  created_at: Temporal.Instant
  expires_at: Temporal.Instant
  mailed_at: Temporal.Instant | null
  accepted_at: Temporal.Instant | null
  accepted_by: MemberId | null
  revoked_at: Temporal.Instant | null
}

export type ApiKeyRow = {
  workspace_id: WorkspaceId
  id: ApiKeyId
  name: string
  key_hash: string
  start: string
  test: boolean
  scopes: string[]
  /** Whose program uses it, where it is not the business's own. */
  recipient_id: ColumnType<string | null, string | null | undefined, string | null>
  recipient_name: ColumnType<string | null, string | null | undefined, string | null>
  recipient_purpose: ColumnType<KeyPurpose | null, KeyPurpose | null | undefined, KeyPurpose | null>
  created_by: MemberId | null
  created_at: Temporal.Instant
  expires_at: Temporal.Instant | null
  last_used_at: Temporal.Instant | null
  revoked_at: Temporal.Instant | null
}

export type OperatorGrantRow = {
  workspace_id: WorkspaceId
  id: string
  code_hash: string
  reason: string
  access: 'read' | 'change'
  created_by: MemberId | null
  created_at: Temporal.Instant
  expires_at: Temporal.Instant
  first_used_at: Temporal.Instant | null
  last_used_at: Temporal.Instant | null
  revoked_at: Temporal.Instant | null
}

/** A place of the business; its opening hours hang on it. */
export type LocationRow = {
  workspace_id: WorkspaceId
  id: LocationId
  name: string
  address: string | null
  is_default: boolean
  holiday_set: string | null
  created_at: Temporal.Instant
  version: number
}

export type HoursRuleRow = {
  workspace_id: WorkspaceId
  id: string
  location_id: LocationId
  weekday: number
  from_time: string
  to_time: string
}

/** One day that differs; without times it is closed. */
export type HoursOverrideRow = {
  workspace_id: WorkspaceId
  id: string
  location_id: LocationId
  date: Temporal.PlainDate
  from_time: string | null
  to_time: string | null
  label: string | null
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    workspace: WorkspaceRow
    workspace_slug: WorkspaceSlugRow
    member: MemberRow
    member_return: MemberReturnRow
    invitation: InvitationRow
    api_key: ApiKeyRow
    operator_grant: OperatorGrantRow
    location: LocationRow
    hours_rule: HoursRuleRow
    hours_override: HoursOverrideRow
  }
}

const ofMember = (category: PersonalField['category'], erase: PersonalField['erase'] = 'replace'): PersonalField =>
  personal({ category, purpose: 'account', basis: 'contract', retention: 'account', erase, export: true })
const ofBusiness = (category: PersonalField['category']): PersonalField =>
  personal({ category, purpose: 'service', basis: 'contract', retention: 'workspace', erase: 'delete_row', export: true })
const hashed: PersonalField = personal({
  category: 'credential',
  purpose: 'security',
  basis: 'contract',
  retention: 'operation',
  erase: 'delete_row',
  export: false,
  stored: 'hashed',
})
const business = { root: 'workspace' } as const

export const workspaceInventory = [
  inventoryOf<WorkspaceRow>('workspace', {
    subjects: [business],
    columns: {
      id: system,
      name: ofBusiness('name'),
      slug: ofBusiness('name'),
      zone: system,
      locale: system,
      currency: system,
      country: system,
      industry: system,
      brand_colour: system,
      logo_file_id: system,
      phone: ofBusiness('contact_details'),
      email: ofBusiness('contact_details'),
      website: ofBusiness('contact_details'),
      test_of: system,
      test_workspace_id: system,
      closes_at: system,
      rests: system,
      second_factor_required: system,
      session_idle_minutes: system,
      session_hours: system,
      created_at: system,
      version: system,
    },
  }),
  inventoryOf<WorkspaceSlugRow>('workspace_slug', {
    subjects: [business],
    columns: { workspace_id: system, id: system, slug: ofBusiness('name'), created_at: system },
  }),
  inventoryOf<MemberRow>('member', {
    subjects: [
      { root: 'member', via: ['id'] },
      { root: 'user', via: ['user_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      user_id: reference('user', 'null'),
      name: ofMember('name'),
      email: ofMember('contact_details'),
      role: system,
      invited_by: reference('member', 'detach'),
      age_confirmed_at: ofMember('proof', 'null'),
      joined_at: ofMember('behaviour', { keep: 'Shows from when to when somebody had access; names nobody once the account is deleted.' }),
      expires_at: system,
      removed_at: system,
      deactivated_at: system,
      deactivated_why: system,
      news: ofMember('preference'),
      last_seen_at: ofMember('behaviour', 'null'),
      created_at: system,
      version: system,
    },
  }),
  inventoryOf<MemberReturnRow>('member_return', {
    subjects: [{ root: 'member', via: ['member_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      member_id: reference('member', 'delete_row'),
      asked_how: ofMember('proof', 'delete_row'),
      asked_on: ofMember('proof', 'delete_row'),
      proof: ofMember('free_text', 'delete_row'),
      rested_since: ofMember('proof', 'delete_row'),
      recorded_by: reference('member', { keep: 'The proof of who recorded it; the id names nobody once the member is erased.' }),
      recorded_at: system,
      told_at: system,
    },
  }),
  inventoryOf<InvitationRow>('invitation', {
    subjects: [{ root: 'member', via: ['accepted_by'] }],
    columns: {
      workspace_id: system,
      id: system,
      email: personal({
        category: 'contact_details',
        purpose: 'account',
        basis: 'legitimate_interest',
        retention: 'operation',
        erase: 'null',
        export: true,
      }),
      role: system,
      member_until: system,
      invited_by: reference('member', 'detach'),
      created_at: system,
      expires_at: system,
      mailed_at: system,
      accepted_at: system,
      accepted_by: reference('member', 'detach'),
      revoked_at: system,
    },
  }),
  inventoryOf<ApiKeyRow>('api_key', {
    subjects: [business],
    columns: {
      workspace_id: system,
      id: system,
      name: ofBusiness('free_text'),
      key_hash: hashed,
      start: system,
      test: system,
      scopes: system,
      recipient_id: system,
      recipient_name: ofBusiness('name'),
      recipient_purpose: system,
      created_by: reference('member', 'detach'),
      created_at: system,
      expires_at: system,
      last_used_at: system,
      revoked_at: system,
    },
  }),
  inventoryOf<OperatorGrantRow>('operator_grant', {
    subjects: [business],
    columns: {
      workspace_id: system,
      id: system,
      code_hash: hashed,
      reason: ofBusiness('free_text'),
      access: system,
      created_by: reference('member', 'detach'),
      created_at: system,
      expires_at: system,
      first_used_at: system,
      last_used_at: system,
      revoked_at: system,
    },
  }),
  inventoryOf<LocationRow>('location', {
    subjects: [business],
    columns: {
      workspace_id: system,
      id: system,
      name: ofBusiness('name'),
      address: ofBusiness('location'),
      is_default: system,
      holiday_set: system,
      created_at: system,
      version: system,
    },
  }),
  inventoryOf<HoursRuleRow>('hours_rule', {
    subjects: [business],
    columns: { workspace_id: system, id: system, location_id: system, weekday: system, from_time: system, to_time: system },
  }),
  inventoryOf<HoursOverrideRow>('hours_override', {
    subjects: [business],
    columns: {
      workspace_id: system,
      id: system,
      location_id: system,
      date: system,
      from_time: system,
      to_time: system,
      label: ofBusiness('free_text'),
    },
  }),
]
