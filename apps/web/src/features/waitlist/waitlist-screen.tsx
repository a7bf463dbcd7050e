import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useCommands } from '../../lib/commands.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useNarrow } from '../../lib/narrow.ts'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Page } from '../../ui/panes.tsx'
import { Select } from '../../ui/select.tsx'
import { ListSkeleton } from '../../ui/skeleton.tsx'
import { More } from '../../ui/table.tsx'
import { servicesQuery } from '../calendar/queries.ts'
import { readWaitlistSearch, type WaitlistSearch, waitlistFilters } from './address.ts'
import { mayChangeWaitlist } from './may-wait.ts'
import { type Waiting, waitlistQuery } from './queries.ts'
import { useWaitlistActs } from './use-waitlist-acts.ts'
import { WaitingRow } from './waiting-row.tsx'
import { waitlistWords } from './words.ts'

const WaitSheet = lazy(() => import('./wait-sheet.tsx').then((file) => ({ default: file.WaitSheet })))
const OfferDialog = lazy(() => import('./wait-sheet.tsx').then((file) => ({ default: file.OfferDialog })))
const route = getRouteApi('/w/$workspace/waitlist')

/** Who waits for a time, in the order in which times are offered. */
export function WaitlistScreen() {
  const t = useWords(waitlistWords)
  const { slug: workspace, role } = useWorkspace()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const search = readWaitlistSearch(route.useSearch())
  const services = useQuery(servicesQuery).data ?? []
  const [asking, setAsking] = useState<{ readonly what: 'offer' | 'edit'; readonly entry: Waiting }>()
  const mayChange = mayChangeWaitlist.includes(role)
  const go = (change: Partial<Record<keyof WaitlistSearch, unknown>>) =>
    void navigate({ to: '.', search: (before) => readWaitlistSearch({ ...before, ...change }), replace: true })
  const add = () => go({ add: true })
  useCommands(mayChange ? [{ label: t('add'), group: t('group'), keys: 'c', icon: 'plus', run: add }] : [])
  const close = () => setAsking(undefined)
  return (
    <Page
      header={
        <PageHeader
          title={t('title')}
          back={
            <IconButton
              name={t('back')}
              icon="chevronLeft"
              size="lg"
              tip="none"
              onClick={() => void navigate({ to: '/w/$workspace/calendar', params: { workspace } })}
            />
          }
          actions={
            mayChange &&
            (narrow ? (
              <IconButton name={t('add')} icon="plus" variant="plain" onClick={add} />
            ) : (
              <Button icon="plus" variant="solid" keys="c" onClick={add}>
                {t('add')}
              </Button>
            ))
          }
        />
      }
    >
      <div className="flex flex-wrap gap-3 px-4 pt-3">
        <Select
          label={t('service')}
          quiet
          value={search.service ?? ''}
          options={[{ value: '', label: t('everyService') }, ...services.map(({ id, name }) => ({ value: id as string, label: name }))]}
          onChange={(service) => go({ service: service || undefined })}
        />
        <Select
          label={t('state')}
          quiet
          value={search.state ?? ''}
          options={[{ value: '', label: t('state/live') }, ...waitlistFilters.map((value) => ({ value, label: t(`state/${value}`) }))]}
          onChange={(state) => go({ state: state || undefined })}
        />
      </div>
      <Listed search={search} mayChange={mayChange} onAdd={add} onAsk={(what, entry) => setAsking({ what, entry })} />
      <Suspense>
        {search.add && mayChange && <WaitSheet serviceId={search.service} onClose={() => go({ add: undefined })} />}
        {asking?.what === 'edit' && <WaitSheet entry={asking.entry} onClose={close} />}
        {asking?.what === 'offer' && <OfferDialog entry={asking.entry} onClose={close} />}
      </Suspense>
    </Page>
  )
}

type ListedProps = {
  readonly search: WaitlistSearch
  readonly mayChange: boolean
  readonly onAdd: () => void
  readonly onAsk: (what: 'offer' | 'edit', entry: Waiting) => void
}

function Listed({ search, mayChange, onAdd, onAsk }: ListedProps) {
  const t = useWords(waitlistWords)
  const explain = useExplain()
  const acts = useWaitlistActs()
  const asked = useInfiniteQuery(waitlistQuery(search))
  if (asked.isError && !asked.data)
    return (
      <div className="grid justify-items-start gap-3 p-4">
        <Note tone="no" role="alert">
          {t('failed', { reason: explain(asked.error).message })}
        </Note>
        <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
      </div>
    )
  if (!asked.data)
    return (
      <div className="p-4">
        <ListSkeleton rows={5} />
      </div>
    )
  const items = asked.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <NothingListed search={search} onAdd={mayChange ? onAdd : undefined} />
  const live = search.state === undefined
  return (
    <>
      <ol aria-label={t('list')} className="grid pt-2">
        {items.map((entry, at) => {
          // Whom she stands before now, to put her back there.
          const next = items[at + 1]
          const to = (before: Waiting | undefined) => () => void acts.move(entry, before, next)
          return (
            <WaitingRow
              key={entry.id}
              entry={entry}
              place={live ? at + 1 : undefined}
              mayChange={mayChange}
              moves={
                live
                  ? {
                      first: at > 0 ? to(items[0]) : undefined,
                      up: at > 0 ? to(items[at - 1]) : undefined,
                      down: next && (items[at + 2] || !asked.hasNextPage) ? to(items[at + 2]) : undefined,
                    }
                  : undefined
              }
              onOffer={() => onAsk('offer', entry)}
              onEdit={() => onAsk('edit', entry)}
              onRemove={() => void acts.remove(entry)}
              onRestore={() => void acts.restore(entry)}
            />
          )
        })}
      </ol>
      <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
    </>
  )
}

function NothingListed({ search, onAdd }: { readonly search: WaitlistSearch; readonly onAdd: (() => void) | undefined }) {
  const t = useWords(waitlistWords)
  if (search.state !== undefined || search.service !== undefined)
    return (
      <EmptyState
        icon="clock"
        action={
          <Link to="." search={{}} className={buttonLook()}>
            {t('showAll')}
          </Link>
        }
      >
        {t('emptyFilter')}
      </EmptyState>
    )
  return (
    <EmptyState
      icon="clock"
      action={
        onAdd && (
          <Button variant="solid" icon="plus" onClick={onAdd}>
            {t('add')}
          </Button>
        )
      }
    >
      {t('empty')}
    </EmptyState>
  )
}
