import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useCommands } from '../../lib/commands.ts'
import { useWords } from '../../lib/i18n.tsx'
import { Panes } from '../../ui/panes.tsx'
import { ContactList } from './contact-list.tsx'
import { useContactsAddress } from './use-contacts-address.ts'
import { contactsWords } from './words.ts'

const NewContactSheet = lazy(() => import('./new-contact-sheet.tsx').then((file) => ({ default: file.NewContactSheet })))

/** The contacts room: the list, and beside it whoever is open. */
export function ContactsScreen() {
  const t = useWords(contactsWords)
  const { contactId, search, change, open } = useContactsAddress()
  useCommands([{ label: t('add'), group: t('group'), keys: 'c', icon: 'plus', run: () => change({ form: 'new' }) }])
  return (
    <Panes open={contactId !== undefined}>
      <ContactList />
      <Outlet />
      <Suspense>
        {search.form === 'new' && (
          <NewContactSheet
            name={search.q}
            onClose={() => change({ form: undefined }, { replace: true })}
            onAdded={(contact) => open(contact.id)}
            onOpen={(id) => open(id)}
          />
        )}
      </Suspense>
    </Panes>
  )
}
