import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { shellWords } from '../../../app/words.ts'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { List, rowLook, rowProps } from '../../../ui/list.tsx'
import { Name } from '../../../ui/name.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ListPane } from '../../../ui/panes.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { ListSkeleton } from '../../../ui/skeleton.tsx'
import { More } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { RoomTabs } from '../room-tabs.tsx'
import { type DuplicatePage, type DuplicatePair, type DuplicatesShown, duplicateListQuery } from './queries.ts'
import { reasonWord } from './reason-words.ts'
import { duplicatesWords } from './words.ts'

const shown: readonly DuplicatesShown[] = ['same', 'household', 'not_same']

/** Contacts that may be one person, the likeliest first, each pair with its reasons. */
export function DuplicateList() {
  const t = useWords(duplicatesWords)
  const shell = useWords(shellWords)
  const { survivorId } = useParams({ strict: false })
  const [show, setShow] = useState<DuplicatesShown>('same')
  const asked = useInfiniteQuery(duplicateListQuery(show))
  return (
    <ListPane
      label={t('duplicates')}
      header={
        <>
          <PageHeader title={shell('room/contacts')} level={survivorId === undefined ? 'h1' : 'h2'}>
            <RoomTabs />
          </PageHeader>
          <div className="px-3 pt-3 pb-1">
            <SegmentedControl
              label={t('show')}
              value={show}
              onChange={setShow}
              options={shown.map((value) => ({ value, label: t(`show/${value}`) }))}
              wide
            />
          </div>
        </>
      }
    >
      <Found asked={asked} show={show} />
      {asked.data && <SearchAll search={asked.data.pages[0]?.search ?? null} />}
    </ListPane>
  )
}

type Asked = UseInfiniteQueryResult<InfiniteData<DuplicatePage>>

function Found({ asked, show }: { readonly asked: Asked; readonly show: DuplicatesShown }) {
  const t = useWords(duplicatesWords)
  const explain = useExplain()
  const items = asked.data?.pages.flatMap((page) => page.items)
  if (asked.isError && items === undefined) {
    return (
      <div className="grid justify-items-start gap-3 p-2">
        <Note tone="no" role="alert">
          {t('failed', { reason: explain(asked.error).message })}
        </Note>
        <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
      </div>
    )
  }
  if (items === undefined) return <ListSkeleton rows={6} />
  if (items.length === 0) return <EmptyState icon="users">{t(`empty/${show}`)}</EmptyState>
  const more = { hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }
  return (
    <List label={t('duplicates')} items={items} keyOf={({ id }) => id} end={<More {...more} />}>
      {(pair) => <PairRow pair={pair} />}
    </List>
  )
}

function PairRow({ pair }: { readonly pair: DuplicatePair }) {
  const t = useWords(duplicatesWords)
  const { list } = useFormats()
  const { slug: workspace } = useWorkspace()
  const { survivorId, mergedId } = useParams({ strict: false })
  const [one, other] = pair.contacts
  if (!one || !other) return null
  const here = [survivorId, mergedId].includes(one.id) && [survivorId, mergedId].includes(other.id)
  return (
    <Link
      {...rowProps}
      to="/w/$workspace/contacts/duplicates/$survivorId/$mergedId"
      params={{ workspace, survivorId: one.id, mergedId: other.id }}
      search={{}}
      className={rowLook}
      aria-current={here ? 'true' : undefined}
    >
      <span className="row-span-2 grid size-8 place-items-center rounded-md bg-fill text-ink-3">
        <Icon name="users" />
      </span>
      <Name cut className="font-strong">
        {t('and', { one: one.name, other: other.name })}
      </Name>
      <span className="line-clamp-2 text-ink-2">{list(pair.reasons.map((reason) => reasonWord(t, reason)))}</span>
    </Link>
  )
}

function SearchAll({ search }: { readonly search: DuplicatePage['search'] }) {
  const t = useWords(duplicatesWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const [busy, setBusy] = useState(false)
  const start = async () => {
    setBusy(true)
    try {
      await call('POST /duplicates/search')
      await queries.invalidateQueries({ queryKey: ['contacts', 'duplicates', 'list'] })
    } catch (error) {
      notices.show({ tone: 'no', text: t('failed', { reason: explain(error).message }) })
    } finally {
      setBusy(false)
    }
  }
  if (search && search.finishedAt === null)
    return (
      <div className="p-3">
        <Progress label={t('searching')} done={search.looked} total={search.total} note={t('searchLeave')} />
      </div>
    )
  return (
    <div className="grid justify-items-start gap-2 p-3">
      <Button size="sm" icon="search" busy={busy} onClick={() => void start()}>
        {t('searchAll')}
      </Button>
      {search?.finishedAt && (
        <p className="text-xs text-ink-3">{t.parts('searched', { when: <Ago key="when" at={search.finishedAt} /> })}</p>
      )}
    </div>
  )
}
