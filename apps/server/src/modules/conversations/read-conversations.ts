import type { ContactId, Conversation, ConversationId, ConversationStatus, Message, Principal } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { seesOnlyOf } from '../contacts/index.ts'
import { conversationsPolicy } from './conversations.policy.ts'
import type { AttachmentRow, ConversationRow, MessageRow } from './conversations.tables.ts'

export type ListConversations = {
  readonly status?: ConversationStatus | undefined
  readonly contactId?: ContactId | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

type Listed = Selectable<ConversationRow> & { readonly contact_name: string }

/** One page of conversations, the one with the newest message first. */
export async function listConversations(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListConversations,
): Promise<{ items: Conversation[]; next: string | null }> {
  conversationsPolicy.require(by, 'conversations.read')
  const before = readCursor(wish.cursor, [z.iso.datetime(), z.uuid()])
  let query = visible(tx, by)
    .orderBy('conversation.last_message_at', 'desc')
    .orderBy('conversation.id', 'desc')
    .limit(wish.limit + 1)
  if (wish.status !== undefined) query = query.where('conversation.status', '=', wish.status)
  if (wish.contactId !== undefined) query = query.where('conversation.contact_id', '=', wish.contactId)
  if (before)
    query = query.where(sql<boolean>`(conversation.last_message_at, conversation.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`)
  return pageFrom(await query.execute(), wish.limit, presentConversation, (row) => [row.last_message_at.toString(), row.id])
}

/** One conversation. Throws 404. */
export async function loadConversation(tx: WorkspaceTx, by: Principal, id: ConversationId): Promise<Conversation> {
  conversationsPolicy.require(by, 'conversations.read')
  const row = await visible(tx, by).where('conversation.id', '=', id).executeTakeFirst()
  if (!row) throw noSuchConversation()
  return presentConversation(row)
}

/** One page of a conversation's messages, newest first. Throws 404. */
export async function listMessages(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly conversationId: ConversationId; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Message[]; next: string | null }> {
  await loadConversation(tx, by, wish.conversationId)
  const before = readCursor(wish.cursor, [z.iso.datetime(), z.uuid()])
  let query = tx.db
    .selectFrom('message')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', wish.conversationId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
  if (before) query = query.where(sql<boolean>`(at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`)
  const rows = await query.execute()
  const files = await attachmentsOf(tx, rows)
  return pageFrom(
    rows,
    wish.limit,
    (row) => presentMessage(row, files),
    (row) => [row.at.toString(), row.id],
  )
}

/** One message as the API shows it. */
export async function loadMessage(tx: WorkspaceTx, id: Message['id']): Promise<Message> {
  const row = await tx.db
    .selectFrom('message')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return presentMessage(row, await attachmentsOf(tx, [row]))
}

/** The refusal for a conversation that is not there. */
export const noSuchConversation = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such conversation here.' })

function visible(tx: WorkspaceTx, by: Principal) {
  const query = tx.db
    .selectFrom('conversation')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'conversation.workspace_id').onRef('contact.id', '=', 'conversation.contact_id'),
    )
    .selectAll('conversation')
    .select('contact.name as contact_name')
    .where('conversation.workspace_id', '=', tx.workspaceId)
  const owner = seesOnlyOf(by)
  return owner === null ? query : query.where('contact.owner_member_id', '=', owner)
}

async function attachmentsOf(tx: WorkspaceTx, messages: readonly { readonly id: Message['id'] }[]): Promise<Selectable<AttachmentRow>[]> {
  if (messages.length === 0) return []
  return tx.db
    .selectFrom('attachment')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'message_id',
      'in',
      messages.map(({ id }) => id),
    )
    .orderBy('id')
    .execute()
}

const presentConversation = (row: Listed): Conversation => ({
  id: row.id,
  version: row.version,
  contactId: row.contact_id,
  contactName: row.contact_name,
  channel: 'email',
  subject: row.subject,
  status: row.status,
  snoozedUntil: row.snoozed_until?.toString() ?? null,
  waitingSince: row.waiting_since?.toString() ?? null,
  lastMessageAt: row.last_message_at.toString(),
  preview: row.preview,
  createdAt: row.created_at.toString(),
})

const presentMessage = (row: Selectable<MessageRow>, files: readonly Selectable<AttachmentRow>[]): Message => ({
  id: row.id,
  conversationId: row.conversation_id,
  contactId: row.contact_id,
  direction: row.direction,
  at: row.at.toString(),
  author: { kind: row.author_kind, id: row.author_id },
  purpose: row.purpose,
  address: row.address,
  subject: row.subject,
  text: row.body,
  automatic: row.automatic,
  quoted: row.quoted,
  delivery: row.delivery,
  deliveryError: row.delivery_error,
  mailId: row.mail_id,
  attachments: files
    .filter((file) => file.message_id === row.id)
    .map((file) => ({ fileId: file.file_id, name: file.name, type: file.media_type, size: file.size })),
})
