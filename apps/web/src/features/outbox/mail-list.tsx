import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { shellWords } from '../../app/words.ts'
import { useMinute } from '../../lib/clock.ts'
import { useFormats, useReader, useWords } from '../../lib/i18n.tsx'
import { listTime } from '../../lib/list-time.ts'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List, rowLook, rowProps } from '../../ui/list.tsx'
import { Name } from '../../ui/name.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ListPane } from '../../ui/panes.tsx'
import { ListSkeleton } from '../../ui/skeleton.tsx'
import { tabListLook, tabLook } from '../../ui/tab-look.ts'
import { More } from '../../ui/table.tsx'
import { type OutboxList, outboxLists, readOutboxSearch } from './address.ts'
import { MailStateBadge } from './mail-state.tsx'
import { type MailSummary, outboxQuery } from './queries.ts'
import { WaitingMails } from './waiting-mails.tsx'
import { outboxWords } from './words.ts'

/** Mails of one list; which one stands in the address. */
export function MailList() {
  const t = useWords(outboxWords)
  const shell = useWords(shellWords)
  const { mailId } = useParams({ strict: false })
  const { list = 'all' } = readOutboxSearch(useSearch({ from: '/w/$workspace/outbox' }))
  return (
    <ListPane
      label={t('mails')}
      header={
        <>
          <PageHeader title={shell('room/outbox')} level={mailId === undefined ? 'h1' : 'h2'}>
            <nav aria-label={t('lists')} className={`${tabListLook} border-0 px-2`}>
              {outboxLists.map((one) => (
                <Link
                  key={one}
                  to="."
                  search={(before) => readOutboxSearch({ ...before, list: one })}
                  replace
                  activeOptions={{ exact: true }}
                  className={tabLook}
                >
                  {t(`list/${one}`)}
                </Link>
              ))}
            </nav>
          </PageHeader>
          <WaitingMails />
        </>
      }
    >
      <Listed list={list} />
    </ListPane>
  )
}

function Listed({ list }: { readonly list: OutboxList }) {
  const t = useWords(outboxWords)
  const explain = useExplain()
  const asked = useInfiniteQuery(outboxQuery(list))
  if (asked.isError && !asked.data) {
    return (
      <div className="grid justify-items-start gap-3 p-2">
        <Note tone="no" role="alert">
          {t('listFailed', { reason: explain(asked.error).message })}
        </Note>
        <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
      </div>
    )
  }
  if (!asked.data) return <ListSkeleton rows={8} />
  const items = asked.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <NothingListed list={list} />
  return (
    <List
      label={t('mails')}
      items={items}
      keyOf={(mail) => mail.id}
      end={<More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />}
    >
      {(mail) => <MailRow mail={mail} list={list} />}
    </List>
  )
}

function MailRow({ mail, list }: { readonly mail: MailSummary; readonly list: OutboxList }) {
  const t = useWords(outboxWords)
  const { slug: workspace } = useWorkspace()
  const { tag, zone } = useReader()
  const formats = useFormats()
  const now = useMinute()
  return (
    <Link
      {...rowProps}
      to="/w/$workspace/outbox/$mailId"
      params={{ workspace, mailId: mail.id }}
      search={list === 'all' ? {} : { list }}
      activeOptions={{ includeSearch: false }}
      className={`${rowLook} grid-cols-[minmax(0,1fr)]!`}
    >
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate font-strong">
          <bdi dir="ltr">{mail.to}</bdi>
        </span>
        <time dateTime={mail.createdAt} title={formats.dateTime(mail.createdAt)} className="shrink-0 text-xs text-ink-3">
          {listTime(mail.createdAt, now, tag, zone)}
        </time>
      </span>
      <span className="flex items-center gap-2 text-ink-2">
        <Name cut className="flex-1">
          {mail.subject || t('noSubject')}
        </Name>
        <MailStateBadge state={mail.state} />
      </span>
    </Link>
  )
}

function NothingListed({ list }: { readonly list: OutboxList }) {
  const t = useWords(outboxWords)
  const { slug: workspace } = useWorkspace()
  if (list === 'all') {
    return (
      <EmptyState
        icon="outbox"
        action={
          <Link to="/w/$workspace/services" params={{ workspace }} className={buttonLook({ variant: 'solid' })}>
            {t('share')}
          </Link>
        }
      >
        {t('empty')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon="check"
      action={
        <Link to="." search={(before) => readOutboxSearch({ ...before, list: 'all' })} className={buttonLook()}>
          {t('showAll')}
        </Link>
      }
    >
      {t(`empty/${list}`)}
    </EmptyState>
  )
}
