import type { MessageId } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { type Subscriber, subscribe } from '../../platform/events/index.ts'
import { mailMember } from '../../platform/mail/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import { contactFacts } from '../contacts/index.ts'
import { conversationSurroundings } from './surroundings.ts'
import { unreachedWords } from './unreached.words.ts'

/** One notice a day about one thing is enough. */
const QUIET = { hours: 24 }

/** When a message about her own booking may not go out and no other channel is there, a person has to see to it. */
export const tellUnreached: Subscriber = subscribe('message.refused', {
  name: 'conversations.tell-unreached',
  run: async (context, event) => {
    await context.inWorkspace((tx) => tellTeam(tx, event.payload.messageId as MessageId))
  },
})

/** Writes to whoever looks after the contact, or to the owners where nobody does. What a member wrote herself she has seen refused. */
export async function tellTeam(tx: WorkspaceTx, messageId: MessageId): Promise<void> {
  const message = await tx.db
    .selectFrom('message')
    .select(['conversation_id', 'contact_id', 'purpose', 'automatic', 'subject'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', messageId)
    .executeTakeFirst()
  if (!message?.automatic || message.purpose !== 'service') return
  const earlier = await tx.db
    .selectFrom('message')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', message.conversation_id)
    .where('delivery', '=', 'failed')
    .where('at', '>=', tx.now.subtract(QUIET))
    .where('id', '<', messageId)
    .limit(1)
    .executeTakeFirst()
  if (earlier) return
  const contact = await contactFacts(tx, message.contact_id)
  const business = await workspaceFacts(tx)
  const t = translator(unreachedWords, business.locale)
  const facts = { name: contact.name, about: message.subject }
  const page = `${conversationSurroundings.get().publicUrl()}/w/${business.slug}/contacts/${contact.contactId}`
  for (const reader of await readersOf(tx, contact.ownerMemberId)) {
    await mailMember(tx, {
      memberId: reader.id,
      news: 'unreached',
      to: { name: reader.name, address: reader.email },
      subject: t('subject', facts),
      text: [t('what', facts), t('task', facts), `${t('why')}\n${page}`].join('\n\n'),
      automatic: true,
    })
  }
}

async function readersOf(tx: WorkspaceTx, ownerMemberId: string | null) {
  const members = await tx.db
    .selectFrom('member')
    .select(['id', 'name', 'email', 'role'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .where('deactivated_at', 'is', null)
    .execute()
  const own = members.filter(({ id }) => id === ownerMemberId)
  return own.length > 0 ? own : members.filter(({ role }) => role === 'owner')
}
