import type { Delivery, FileId, MessageId } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import type { ConversationRow, MessageRow } from './conversations.tables.ts'

const PREVIEW_LETTERS = 140

type NewMessage = Omit<MessageRow, 'workspace_id' | 'conversation_id' | 'contact_id' | 'channel_id' | 'at'>
type ConversationChange = Partial<Pick<ConversationRow, 'status' | 'snoozed_until' | 'waiting_since' | 'answered' | 'subject'>>

/** Writes one message into a conversation that the caller holds, and moves the conversation up. False when the message was there already. */
export async function writeMessage(
  tx: WorkspaceTx,
  conversation: Selectable<ConversationRow>,
  message: NewMessage,
  change: ConversationChange = {},
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('message')
    .values({
      workspace_id: tx.workspaceId,
      conversation_id: conversation.id,
      contact_id: conversation.contact_id,
      channel_id: conversation.channel_id,
      at: tx.now,
      ...message,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'channel_id', 'external_id']).where('external_id', 'is not', null).doNothing(),
    )
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return false
  await tx.db
    .updateTable('conversation')
    .set({ last_message_at: tx.now, preview: previewOf(message.body), version: conversation.version + 1, ...change })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', conversation.id)
    .execute()
  return true
}

/** Tells of a conversation that changed. */
export const tellOfChange = (tx: WorkspaceTx, { id, contact_id }: Pick<Selectable<ConversationRow>, 'id' | 'contact_id'>): Promise<void> =>
  emit(tx, 'conversation.changed', { conversationId: id, contactId: contact_id })

/** The beginning of a text on one line. */
export function previewOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const letters = [...line]
  return letters.length <= PREVIEW_LETTERS ? line : `${letters.slice(0, PREVIEW_LETTERS - 1).join('')}…`
}

/** Notes the files of a message by name; `fileId` where the file itself was kept. */
export async function noteAttachments(
  tx: WorkspaceTx,
  messageId: MessageId,
  files: readonly {
    readonly fileId: FileId | null
    readonly name: string
    readonly type: string
    readonly size: number
  }[],
): Promise<void> {
  if (files.length === 0) return
  await tx.db
    .insertInto('attachment')
    .values(
      files.map(({ fileId, name, type, size }) => ({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        message_id: messageId,
        file_id: fileId,
        name,
        media_type: type,
        size,
        created_at: tx.now,
      })),
    )
    .execute()
}

/** Moves a message's delivery on. */
export const setDelivery = (tx: WorkspaceTx, messageId: MessageId, delivery: Delivery, error: string | null) =>
  tx.db
    .updateTable('message')
    .set({ delivery, delivery_error: error })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', messageId)
    .execute()
