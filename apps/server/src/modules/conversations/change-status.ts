import type { Conversation, ConversationId, ConversationStatus, Principal } from '@frontdesk/contract'
import { idOf } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { reference } from '../../platform/inventory/index.ts'
import { defineJob, enqueue } from '../../platform/jobs/index.ts'
import { recordTimeline } from '../contacts/index.ts'
import { conversationsPolicy } from './conversations.policy.ts'
import { lockConversation } from './open-conversation.ts'
import { loadConversation, noSuchConversation } from './read-conversations.ts'
import { tellOfChange } from './write-message.ts'

export type ChangeStatus = {
  readonly conversationId: ConversationId
  /** The version that was read. */
  readonly version: number
  readonly status: ConversationStatus
  /** For `snoozed`: until when. */
  readonly snoozedUntil?: string | undefined
}

/** Changes a conversation's status; the earlier one, sent again, undoes it. Throws `http/version-mismatch` with the current values. */
export async function changeStatus(tx: WorkspaceTx, by: Principal, wish: ChangeStatus): Promise<Conversation> {
  conversationsPolicy.require(by, 'conversations.write')
  const current = await loadConversation(tx, by, wish.conversationId)
  const row = await lockConversation(tx, wish.conversationId)
  if (!row) throw noSuchConversation()
  if (row.version !== wish.version) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Something happened in this conversation since you opened it. Nothing was changed.',
      current,
    })
  }
  const until = snoozeOf(wish, tx.now)
  await tx.db
    .updateTable('conversation')
    .set({
      status: wish.status,
      snoozed_until: until,
      version: row.version + 1,
      ...(wish.status === 'resolved' ? { waiting_since: null } : {}),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .execute()
  if (until) await enqueue(tx, wakeConversation, { conversationId: row.id }, { startAfter: until })
  if (row.status !== wish.status) {
    await recordTimeline(tx, {
      contactId: row.contact_id,
      kind: `conversation.${wish.status}`,
      actor: by,
      subject: { type: 'conversation', id: row.id },
      summary: { key: `conversation_${wish.status}`, values: { subject: row.subject } },
    })
  }
  await tellOfChange(tx, row)
  return loadConversation(tx, by, wish.conversationId)
}

function snoozeOf({ status, snoozedUntil }: ChangeStatus, now: Temporal.Instant): Temporal.Instant | null {
  if (status !== 'snoozed') return null
  const until = snoozedUntil === undefined ? undefined : Temporal.Instant.from(snoozedUntil)
  if (until && Temporal.Instant.compare(until, now) > 0) return until
  const message = 'Say until when, as a moment to come.'
  throw new Refusal('http/invalid-request', {
    detail: `snoozedUntil: ${message} Nothing was changed.`,
    faults: [{ path: 'body.snoozedUntil', code: 'not_in_future', message }],
  })
}

/** Brings a snoozed conversation back into sight when its time is over. One that was snoozed anew, or opened, is left alone. */
export const wakeConversation = defineJob({
  name: 'conversations.wake',
  endsWithClosing: true,
  payload: z.strictObject({ conversationId: idOf('conversation') }),
  fields: { conversationId: reference('contact', 'detach') },
  run: (context, { conversationId }) =>
    context.inWorkspace(async (tx) => {
      const row = await lockConversation(tx, conversationId)
      if (row?.status !== 'snoozed' || row.snoozed_until === null || Temporal.Instant.compare(row.snoozed_until, tx.now) > 0) return
      await tx.db
        .updateTable('conversation')
        .set({ status: 'open', snoozed_until: null, version: row.version + 1 })
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', row.id)
        .execute()
      await tellOfChange(tx, row)
    }),
})
