import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { shellWords } from '../../app/words.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List } from '../../ui/list.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ListPane } from '../../ui/panes.tsx'
import { ListSkeleton } from '../../ui/skeleton.tsx'
import { tabListLook, tabLook } from '../../ui/tab-look.ts'
import { More } from '../../ui/table.tsx'
import { type InboxList, inboxLists, readInboxSearch } from './address.ts'
import { ConversationRow } from './conversation-row.tsx'
import { conversationListQuery } from './queries.ts'
import { inboxWords } from './words.ts'

/** Conversations of one list; which one stands in the address. */
export function ConversationList() {
  const t = useWords(inboxWords)
  const shell = useWords(shellWords)
  const { conversationId } = useParams({ strict: false })
  const { status = 'open' } = readInboxSearch(useSearch({ from: '/w/$workspace/inbox' }))
  return (
    <ListPane
      label={t('conversations')}
      header={
        <PageHeader title={shell('room/inbox')} level={conversationId === undefined ? 'h1' : 'h2'}>
          <nav aria-label={t('lists')} className={`${tabListLook} border-0 px-2`}>
            {inboxLists.map((list) => (
              <Link
                key={list}
                to="."
                search={(before) => readInboxSearch({ ...before, status: list })}
                replace
                activeOptions={{ exact: true }}
                className={tabLook}
              >
                {t(`list/${list}`)}
              </Link>
            ))}
          </nav>
        </PageHeader>
      }
    >
      <Listed status={status} />
    </ListPane>
  )
}

function Listed({ status }: { readonly status: InboxList }) {
  const t = useWords(inboxWords)
  const explain = useExplain()
  const asked = useInfiniteQuery(conversationListQuery(status))
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
  if (items.length === 0) return <NothingListed status={status} />
  return (
    <List
      label={t('conversations')}
      items={items}
      keyOf={(conversation) => conversation.id}
      end={<More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />}
    >
      {(conversation) => <ConversationRow conversation={conversation} status={status} titled="name" />}
    </List>
  )
}

function NothingListed({ status }: { readonly status: InboxList }) {
  const t = useWords(inboxWords)
  const { slug } = useWorkspace()
  if (status === 'all') {
    return (
      <EmptyState
        icon="inbox"
        action={
          <Link to="/w/$workspace/services" params={{ workspace: slug }} className={buttonLook({ variant: 'solid' })}>
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
      icon={status === 'open' ? 'check' : 'inbox'}
      action={
        <Link to="." search={(before) => readInboxSearch({ ...before, status: 'all' })} className={buttonLook()}>
          {t('showAll')}
        </Link>
      }
    >
      {t(`empty/${status}`)}
    </EmptyState>
  )
}
