import { Outlet, useMatchRoute, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useCommands } from '../../lib/commands.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useNarrow } from '../../lib/narrow.ts'
import { ListPane, Panes } from '../../ui/panes.tsx'
import { ContactList } from './contact-list.tsx'
import { useContactsAddress } from './use-contacts-address.ts'
import { contactsWords } from './words.ts'

const DuplicateList = lazy(() => import('./merge/duplicate-list.tsx').then((file) => ({ default: file.DuplicateList })))
const CompanyList = lazy(() => import('./companies/company-list.tsx').then((file) => ({ default: file.CompanyList })))
const SegmentsList = lazy(() => import('./segments/segments-list.tsx').then((file) => ({ default: file.SegmentsList })))
const ExportSheet = lazy(() => import('./export/export-sheet.tsx').then((file) => ({ default: file.ExportSheet })))
const ContactTable = lazy(() => import('./table/contact-table.tsx').then((file) => ({ default: file.ContactTable })))
const NewContactSheet = lazy(() => import('./new-contact-sheet.tsx').then((file) => ({ default: file.NewContactSheet })))

/** The contacts room: people, companies, segments or duplicates, and beside them the one that is open. */
export function ContactsScreen() {
  const t = useWords(contactsWords)
  const { contactId, search, change, open } = useContactsAddress()
  const matches = useMatchRoute()
  const { companyId, survivorId } = useParams({ strict: false })
  const companies = Boolean(matches({ to: '/w/$workspace/contacts/companies', fuzzy: true }))
  const importing = Boolean(matches({ to: '/w/$workspace/contacts/import', fuzzy: true }))
  const duplicates = Boolean(matches({ to: '/w/$workspace/contacts/duplicates', fuzzy: true }))
  const segments = Boolean(matches({ to: '/w/$workspace/contacts/segments', fuzzy: true }))
  const people = !companies && !duplicates && !segments
  useCommands(!people ? [] : [{ label: t('add'), group: t('group'), keys: 'c', icon: 'plus', run: () => change({ form: 'new' }) }])
  const narrow = useNarrow()
  const table = people && search.look === 'table' && (!narrow || search.board) && contactId === undefined && !importing
  return (
    <Panes open={contactId !== undefined || companyId !== undefined || survivorId !== undefined || importing}>
      {!people ? (
        <Suspense fallback={<ListPane label={t('group')}>{null}</ListPane>}>
          {companies ? <CompanyList /> : segments ? <SegmentsList /> : <DuplicateList />}
        </Suspense>
      ) : table ? (
        <Suspense fallback={<ListPane label={t('group')}>{null}</ListPane>}>
          <ContactTable />
        </Suspense>
      ) : (
        <ContactList beside={importing} />
      )}
      {!table && <Outlet />}
      <Suspense>
        {search.form === 'export' && people && (
          <ExportSheet search={search} onClose={() => change({ form: undefined }, { replace: true })} />
        )}
        {search.form === 'new' && people && (
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
