import type { ConversationId, FileId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import type { FileAnswer } from '../../platform/http/index.ts'
import { loadConversation } from './read-conversations.ts'

/** Finds a file that came with a message of this conversation, and no other file. Throws 404, also where she may not read the conversation. */
export async function openAttachment(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly conversationId: ConversationId; readonly fileId: FileId },
): Promise<FileAnswer> {
  const { id: conversationId } = await loadConversation(tx, by, wish.conversationId)
  const file = await tx.db
    .selectFrom('attachment')
    .innerJoin('message', (join) =>
      join.onRef('message.workspace_id', '=', 'attachment.workspace_id').onRef('message.id', '=', 'attachment.message_id'),
    )
    .innerJoin('file', (join) =>
      join.onRef('file.workspace_id', '=', 'attachment.workspace_id').onRef('file.id', '=', 'attachment.file_id'),
    )
    .select(['file.id', 'file.size', 'file.media_type', 'attachment.name'])
    .where('attachment.workspace_id', '=', tx.workspaceId)
    .where('attachment.file_id', '=', wish.fileId)
    .where('message.conversation_id', '=', conversationId)
    .executeTakeFirst()
  if (!file) throw new Refusal('http/not-found', { detail: 'There is no such file in this conversation, or it was erased.' })
  return { workspaceId: tx.workspaceId, id: file.id, size: file.size, name: file.name, mediaType: file.media_type }
}
