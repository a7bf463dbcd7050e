import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { List } from '../../ui/list.tsx'
import { ListPane } from '../../ui/panes.tsx'
import { ListSkeleton } from '../../ui/skeleton.tsx'
import { More } from '../../ui/table.tsx'
import { viewOf } from './address.ts'
import { ContactRow } from './contact-row.tsx'
import { ContactsHead } from './contacts-head.tsx'
import { type ContactSummary, contactListQuery, contactSearchQuery } from './queries.ts'
import { SelectionContext } from './segments/selection.ts'
import { useChoosing } from './segments/use-choosing.ts'
import { type ContactsAddress, useContactsAddress } from './use-contacts-address.ts'
import { contactsWords } from './words.ts'

const Nobody = lazy(() => import('./nobody.tsx').then((file) => ({ default: file.Nobody })))
const BulkBar = lazy(() => import('./segments/bulk-bar.tsx').then((file) => ({ default: file.BulkBar })))
const ListCheck = lazy(() => import('../privacy/gate/list-check.tsx').then((file) => ({ default: file.ListCheck })))

/** Everybody, searched, narrowed and ordered as the address says; `beside` says that something else than one of them is open next to the list. */
export function ContactList({ beside }: { readonly beside: boolean }) {
  const t = useWords(contactsWords)
  const address = useContactsAddress()
  const { search } = address
  const found = useFound(address)
  const [asking, setAsking] = useState(false)
  const selection = useChoosing()
  const { chosen } = selection
  return (
    <ListPane
      label={t('people')}
      header={<ContactsHead address={address} beside={beside} selection={selection} onAsk={() => setAsking(true)} />}
    >
      <SelectionContext value={chosen && { ids: chosen, toggle: selection.toggle }}>
        <Found found={found} address={address} />
      </SelectionContext>
      <Suspense>{chosen && <BulkBar ids={chosen} view={viewOf(search)} onNone={selection.none} onDone={selection.end} />}</Suspense>
      <Suspense>{asking && <ListCheck tag={search.tag} onClose={() => setAsking(false)} />}</Suspense>
    </ListPane>
  )
}

type FoundContacts = {
  readonly items: readonly ContactSummary[] | undefined
  readonly error: unknown
  readonly again: () => void
  readonly more: { readonly hasMore: boolean; readonly busy: boolean; readonly onMore: () => void }
}

/** Searched where something is looked for, otherwise page by page. */
function useFound({ search }: ContactsAddress): FoundContacts {
  const text = search.q ?? ''
  const listed = useInfiniteQuery({
    ...contactListQuery({
      sort: search.sort === 'name' ? 'name' : 'recent',
      tag: search.tag,
      ownerMemberId: search.owner,
      archived: search.archived ? 'only' : 'no',
      field: search.field,
      is: search.is,
      filter: search.filter,
    }),
    enabled: text === '',
  })
  const searched = useQuery({ ...contactSearchQuery(text), enabled: text !== '' })
  const asked = text === '' ? listed : searched
  return {
    items: text === '' ? listed.data?.pages.flatMap((page) => page.items) : searched.data?.items,
    error: asked.isError && asked.data === undefined ? asked.error : undefined,
    again: () => void asked.refetch(),
    more: {
      hasMore: text === '' && listed.hasNextPage,
      busy: listed.isFetchingNextPage,
      onMore: () => void listed.fetchNextPage(),
    },
  }
}

function Found({ found: { items, error, again, more }, address }: { readonly found: FoundContacts; readonly address: ContactsAddress }) {
  const t = useWords(contactsWords)
  const explain = useExplain()
  if (error !== undefined) {
    return (
      <div className="grid justify-items-start gap-3 p-2">
        <Note tone="no" role="alert">
          {t('listFailed', { reason: explain(error).message })}
        </Note>
        <Button onClick={again}>{t('again')}</Button>
      </div>
    )
  }
  if (items === undefined) return <ListSkeleton rows={9} />
  // The first page of a rare filter may be empty while others follow.
  if (items.length === 0)
    return more.hasMore ? (
      <More {...more} />
    ) : (
      <Suspense>
        <Nobody address={address} />
      </Suspense>
    )
  return (
    <List label={t('people')} items={items} keyOf={(contact) => contact.id} end={<More {...more} />}>
      {(contact) => <ContactRow contact={contact} />}
    </List>
  )
}
