import type { ContactId, MailId, MemberId, NewsKind, PermitId } from '@frontdesk/contract'
import { inventoryOf, inventoryOutside, type PersonalField, personal, reference, system } from '../inventory/index.ts'

export type MailState = 'queued' | 'sending' | 'sent' | 'failed' | 'bounced' | 'not_configured' | 'dropped'

/** One mail to a contact or a member. */
export type MailRow = {
  workspace_id: string
  id: MailId
  audience: 'contact' | 'member'
  contact_id: ContactId | null
  member_id: MemberId | null
  /** What a mail to a member tells; null for somebody outside, who was invited. */
  news: NewsKind | null
  /** Whom a mail to a member is about. */
  about_contact_id: ContactId | null
  permit_id: PermitId | null
  confidential: boolean
  from_address: string
  to_address: string
  subject: string
  state: MailState
  attempts: number
  next_attempt_at: Temporal.Instant | null
  error: string | null
  error_code: string | null
  bounce_kind: 'permanent' | 'temporary' | null
  raw: string
  size: number
  created_at: Temporal.Instant
  attempted_at: Temporal.Instant | null
  sent_at: Temporal.Instant | null
}

/** One mail that came in, as it came. */
export type InboundMailRow = {
  workspace_id: string
  id: string
  mail_id: MailId | null
  /** The address of the workspace itself that it came to; null for an answer. */
  door: 'office' | 'inbox' | null
  source: 'imap' | 'smtp'
  raw_hash: string
  raw: string
  size: number
  null_sender: boolean
  state: 'received' | 'processed' | 'ignored' | 'failed'
  kind: 'answer' | 'automatic' | 'bounce' | 'delay' | 'complaint' | null
  reason: string | null
  received_at: Temporal.Instant
  processed_at: Temporal.Instant | null
}

/** One mail to a person, in no workspace. Read and written by the auth role alone. */
export type PersonMailRow = {
  id: MailId
  user_id: string | null
  to_address: string
  subject: string
  state: 'queued' | 'sending' | 'sent' | 'failed' | 'not_configured'
  attempts: number
  next_attempt_at: Temporal.Instant
  error: string | null
  error_code: string | null
  raw: string
  created_at: Temporal.Instant
  attempted_at: Temporal.Instant | null
  sent_at: Temporal.Instant | null
}

/** How far a mailbox was read. */
export type MailboxRow = {
  name: string
  uid_validity: number
  last_uid: number
  /** Mails that wait in it until the workspace they are for accepts its provider. */
  left_uids: readonly (number | string)[]
  read_at: Temporal.Instant
}

declare module '../database/tables.ts' {
  interface Tables {
    mail: MailRow
    inbound_mail: InboundMailRow
  }
}

const about = (category: PersonalField['category'], more: Partial<PersonalField> = {}): PersonalField =>
  personal({
    category,
    purpose: 'communication',
    basis: 'workspace_instruction',
    retention: 'mail',
    erase: 'delete_row',
    export: true,
    ...more,
  })

export const mailInventory = [
  inventoryOf<MailRow>('mail', {
    ownWork: true,
    ends: {
      rule: 'mail',
      after: 'created_at',
      only: { state: ['sent', 'failed', 'bounced', 'dropped', 'not_configured'] },
      how: 'delete_row',
    },
    subjects: [
      { root: 'contact', via: ['contact_id'] },
      { root: 'contact', via: ['about_contact_id'] },
      { root: 'member', via: ['member_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      audience: system,
      news: system,
      contact_id: reference('contact'),
      about_contact_id: reference('contact'),
      member_id: reference('member'),
      permit_id: reference('contact'),
      confidential: system,
      from_address: system,
      to_address: about('contact_details'),
      subject: about('communication'),
      state: system,
      attempts: system,
      next_attempt_at: system,
      error: about('communication', { export: false }),
      error_code: system,
      bounce_kind: system,
      raw: about('communication', { stored: 'encrypted' }),
      size: system,
      created_at: system,
      attempted_at: system,
      sent_at: system,
    },
  }),
  inventoryOf<InboundMailRow>('inbound_mail', {
    ownWork: true,
    ends: { rule: 'mail', after: 'received_at', only: { state: ['processed', 'ignored', 'failed'] }, how: 'delete_row' },
    subjects: [{ root: 'contact', via: ['mail_id', 'contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      mail_id: reference('contact'),
      door: system,
      source: system,
      raw_hash: about('identifier', { stored: 'hashed', export: false }),
      raw: about('communication', { stored: 'encrypted' }),
      size: system,
      null_sender: system,
      state: system,
      kind: system,
      reason: system,
      received_at: system,
      processed_at: system,
    },
  }),
  inventoryOutside<PersonMailRow>('auth', 'person_mail', {
    subjects: [{ root: 'user', via: ['user_id'] }],
    columns: {
      id: system,
      user_id: reference('user'),
      to_address: about('contact_details', { purpose: 'account', basis: 'contract' }),
      subject: system,
      state: system,
      attempts: system,
      next_attempt_at: system,
      error: about('communication', { purpose: 'account', basis: 'contract', export: false }),
      error_code: system,
      raw: about('credential', { purpose: 'account', basis: 'contract', stored: 'encrypted', export: false }),
      created_at: system,
      attempted_at: system,
      sent_at: system,
    },
  }),
  inventoryOutside<MailboxRow>('platform', 'mailbox', {
    subjects: [{ root: 'none', why: 'How far the server’s own mailbox was read.' }],
    columns: { name: system, uid_validity: system, last_uid: system, left_uids: system, read_at: system },
  }),
]
