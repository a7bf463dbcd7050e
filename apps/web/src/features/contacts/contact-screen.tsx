import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { DetailPane, SidePane } from '../../ui/panes.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { ContactActions } from './contact-actions.tsx'
import { ContactFacts } from './contact-facts.tsx'
import { ContactHead } from './contact-head.tsx'
import { ContactMenu, type RightsAct } from './contact-menu.tsx'
import { ContactParts } from './contact-parts.tsx'
import { MayContact } from './may-contact.tsx'
import { NextVisit } from './next-visit.tsx'
import { type Contact, contactQuery } from './queries.ts'
import { useContactsAddress } from './use-contacts-address.ts'
import { contactsWords } from './words.ts'

const BookSheet = lazy(() => import('../calendar/book-sheet.tsx').then((file) => ({ default: file.BookSheet })))
const EditContactSheet = lazy(() => import('./edit-contact-sheet.tsx').then((file) => ({ default: file.EditContactSheet })))

const ExportDialog = lazy(() => import('../privacy/erasure/export-dialog.tsx').then((file) => ({ default: file.ExportDialog })))
const EraseDialog = lazy(() => import('../privacy/erasure/erase-dialog.tsx').then((file) => ({ default: file.EraseDialog })))
const RectifySheet = lazy(() => import('../privacy/erasure/rectify-sheet.tsx').then((file) => ({ default: file.RectifySheet })))
const RestrictDialog = lazy(() => import('../privacy/erasure/restrict-dialog.tsx').then((file) => ({ default: file.RestrictDialog })))

const route = getRouteApi('/w/$workspace/contacts/$contactId')

/** One contact: who she is, what happened, what comes next, and whether she may be contacted. */
export function ContactScreen() {
  const t = useWords(contactsWords)
  const explain = useExplain()
  const { contactId } = route.useParams()
  const { open } = useContactsAddress()
  const asked = useQuery(contactQuery(contactId))
  const contact = asked.data
  useEffect(() => {
    // A merged contact answers as the one it became; the address follows.
    if (contact && contact.id !== contactId) open(contact.id)
  })
  const back = <IconButton name={t('back')} icon="chevronLeft" size="lg" tip="none" onClick={() => open(undefined)} />
  if (contact) return <OpenContact key={contact.id} contact={contact} back={back} />
  return (
    <DetailPane header={<PageHeader title={t('people')} back={back} />} className="p-6">
      {asked.isError ? (
        <div className="grid justify-items-start gap-3">
          <Note tone="no" role="alert">
            {t('contactFailed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      ) : (
        <TextSkeleton lines={8} />
      )}
    </DetailPane>
  )
}

function OpenContact({ contact, back }: { readonly contact: Contact; readonly back: ReactNode }) {
  const t = useWords(contactsWords)
  const { search, change, open } = useContactsAddress()
  const [booking, setBooking] = useState(false)
  const [right, setRight] = useState<RightsAct>()
  const rights = { contactId: contact.id, name: contact.name, onClose: () => setRight(undefined) }
  const book = () => setBooking(true)
  return (
    <>
      <DetailPane
        header={
          <PageHeader
            title={contact.name}
            back={back}
            actions={<ContactMenu contact={contact} onEdit={() => change({ form: 'edit' })} onRight={setRight} />}
          />
        }
      >
        <ContactHead contact={contact} />
        <ContactActions contact={contact} onBook={book} onNote={() => change({ tab: 'notes' })} onEdit={() => change({ form: 'edit' })} />
        <ContactFacts contact={contact} />
        <details className="group border-t border-line px-6 py-3 phone:px-4 three:hidden">
          <summary className="flex min-h-(--control-sm) items-center gap-2 text-sm font-medium">
            <Icon name="chevronRight" className="text-ink-3 transition-transform group-open:rotate-90" />
            {t('may', { name: contact.name })}
          </summary>
          <MayContact contact={contact} bare />
        </details>
        <ContactParts contact={contact} onBook={book} />
      </DetailPane>
      <SidePane label={t('actions')}>
        <NextVisit contact={contact} onBook={book} />
        <MayContact contact={contact} />
      </SidePane>
      <Suspense>
        {search.form === 'edit' && <EditContactSheet contact={contact} onClose={() => change({ form: undefined }, { replace: true })} />}
        {right === 'export' && <ExportDialog {...rights} />}
        {right === 'erase' && <EraseDialog {...rights} onErased={() => open(undefined)} />}
        {right === 'rectify' && <RectifySheet contact={contact} onClose={rights.onClose} />}
        {right === 'restrict' && <RestrictDialog {...rights} />}
        {booking && (
          <BookSheet
            open
            onOpenChange={setBooking}
            prefill={{ contact: { id: contact.id, name: contact.name } }}
            onBooked={() => setBooking(false)}
          />
        )}
      </Suspense>
    </>
  )
}
