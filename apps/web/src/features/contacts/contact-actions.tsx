import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useCommands } from '../../lib/commands.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { contactConversationsQuery } from '../inbox/queries.ts'
import type { Contact } from './queries.ts'
import { contactsWords } from './words.ts'

export type ContactActionsProps = {
  readonly contact: Contact
  readonly onBook: () => void
  readonly onNote: () => void
  readonly onTasks: () => void
  readonly onEdit: () => void
}

/** What one does next with somebody, each a key away. A mail answers a conversation; where there is none the reason is said instead of a dead button. */
export function ContactActions({ contact, onBook, onNote, onTasks, onEdit }: ContactActionsProps) {
  const t = useWords(contactsWords)
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const conversations = useQuery(contactConversationsQuery(contact.id))
  const [told, setTold] = useState(false)
  const latest = conversations.data?.items[0]
  const mail = () => {
    if (!latest) return setTold(true)
    void navigate({
      to: '/w/$workspace/inbox/$conversationId',
      params: { workspace: slug, conversationId: latest.id },
      search: { status: 'all', reply: true },
    })
  }
  const group = t('actions')
  useCommands([
    { label: t('book'), group, keys: 'b', icon: 'calendar', run: onBook },
    { label: t('mail'), group, keys: 'e', icon: 'mail', run: mail },
    { label: t('addNote'), group, keys: 'n', icon: 'edit', run: onNote },
    { label: t('tasks'), group, keys: 't', icon: 'check', run: onTasks },
    { label: t('edit'), group, icon: 'edit', run: onEdit },
  ])
  return (
    <div className="grid gap-3 px-6 py-4 phone:px-4">
      <div className="flex flex-wrap gap-2">
        <Button variant="solid" icon="calendar" keys="B" onClick={onBook}>
          {t('book')}
        </Button>
        <Button icon="mail" keys="E" onClick={mail}>
          {t('mail')}
        </Button>
        <Button icon="edit" keys="N" onClick={onNote}>
          {t('addNote')}
        </Button>
      </div>
      {told && !latest && (
        <Note icon="mail" role="status">
          {t('cannotMail', { name: contact.name })}
        </Note>
      )}
    </div>
  )
}
