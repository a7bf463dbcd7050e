import type { SessionId, UserId, WorkspaceId } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOutside, type PersonalField, personal, reference, system } from '../../platform/inventory/index.ts'
import type { Acceptance, AcceptedDocument } from './acceptance.ts'
import type { AgeLimit } from './age-check.ts'

/** Somebody with an account on this server. */
export type UserRow = {
  id: UserId
  name: string
  email: string
  email_normalized: string
  email_verified_at: Temporal.Instant | null
  phone: string | null
  company: string | null
  industry: string | null
  locale: string | null
  zone: string | null
  age_confirmed_at: Temporal.Instant | null
  /** The limit that was asked about; her age is not kept. */
  age_limit: AgeLimit | null
  closes_at: Temporal.Instant | null
  deactivated_at: Temporal.Instant | null
  created_at: Temporal.Instant
  version: number
}

export type SessionMethod = 'setup' | 'password' | 'passkey' | 'google' | 'facebook' | 'invitation' | 'email'
export type DeviceKind = 'phone' | 'tablet' | 'computer' | 'program' | 'unknown'

/** One place where somebody is signed in. */
export type SessionRow = {
  id: SessionId
  user_id: UserId
  token_hash: string
  method: SessionMethod
  browser: string | null
  system: string | null
  device_kind: DeviceKind
  place: string | null
  workspace_id: WorkspaceId | null
  authenticated_at: Temporal.Instant
  /** When it last proved a second factor; null: it never did. */
  second_factor_at: ColumnType<Temporal.Instant | null, Temporal.Instant | null | undefined, Temporal.Instant | null>
  created_at: Temporal.Instant
  last_used_at: Temporal.Instant
}

export type CredentialKind = 'password' | 'totp' | 'passkey' | 'google' | 'facebook'

/** One way to sign in. */
export type CredentialRow = {
  id: string
  user_id: UserId
  kind: CredentialKind
  external_id: string | null
  secret: string | null
  counter: number
  name: string | null
  transports: string | null
  synced: boolean
  email: string | null
  created_at: Temporal.Instant
  confirmed_at: Temporal.Instant | null
  last_used_at: Temporal.Instant | null
}

export type RecoveryCodeRow = {
  id: string
  user_id: UserId
  code_hash: string
  created_at: Temporal.Instant
  used_at: Temporal.Instant | null
}

/** Somebody who asked for an account and did not open the link yet. */
export type SignUpRow = {
  id: string
  email: string
  email_normalized: string
  name: string
  password_hash: string
  phone: string | null
  company: string | null
  industry: string | null
  locale: string | null
  zone: string | null
  age_confirmed: boolean
  age_limit: AgeLimit | null
  /** What the form that she sent said she accepts; it goes to `acceptance` with the account. */
  accepted: ColumnType<readonly AcceptedDocument[], string, string>
  browser_hash: string
  created_at: Temporal.Instant
  expires_at: Temporal.Instant
  mailed_at: Temporal.Instant | null
  used_at: Temporal.Instant | null
}

/** A document somebody accepted when her account was made. */
export type AcceptanceRow = AcceptedDocument & {
  id: string
  user_id: UserId
  destination: string | null
  method: Acceptance['method']
  accepted_at: Temporal.Instant
}

/** A link that was asked for by mail; `user_id` is filled when the mail is made. */
export type MailLinkRow = {
  id: string
  kind: 'reset_password' | 'confirm_email' | 'change_email'
  email: string
  email_normalized: string
  user_id: UserId | null
  locale: string | null
  created_at: Temporal.Instant
  expires_at: Temporal.Instant
  mailed_at: Temporal.Instant | null
  used_at: Temporal.Instant | null
}

/** A step that has to be finished within minutes. */
export type ChallengeRow = {
  id: string
  kind: 'second_factor' | 'passkey_registration' | 'passkey_sign_in' | 'passkey_reauthentication' | 'newcomer'
  user_id: UserId | null
  token_hash: string | null
  challenge: string | null
  method: string | null
  /** Who a provider says somebody new is, until she said whether she is old enough. */
  identity: string | null
  attempts: number
  created_at: Temporal.Instant
  expires_at: Temporal.Instant
}

export type FailedTryRow = { subject_hash: string; tries: number; window_started_at: Temporal.Instant }
export type SetupLinkRow = {
  id: string
  only_one: boolean
  token_hash: string
  user_id: UserId | null
  created_at: Temporal.Instant
  used_at: Temporal.Instant | null
}

/** The tables of the schema `auth`, which the role frontdesk_auth alone can name. */
export type AuthTables = {
  user: UserRow
  session: SessionRow
  credential: CredentialRow
  recovery_code: RecoveryCodeRow
  sign_up: SignUpRow
  acceptance: AcceptanceRow
  mail_link: MailLinkRow
  challenge: ChallengeRow
  failed_try: FailedTryRow
  setup_link: SetupLinkRow
}

const ofAccount = (category: PersonalField['category'], stored: PersonalField['stored'] = 'clear'): PersonalField =>
  personal({ category, purpose: 'account', basis: 'contract', retention: 'account', erase: 'delete_row', export: true, stored })
const forSecurity = (category: PersonalField['category'], stored: PersonalField['stored'] = 'clear', exported = true): PersonalField =>
  personal({
    category,
    purpose: 'security',
    basis: 'legitimate_interest',
    retention: 'session',
    erase: 'delete_row',
    export: exported,
    stored,
  })
const secret = (stored: 'hashed' | 'encrypted'): PersonalField =>
  personal({
    category: 'credential',
    purpose: 'security',
    basis: 'contract',
    retention: 'account',
    erase: 'delete_row',
    export: false,
    stored,
  })

const itself = { root: 'user', via: ['id'] } as const
const ofUser = { root: 'user', via: ['user_id'] } as const

export const authInventory = [
  inventoryOutside<UserRow>('auth', 'user', {
    subjects: [itself],
    columns: {
      id: system,
      name: ofAccount('name'),
      email: ofAccount('contact_details'),
      email_normalized: ofAccount('contact_details'),
      email_verified_at: ofAccount('proof'),
      phone: ofAccount('contact_details'),
      company: ofAccount('contact_details'),
      industry: ofAccount('preference'),
      locale: ofAccount('preference'),
      zone: ofAccount('preference'),
      age_confirmed_at: ofAccount('proof'),
      age_limit: ofAccount('proof'),
      closes_at: system,
      deactivated_at: system,
      created_at: system,
      version: system,
    },
  }),
  inventoryOutside<SessionRow>('auth', 'session', {
    subjects: [ofUser],
    columns: {
      id: system,
      user_id: reference('user'),
      token_hash: forSecurity('credential', 'hashed', false),
      method: forSecurity('behaviour'),
      browser: forSecurity('device'),
      system: forSecurity('device'),
      device_kind: forSecurity('device'),
      place: forSecurity('location'),
      workspace_id: system,
      authenticated_at: forSecurity('behaviour'),
      second_factor_at: forSecurity('behaviour'),
      created_at: forSecurity('behaviour'),
      last_used_at: forSecurity('behaviour'),
    },
  }),
  inventoryOutside<CredentialRow>('auth', 'credential', {
    subjects: [ofUser],
    columns: {
      id: system,
      user_id: reference('user'),
      kind: ofAccount('credential'),
      external_id: ofAccount('identifier'),
      secret: secret('hashed'),
      counter: system,
      name: ofAccount('device'),
      transports: ofAccount('device'),
      synced: system,
      email: ofAccount('contact_details'),
      created_at: ofAccount('behaviour'),
      confirmed_at: system,
      last_used_at: forSecurity('behaviour'),
    },
  }),
  inventoryOutside<RecoveryCodeRow>('auth', 'recovery_code', {
    subjects: [ofUser],
    columns: { id: system, user_id: reference('user'), code_hash: secret('hashed'), created_at: system, used_at: forSecurity('behaviour') },
  }),
  inventoryOutside<SignUpRow>('auth', 'sign_up', {
    subjects: [{ root: 'none', why: 'Somebody who is no user yet; deleted after two days at most.' }],
    columns: {
      id: system,
      email: ofAccount('contact_details'),
      email_normalized: ofAccount('contact_details'),
      name: ofAccount('name'),
      password_hash: secret('hashed'),
      phone: ofAccount('contact_details'),
      company: ofAccount('contact_details'),
      industry: ofAccount('preference'),
      locale: ofAccount('preference'),
      zone: ofAccount('preference'),
      age_confirmed: ofAccount('proof'),
      age_limit: ofAccount('proof'),
      accepted: ofAccount('proof'),
      browser_hash: secret('hashed'),
      created_at: system,
      expires_at: system,
      mailed_at: system,
      used_at: system,
    },
  }),
  inventoryOutside<AcceptanceRow>('auth', 'acceptance', {
    subjects: [ofUser],
    columns: {
      id: system,
      user_id: reference('user'),
      document: ofAccount('proof'),
      destination: ofAccount('proof'),
      version: ofAccount('proof'),
      sha256: ofAccount('proof'),
      locale: ofAccount('proof'),
      method: ofAccount('proof'),
      accepted_at: ofAccount('proof'),
    },
  }),
  inventoryOutside<MailLinkRow>('auth', 'mail_link', {
    subjects: [ofUser],
    columns: {
      id: system,
      kind: system,
      email: forSecurity('contact_details'),
      email_normalized: forSecurity('contact_details'),
      user_id: reference('user'),
      locale: forSecurity('preference'),
      created_at: system,
      expires_at: system,
      mailed_at: system,
      used_at: system,
    },
  }),
  inventoryOutside<ChallengeRow>('auth', 'challenge', {
    subjects: [ofUser],
    columns: {
      id: system,
      kind: system,
      user_id: reference('user'),
      token_hash: secret('hashed'),
      challenge: system,
      method: system,
      identity: forSecurity('identifier', 'encrypted', false),
      attempts: system,
      created_at: system,
      expires_at: system,
    },
  }),
  inventoryOutside<FailedTryRow>('auth', 'failed_try', {
    subjects: [{ root: 'none', why: 'A keyed hash and a number, for an hour.' }],
    columns: { subject_hash: forSecurity('identifier', 'hashed', false), tries: system, window_started_at: system },
  }),
  inventoryOutside<SetupLinkRow>('auth', 'setup_link', {
    subjects: [ofUser],
    columns: {
      id: system,
      only_one: system,
      token_hash: secret('hashed'),
      user_id: reference('user', 'null'),
      created_at: system,
      used_at: system,
    },
  }),
]
