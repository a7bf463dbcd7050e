import { lazy, Suspense } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { ContactConsents } from '../privacy/consents/contact-consents.tsx'
import type { ContactTab } from './address.ts'
import { ContactBookings } from './contact-bookings.tsx'
import { ContactConversations } from './contact-conversations.tsx'
import { ContactTimeline } from './contact-timeline.tsx'
import { ContactNotes } from './notes/contact-notes.tsx'
import type { Contact } from './queries.ts'
import { useContactsAddress } from './use-contacts-address.ts'
import { contactsWords } from './words.ts'

const ContactSensitive = lazy(() =>
  import('../privacy/sensitive/contact-sensitive.tsx').then((file) => ({ default: file.ContactSensitive })),
)

const ContactLeads = lazy(() => import('../leads/contact-leads.tsx').then((file) => ({ default: file.ContactLeads })))

const ContactFiles = lazy(() => import('./files/contact-files.tsx').then((file) => ({ default: file.ContactFiles })))
const ContactTasks = lazy(() => import('./tasks/contact-tasks.tsx').then((file) => ({ default: file.ContactTasks })))

/** Who works with protected fields; the server asks again. */
const seesSensitive: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative', 'privacy_officer']

/** The timeline, and parts of it one looks for. Which one is open stands in the address. */
export function ContactParts({ contact, onBook }: { readonly contact: Contact; readonly onBook: () => void }) {
  const t = useWords(contactsWords)
  const { search, change } = useContactsAddress()
  const { role } = useWorkspace()
  const sensitive = {
    key: 'sensitive',
    title: t('sensitive'),
    content: (
      <Suspense fallback={<TextSkeleton lines={3} />}>
        <ContactSensitive contact={contact} />
      </Suspense>
    ),
  } as const
  return (
    <div className="px-6 pb-8 phone:px-4 [&_[role=tablist]]:-mx-6 [&_[role=tablist]]:px-4 phone:[&_[role=tablist]]:-mx-4 phone:[&_[role=tablist]]:px-2">
      <h2 className="sr-only">{t('tabs', { name: contact.name })}</h2>
      <Tabs<'timeline' | ContactTab>
        label={t('tabs', { name: contact.name })}
        value={search.tab ?? 'timeline'}
        onChange={(tab) => change({ tab: tab === 'timeline' ? undefined : tab }, { replace: true })}
        tabs={[
          { key: 'timeline', title: t('timeline'), content: <ContactTimeline contact={contact} /> },
          { key: 'bookings', title: t('bookings'), content: <ContactBookings contact={contact} onBook={onBook} /> },
          { key: 'conversations', title: t('conversations'), content: <ContactConversations contact={contact} /> },
          {
            key: 'leads',
            title: t('leads'),
            content: (
              <Suspense fallback={<TextSkeleton lines={3} />}>
                <ContactLeads contact={contact} />
              </Suspense>
            ),
          },
          {
            key: 'tasks',
            title: t('tasks'),
            content: (
              <Suspense fallback={<TextSkeleton lines={3} />}>
                <ContactTasks contact={contact} />
              </Suspense>
            ),
          },
          { key: 'notes', title: t('notes'), content: <ContactNotes contact={contact} /> },
          {
            key: 'files',
            title: t('files'),
            content: (
              <Suspense fallback={<TextSkeleton lines={3} />}>
                <ContactFiles contact={contact} />
              </Suspense>
            ),
          },
          { key: 'consents', title: t('consents'), content: <ContactConsents contact={contact} /> },
          ...(seesSensitive.includes(role) ? [sensitive] : []),
        ]}
      />
    </div>
  )
}
