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
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      contact_id: contactId,
      channel_id: channelId,
      about_type: about.type,
      about_id: about.id,
      subject,
      status: 'resolved',
      snoozed_until: null,
      waiting_since: null,
      answered: false,
      last_message_at: tx.now,
      preview: '',
      created_at: tx.now,
    })
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

/** A conversation's row, held until the transaction ends. */
export const lockConversation = (tx: WorkspaceTx, id: ConversationId): Promise<Selectable<ConversationRow> | undefined> =>
  tx.db
    .selectFrom('conversation')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
