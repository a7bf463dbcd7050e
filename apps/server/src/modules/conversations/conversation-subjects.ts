import type { ConversationId } from '@frontdesk/contract'
import { prepared, type WorkspaceTx } from '../../platform/database/index.ts'
import type { SubjectSource } from '../privacy/index.ts'

/** Conversations as the gate asks about them: she started one when she has written in it, and it is open until somebody resolves it. */
export const conversationSubjects: SubjectSource = {
  types: ['conversation'],
  async facts(tx, about, contactId) {
    const row = await tx.db
      .selectFrom('conversation')
      .innerJoin('contact', (join) =>
        join.onRef('contact.workspace_id', '=', 'conversation.workspace_id').onRef('contact.id', '=', 'conversation.contact_id'),
      )
      .select(['conversation.status', 'conversation.answered', 'conversation.contact_id', 'contact.merged_into'])
      .where('conversation.workspace_id', '=', tx.workspaceId)
      .where('conversation.id', '=', about.id as ConversationId)
      .modifyEnd(prepared('conversation.subject'))
      .executeTakeFirst()
    if (!row || (row.contact_id !== contactId && row.merged_into !== contactId)) return null
    return { open: row.status !== 'resolved', startedBy: row.answered ? 'contact' : 'us' }
  },
  async newest(tx: WorkspaceTx, contactId) {
    const row = await tx.db
      .selectFrom('conversation')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', '=', contactId)
      .orderBy('last_message_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row ? { type: 'conversation', id: row.id } : null
  },
}
