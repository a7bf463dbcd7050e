import type { Purpose } from '@frontdesk/contact-rules'
import type { ContactId, ConversationId, ConversationStatus, Delivery, FileId, MailId, MessageId, PermitId } from '@frontdesk/contract'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../platform/inventory/index.ts'

/** A way messages come and go. */
export type ChannelRow = { workspace_id: string; id: string; kind: 'email'; name: string; created_at: Temporal.Instant }

/** What was said with one contact about one thing. */
export type ConversationRow = {
  workspace_id: string
  id: ConversationId
  version: number
  contact_id: ContactId
  channel_id: string
  about_type: string | null
  about_id: string | null
  subject: string
  status: ConversationStatus
  snoozed_until: Temporal.Instant | null
  waiting_since: Temporal.Instant | null
  answered: boolean
  last_message_at: Temporal.Instant
  preview: string
  created_at: Temporal.Instant
}

/** One message, in or out. */
export type MessageRow = {
  workspace_id: string
  id: MessageId
  conversation_id: ConversationId
  contact_id: ContactId
  channel_id: string
  direction: 'in' | 'out'
  external_id: string | null
  reference_id: string | null
  author_kind: 'contact' | 'member' | 'api_key' | 'operator' | 'system'
  author_id: string | null
  purpose: Purpose | null
  address: string | null
  subject: string
  body: string
  quoted: string | null
  automatic: boolean
  delivery: Delivery
  delivery_error: string | null
  permit_id: PermitId | null
  mail_id: MailId | null
  inbound_id: string | null
  at: Temporal.Instant
}

/** A file that came or went with a message. */
export type AttachmentRow = {
  workspace_id: string
  id: string
  message_id: MessageId
  file_id: FileId | null
  name: string
  media_type: string
  size: number
  created_at: Temporal.Instant
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    channel: ChannelRow
    conversation: ConversationRow
    message: MessageRow
    attachment: AttachmentRow
  }
}

const said = (more: Partial<PersonalField> = {}): PersonalField =>
  personal({
    category: 'communication',
    purpose: 'communication',
    basis: 'workspace_instruction',
    retention: 'conversation',
    erase: 'delete_row',
    export: true,
    ...more,
  })

export const conversationsInventory = [
  inventoryOf<ChannelRow>('channel', {
    subjects: [{ root: 'workspace' }],
    columns: { workspace_id: system, id: system, kind: system, name: system, created_at: system },
  }),
  inventoryOf<ConversationRow>('conversation', {
    counted: {
      day: 'last_message_at',
      tells: {
        channel_id: 'stays',
        status: 'stays',
        snoozed_until: 'day',
        answered: 'stays',
        waiting_since: 'empty',
        created_at: 'day',
      },
      cleared: ['about_type', 'about_id'],
    },
    ends: { rule: 'conversation', after: 'last_message_at', how: 'delete_row' },
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      contact_id: reference('contact'),
      channel_id: system,
      about_type: system,
      about_id: reference('contact'),
      subject: said(),
      status: system,
      snoozed_until: system,
      waiting_since: system,
      answered: system,
      last_message_at: said({ category: 'behaviour' }),
      preview: said(),
      created_at: system,
    },
  }),
  inventoryOf<MessageRow>('message', {
    counted: {
      day: 'at',
      tells: {
        channel_id: 'stays',
        direction: 'stays',
        delivery: 'stays',
        automatic: 'stays',
        author_kind: 'stays',
        author_id: 'empty',
        purpose: 'empty',
      },
    },
    subjects: [
      { root: 'contact', via: ['contact_id'] },
      { root: 'member', via: ['author_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      conversation_id: reference('contact'),
      contact_id: reference('contact'),
      channel_id: system,
      direction: system,
      external_id: said({ category: 'identifier', export: false }),
      reference_id: said({ category: 'identifier', export: false }),
      author_kind: system,
      author_id: reference('member', { keep: 'Part of what was said to the contact; the id names nobody once the member is erased.' }),
      purpose: system,
      address: said({ category: 'contact_details' }),
      subject: said(),
      body: said(),
      quoted: said({ export: false }),
      automatic: system,
      delivery: system,
      delivery_error: said({ export: false }),
      permit_id: reference('contact'),
      mail_id: reference('contact'),
      inbound_id: reference('contact'),
      at: said({ category: 'behaviour' }),
    },
  }),
  inventoryOf<AttachmentRow>('attachment', {
    subjects: [{ root: 'contact', via: ['message_id', 'contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      message_id: reference('contact'),
      file_id: reference('contact'),
      name: said({ category: 'free_text' }),
      media_type: system,
      size: system,
      created_at: system,
    },
  }),
]
