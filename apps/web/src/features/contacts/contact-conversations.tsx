import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../lib/i18n.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List } from '../../ui/list.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { ConversationRow } from '../inbox/conversation-row.tsx'
import { contactConversationsQuery } from '../inbox/queries.ts'
import { PartFailed } from './part-failed.tsx'
import type { Contact } from './queries.ts'
import { contactsWords } from './words.ts'

/** What was written, conversation by conversation. */
export function ContactConversations({ contact }: { readonly contact: Contact }) {
  const t = useWords(contactsWords)
  const asked = useQuery(contactConversationsQuery(contact.id))
  if (asked.isError && !asked.data) return <PartFailed error={asked.error} onAgain={() => void asked.refetch()} />
  if (!asked.data) {
    return (
      <div className="pt-6">
        <TextSkeleton lines={4} />
      </div>
    )
  }
  if (asked.data.items.length === 0) return <EmptyState icon="mail">{t('conversationsEmpty')}</EmptyState>
  return (
    <div className="-mx-3 pt-4">
      <List label={t('conversations')} items={asked.data.items} keyOf={(conversation) => conversation.id}>
        {(conversation) => <ConversationRow conversation={conversation} status="all" titled="subject" />}
      </List>
    </div>
  )
}
