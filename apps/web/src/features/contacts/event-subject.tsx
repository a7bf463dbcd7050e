import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWorkspace } from '../../lib/session.ts'
import { readContactsSearch } from './address.ts'
import type { Contact, TimelineEntry } from './queries.ts'
import type { ContactsTranslator } from './words.ts'

/** The way to what an event is about, where it has a screen. */
export function eventSubject(entry: TimelineEntry, contact: Contact, t: ContactsTranslator): ReactNode {
  const { subject } = entry
  if (!subject || !shown.has(subject.type)) return null
  return <SubjectLink type={subject.type} id={subject.id} contactId={contact.id} label={t('open')} />
}

const shown: ReadonlySet<string> = new Set(['booking', 'lead', 'conversation', 'message', 'note', 'task', 'contact_file', 'waitlist_entry'])
const linkLook = 'text-link underline underline-offset-2'

type SubjectLinkProps = { readonly type: string; readonly id: string; readonly contactId: string; readonly label: string }

function SubjectLink({ type, id, contactId, label }: SubjectLinkProps) {
  const { slug: workspace } = useWorkspace()
  if (type === 'booking') {
    return (
      <Link to="/w/$workspace/calendar" params={{ workspace }} search={{ booking: id }} className={linkLook}>
        {label}
      </Link>
    )
  }
  if (type === 'waitlist_entry') {
    return (
      <Link to="/w/$workspace/waitlist" params={{ workspace }} search={{}} className={linkLook}>
        {label}
      </Link>
    )
  }
  if (type === 'lead') {
    return (
      <Link to="/w/$workspace/leads/$leadId" params={{ workspace, leadId: id }} search={{}} className={linkLook}>
        {label}
      </Link>
    )
  }
  if (type === 'conversation') {
    return (
      <Link
        to="/w/$workspace/inbox/$conversationId"
        params={{ workspace, conversationId: id }}
        search={{ status: 'all' }}
        className={linkLook}
      >
        {label}
      </Link>
    )
  }
  return (
    <Link
      to="/w/$workspace/contacts/$contactId"
      params={{ workspace, contactId }}
      search={(before) =>
        readContactsSearch({
          ...before,
          tab: type === 'note' ? 'notes' : type === 'task' ? 'tasks' : type === 'contact_file' ? 'files' : 'conversations',
        })
      }
      className={linkLook}
    >
      {label}
    </Link>
  )
}
