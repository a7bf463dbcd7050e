import type { Subject } from '@frontdesk/contact-rules'
import type { ContactId, ConversationId } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import type { ConversationRow } from './conversations.tables.ts'

const CHANNEL = { kind: 'email', name: 'email' } as const

/** The workspace's email channel; made with its first message. */
export async function emailChannel(tx: WorkspaceTx): Promise<string> {
  const find = () =>
    tx.db
      .selectFrom('channel')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('kind', '=', CHANNEL.kind)
      .where('name', '=', CHANNEL.name)
      .executeTakeFirst()
  const known = await find()
  if (known) return known.id
  await tx.db
    .insertInto('channel')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), ...CHANNEL, created_at: tx.now })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'kind', 'name']).doNothing())
    .execute()
  const made = await find()
  if (!made) throw new Error('The email channel could neither be made nor found.')
  return made.id
}

/** The conversation with a contact about one thing, or a new one. What we write by ourselves asks for nothing, so a new one begins resolved. Held until the transaction ends. */
export async function conversationAbout(
  tx: WorkspaceTx,
  contactId: ContactId,
  about: Subject,
  subject: string,
): Promise<Selectable<ConversationRow>> {
  const channelId = await emailChannel(tx)
  const find = () =>
    tx.db
      .selectFrom('conversation')
      .selectAll()
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', '=', contactId)
      .where('channel_id', '=', channelId)
      .where('about_type', '=', about.type)
      .where('about_id', '=', about.id)
      .forUpdate()
      .executeTakeFirst()
  const known = await find()
  if (known) return known
  await tx.db
    .insertInto('conversation')
    .values({ ...begun(tx, contactId, channelId, subject), about_type: about.type, about_id: about.id })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'contact_id', 'channel_id', 'about_type', 'about_id'])
        .where('about_id', 'is not', null)
        .doNothing(),
    )
    .execute()
  const made = await find()
  if (!made) throw new Error('The conversation could neither be made nor found.')
  return made
}

/** So long after its last message a conversation is over: the same words begin another one. */
const OVER_AFTER_DAYS = 30

/** What a subject says without what mail programs put before it. */
const plainSubject = (subject: string): string => subject.replace(/^(\s*(re|aw|fw|fwd|wg|rv|tr)\s*:)+/i, '').trim()

/** The conversation in which somebody writes to us by herself: the newest one under the same subject, or a new one. Held until the transaction ends. */
export async function conversationByMail(tx: WorkspaceTx, contactId: ContactId, subject: string): Promise<Selectable<ConversationRow>> {
  const channelId = await emailChannel(tx)
  const words = plainSubject(subject)
  const known = await tx.db
    .selectFrom('conversation')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('channel_id', '=', channelId)
    .where('about_id', 'is', null)
    .where('subject', '=', words)
    .where('last_message_at', '>', tx.now.subtract({ hours: 24 * OVER_AFTER_DAYS }))
    .orderBy('last_message_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  if (known) return known
  return tx.db
    .insertInto('conversation')
    .values({ ...begun(tx, contactId, channelId, words), about_type: null, about_id: null })
    .returningAll()
    .executeTakeFirstOrThrow()
}

const begun = (tx: WorkspaceTx, contactId: ContactId, channelId: string, subject: string) => ({
  workspace_id: tx.workspaceId,
  id: tx.newId<'conversation'>(),
  version: 1,
  contact_id: contactId,
  channel_id: channelId,
  subject,
  status: 'resolved' as const,
  snoozed_until: null,
  waiting_since: null,
  answered: false,
  last_message_at: tx.now,
  preview: '',
  created_at: tx.now,
})

/** A conversation's row, held until the transaction ends. */
export const lockConversation = (tx: WorkspaceTx, id: ConversationId): Promise<Selectable<ConversationRow> | undefined> =>
  tx.db
    .selectFrom('conversation')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
