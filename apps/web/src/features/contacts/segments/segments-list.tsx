import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { shellWords } from '../../../app/words.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button, buttonLook } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { List, rowLook, rowProps } from '../../../ui/list.tsx'
import { Name } from '../../../ui/name.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ListPane } from '../../../ui/panes.tsx'
import { ListSkeleton } from '../../../ui/skeleton.tsx'
import { readContactsSearch } from '../address.ts'
import { RoomTabs } from '../room-tabs.tsx'
import { addressOfSegment } from './address-of-segment.ts'
import { partsOf } from './filter-value.ts'
import { ListDialog } from './list-dialog.tsx'
import { mayShareSegments } from './may-keep.ts'
import { type ContactList, listsQuery, type Segment, segmentCountQuery, segmentsQuery } from './queries.ts'
import { ListMenu, SegmentMenu } from './row-menus.tsx'
import { useSayFilter } from './use-say-filter.ts'
import { segmentsWords } from './words.ts'

/** The segments with how many meet each now, and the lists with how many are on each. */
export function SegmentsList() {
  const t = useWords(segmentsWords)
  const shell = useWords(shellWords)
  return (
    <ListPane
      label={t('group')}
      header={
        <PageHeader title={shell('room/contacts')} level="h1">
          <RoomTabs />
        </PageHeader>
      }
    >
      <Segments />
      <Lists />
    </ListPane>
  )
}

function Part({ title, action, children }: { readonly title: string; readonly action?: ReactNode; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-1 pb-4">
      <div className="flex min-h-9 items-center justify-between px-3 pt-2">
        <h2 className="text-xs font-strong text-ink-3">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  )
}

function Failed({ error, again }: { readonly error: unknown; readonly again: () => void }) {
  const t = useWords(segmentsWords)
  const explain = useExplain()
  return (
    <div className="grid justify-items-start gap-3 p-2">
      <Note tone="no" role="alert">
        {t('failed', { reason: explain(error).message })}
      </Note>
      <Button onClick={again}>{t('again')}</Button>
    </div>
  )
}

function Segments() {
  const t = useWords(segmentsWords)
  const { slug: workspace } = useWorkspace()
  const asked = useQuery(segmentsQuery)
  const items = asked.data?.items
  const say = useSayFilter((items ?? []).map(({ filter }) => filter))
  return (
    <Part title={t('segments')}>
      {asked.isError && !items && <Failed error={asked.error} again={() => void asked.refetch()} />}
      {asked.isPending && <ListSkeleton rows={3} />}
      {items?.length === 0 && (
        <EmptyState
          icon="filter"
          action={
            <Link to="/w/$workspace/contacts" params={{ workspace }} search={{}} className={buttonLook()}>
              {t('toPeople')}
            </Link>
          }
        >
          {t('emptySegments')}
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <List label={t('segments')} items={items} keyOf={({ id }) => id}>
          {(segment) => (
            <SegmentRow
              segment={segment}
              words={partsOf(segment.filter).parts.length === 0 ? t('everybody') : say.filter(segment.filter)}
            />
          )}
        </List>
      )}
    </Part>
  )
}

function SegmentRow({ segment, words }: { readonly segment: Segment; readonly words: string }) {
  const t = useWords(segmentsWords)
  const { slug: workspace } = useWorkspace()
  return (
    <div className="relative">
      <Link
        {...rowProps}
        to="/w/$workspace/contacts"
        params={{ workspace }}
        search={() => readContactsSearch(addressOfSegment(segment))}
        className={`${rowLook} pe-12`}
      >
        <Mark icon={segment.look ? 'table' : 'filter'} />
        <span className="flex items-baseline gap-2">
          <Name cut className="flex-1 font-strong">
            {segment.name}
          </Name>
          <SegmentCount segment={segment} />
        </span>
        <span className="truncate text-ink-2">{segment.shared ? words : `${t('private')} · ${words}`}</span>
      </Link>
      <span className="absolute end-2 top-1/2 -translate-y-1/2">
        <SegmentMenu segment={segment} />
      </span>
    </div>
  )
}

const Mark = ({ icon }: { readonly icon: 'filter' | 'table' | 'users' }) => (
  <span className="row-span-2 grid size-8 place-items-center rounded-md bg-fill text-ink-3">
    <Icon name={icon} />
  </span>
)

/** How many meet it, and since when that is known. */
function SegmentCount({ segment }: { readonly segment: Segment }) {
  const t = useWords(segmentsWords)
  const formats = useFormats()
  const explain = useExplain()
  const asked = useQuery(segmentCountQuery(segment.id))
  if (asked.data)
    return (
      <span className="figures shrink-0 text-xs text-ink-2" title={t('countedAt', { when: formats.dateTime(asked.data.countedAt) })}>
        {formats.number(asked.data.count)}
      </span>
    )
  if (!asked.isError) return <span className="shrink-0 text-xs text-ink-3">…</span>
  const why = t('noCount', { reason: explain(asked.error).message })
  return (
    <span className="shrink-0 text-no-ink" title={why}>
      <Icon name="alert" size="xs" />
      <span className="sr-only">{why}</span>
    </span>
  )
}

function Lists() {
  const t = useWords(segmentsWords)
  const { role } = useWorkspace()
  const [archived, setArchived] = useState(false)
  const [making, setMaking] = useState(false)
  const asked = useQuery(listsQuery(archived ? 'only' : 'no'))
  const items = asked.data?.items
  const may = mayShareSegments.includes(role)
  const make = may && (
    <Button size="sm" icon="plus" onClick={() => setMaking(true)}>
      {t('newList')}
    </Button>
  )
  return (
    <Part title={archived ? t('showArchived') : t('lists')} action={items && items.length > 0 && make}>
      {asked.isError && !items && <Failed error={asked.error} again={() => void asked.refetch()} />}
      {asked.isPending && <ListSkeleton rows={3} />}
      {items?.length === 0 && (
        <EmptyState icon="users" action={!archived && make}>
          {t('emptyLists')}
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <List label={t('lists')} items={items} keyOf={({ id }) => id}>
          {(list) => <ListRow list={list} may={may} />}
        </List>
      )}
      <p className="p-3 text-xs">
        <button type="button" onClick={() => setArchived(!archived)} className="text-ink-3 underline underline-offset-2 hover:text-ink">
          {archived ? t('showCurrent') : t('showArchived')}
        </button>
      </p>
      {making && <ListDialog onClose={() => setMaking(false)} />}
    </Part>
  )
}

function ListRow({ list, may }: { readonly list: ContactList; readonly may: boolean }) {
  const t = useWords(segmentsWords)
  const { slug: workspace } = useWorkspace()
  const count = t('people', { count: list.contacts })
  const inside = (
    <>
      <Mark icon="users" />
      <Name cut className="font-strong">
        {list.name}
      </Name>
      <span className="truncate text-ink-2">{count}</span>
    </>
  )
  return (
    <div className="relative">
      {list.archivedAt ? (
        <div className={`${rowLook} pe-12`}>{inside}</div>
      ) : (
        <Link
          {...rowProps}
          to="/w/$workspace/contacts"
          params={{ workspace }}
          search={{ filter: { all: [{ on: 'list', listId: list.id }] } }}
          className={`${rowLook} pe-12`}
        >
          {inside}
        </Link>
      )}
      {may && (
        <span className="absolute end-2 top-1/2 -translate-y-1/2">
          <ListMenu list={list} />
        </span>
      )}
    </div>
  )
}
