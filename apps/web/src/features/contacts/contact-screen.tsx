import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { DetailScreen } from '../../app/detail-screen.tsx'
import { shellWords } from '../../app/words.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Icon } from '../../ui/icon.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { DetailPane, SidePane } from '../../ui/panes.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { ContactActions } from './contact-actions.tsx'
import { ContactFacts } from './contact-facts.tsx'
import { ContactHead } from './contact-head.tsx'
import { ContactMenu, mayCorrect, type RightsAct } from './contact-menu.tsx'
import { ContactParts } from './contact-parts.tsx'
import { MayContact, mayRecordFacts } from './may-contact.tsx'
import { mayContactWords } from './may-contact-words.ts'
import { NextVisit } from './next-visit.tsx'
import { type Contact, contactQuery } from './queries.ts'
import { useContactsAddress } from './use-contacts-address.ts'
import { contactsWords } from './words.ts'

const BookSheet = lazy(() => import('../calendar/book-sheet.tsx').then((file) => ({ default: file.BookSheet })))
const EditContactSheet = lazy(() => import('./edit-contact-sheet.tsx').then((file) => ({ default: file.EditContactSheet })))

const ContactWaiting = lazy(() => import('../waitlist/contact-waiting.tsx').then((file) => ({ default: file.ContactWaiting })))
const OwnFields = lazy(() => import('./fields/own-fields.tsx').then((file) => ({ default: file.OwnFields })))
const MergeWithDialog = lazy(() => import('./merge/merge-with-dialog.tsx').then((file) => ({ default: file.MergeWithDialog })))
const ExportDialog = lazy(() => import('../privacy/erasure/export-dialog.tsx').then((file) => ({ default: file.ExportDialog })))
const KnownFactDialog = lazy(() => import('../privacy/gate/known-fact-dialog.tsx').then((file) => ({ default: file.KnownFactDialog })))
const EraseDialog = lazy(() => import('../privacy/erasure/erase-dialog.tsx').then((file) => ({ default: file.EraseDialog })))
const RectifySheet = lazy(() => import('../privacy/erasure/rectify-sheet.tsx').then((file) => ({ default: file.RectifySheet })))
const RecipientsDialog = lazy(() =>
  import('../privacy/registers/recipients-dialog.tsx').then((file) => ({ default: file.RecipientsDialog })),
)
const RestrictDialog = lazy(() => import('../privacy/erasure/restrict-dialog.tsx').then((file) => ({ default: file.RestrictDialog })))

const AgeDialog = lazy(() => import('../privacy/ages/age-dialog.tsx').then((file) => ({ default: file.AgeDialog })))
const PlaceDialog = lazy(() => import('../privacy/ages/place-dialog.tsx').then((file) => ({ default: file.PlaceDialog })))

const route = getRouteApi('/w/$workspace/contacts/$contactId')

/** One contact: who she is, what happened, what comes next, and whether she may be contacted. */
export function ContactScreen() {
  const t = useWords(contactsWords)
  const { contactId } = route.useParams()
  const { open } = useContactsAddress()
  const asked = useQuery(contactQuery(contactId))
  const contact = asked.data
  useEffect(() => {
    // A merged contact answers as the one it became; the address follows.
    if (contact && contact.id !== contactId) open(contact.id)
  })
  return (
    <DetailScreen
      asked={asked}
      title={t('people')}
      back={t('back')}
      onBack={() => open(undefined)}
      failed={(reason) => t('contactFailed', { reason })}
      again={t('again')}
      lines={8}
    >
      {(found, back) => <OpenContact key={found.id} contact={found} back={back} />}
    </DetailScreen>
  )
}

/** What a contact belongs to: the list as it was filtered. */
function TrailLink() {
  const shell = useWords(shellWords)
  const { slug } = useWorkspace()
  const { search } = useContactsAddress()
  const { tab: _, form: __, ...list } = search
  return (
    <Link to="/w/$workspace/contacts" params={{ workspace: slug }} search={list} className="text-ink-2 no-underline hover:underline">
      {shell('room/contacts')}
    </Link>
  )
}

function OpenContact({ contact, back }: { readonly contact: Contact; readonly back: ReactNode }) {
  const t = useWords(contactsWords)
  const gate = useWords(mayContactWords)
  const { search, change, open } = useContactsAddress()
  const { role } = useWorkspace()
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
            whole
            trail={<TrailLink />}
            back={back}
            actions={<ContactMenu contact={contact} onEdit={() => change({ form: 'edit' })} onRight={setRight} />}
          />
        }
      >
        <ContactHead contact={contact} onAge={mayCorrect.includes(role) ? () => setRight('age') : undefined} />
        <ContactActions
          contact={contact}
          onBook={book}
          onNote={() => change({ tab: 'notes' })}
          onTasks={() => change({ tab: 'tasks' })}
          onEdit={() => change({ form: 'edit' })}
        />
        <ContactFacts contact={contact} />
        <Suspense fallback={<TextSkeleton lines={2} />}>
          <OwnFields contact={contact} />
        </Suspense>
        <details className="group border-t border-line px-6 py-3 phone:px-4 three:hidden">
          <summary className="flex min-h-(--control-sm) items-center gap-2 text-sm font-medium">
            <Icon name="chevronRight" className="text-ink-3 transition-transform group-open:rotate-90" />
            {gate('may', { name: contact.name })}
          </summary>
          <MayContact contact={contact} bare />
        </details>
        <ContactParts contact={contact} onBook={book} />
      </DetailPane>
      <SidePane label={t('actions')}>
        <NextVisit contact={contact} onBook={book} />
        <Suspense>
          <ContactWaiting contact={contact} />
        </Suspense>
        <MayContact contact={contact} />
      </SidePane>
      <Suspense>
        {search.form === 'edit' && <EditContactSheet contact={contact} onClose={() => change({ form: undefined }, { replace: true })} />}
        {search.form === 'known' && mayRecordFacts.includes(role) && (
          <KnownFactDialog contact={contact} start="reassigned" onClose={() => change({ form: undefined }, { replace: true })} />
        )}
        {right === 'merge' && <MergeWithDialog contact={contact} onClose={rights.onClose} />}
        {right === 'export' && <ExportDialog {...rights} />}
        {right === 'erase' && <EraseDialog {...rights} onErased={() => open(undefined)} />}
        {right === 'rectify' && <RectifySheet contact={contact} onClose={rights.onClose} />}
        {right === 'recipients' && <RecipientsDialog {...rights} />}
        {right === 'restrict' && <RestrictDialog {...rights} />}
        {right === 'age' && <AgeDialog {...rights} />}
        {right === 'place' && <PlaceDialog {...rights} />}
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
