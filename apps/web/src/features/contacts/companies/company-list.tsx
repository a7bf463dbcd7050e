import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { shellWords } from '../../../app/words.ts'
import { useCommands } from '../../../lib/commands.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { List, rowLook, rowProps } from '../../../ui/list.tsx'
import { Name } from '../../../ui/name.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ListPane } from '../../../ui/panes.tsx'
import { ListSkeleton } from '../../../ui/skeleton.tsx'
import { More } from '../../../ui/table.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { RoomTabs } from '../room-tabs.tsx'
import { CompanySheet } from './company-sheet.tsx'
import { mayWriteCompanies } from './may-write.ts'
import { type Company, companyListQuery } from './queries.ts'
import { companiesWords } from './words.ts'

/** Companies by name, searched as one types. */
export function CompanyList() {
  const t = useWords(companiesWords)
  const shell = useWords(shellWords)
  const { slug: workspace, role } = useWorkspace()
  const navigate = useNavigate()
  const { companyId } = useParams({ strict: false })
  const [text, setText] = useState('')
  const [archived, setArchived] = useState(false)
  const [adding, setAdding] = useState(false)
  const may = mayWriteCompanies.includes(role)
  const add = () => setAdding(true)
  useCommands(may ? [{ label: t('add'), group: t('companies'), keys: 'c', icon: 'plus', run: add }] : [])
  const open = (id: string) =>
    void navigate({ to: '/w/$workspace/contacts/companies/$companyId', params: { workspace, companyId: id }, search: {} })
  return (
    <ListPane
      label={t('companies')}
      header={
        <>
          <PageHeader
            title={shell('room/contacts')}
            level={companyId === undefined ? 'h1' : 'h2'}
            actions={may && <IconButton name={t('add')} icon="plus" variant="plain" keys="c" onClick={add} />}
          >
            <RoomTabs />
          </PageHeader>
          <div className="px-3 pt-3 pb-1">
            <TextField
              label={t('search')}
              quiet
              type="search"
              icon="search"
              placeholder={t('searchHint')}
              autoComplete="off"
              maxLength={120}
              value={text}
              onChange={setText}
            />
          </div>
        </>
      }
    >
      <Found text={text.trim()} archived={archived} onAdd={may ? add : undefined} />
      <p className="p-3 text-xs">
        <button type="button" onClick={() => setArchived(!archived)} className="text-ink-3 underline underline-offset-2 hover:text-ink">
          {archived ? t('showCurrent') : t('showArchived')}
        </button>
      </p>
      {adding && (
        <CompanySheet
          name={text.trim()}
          onClose={() => setAdding(false)}
          onOpen={open}
          onSaved={({ id }) => {
            setText('')
            open(id)
          }}
        />
      )}
    </ListPane>
  )
}

type FoundProps = { readonly text: string; readonly archived: boolean; readonly onAdd: (() => void) | undefined }

function Found({ text, archived, onAdd }: FoundProps) {
  const t = useWords(companiesWords)
  const explain = useExplain()
  const asked = useInfiniteQuery(companyListQuery(text, archived ? 'only' : 'no'))
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
  if (items.length === 0) {
    const action = onAdd && !archived && (
      <Button icon="plus" onClick={onAdd}>
        {t('add')}
      </Button>
    )
    return (
      <EmptyState icon="building" action={action}>
        {text ? t('noneFound', { text }) : t('empty')}
      </EmptyState>
    )
  }
  const more = { hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }
  return (
    <List label={t('companies')} items={items} keyOf={({ id }) => id} end={<More {...more} />}>
      {(company) => <CompanyRow company={company} />}
    </List>
  )
}

function CompanyRow({ company }: { readonly company: Company }) {
  const t = useWords(companiesWords)
  const { slug: workspace } = useWorkspace()
  return (
    <Link
      {...rowProps}
      to="/w/$workspace/contacts/companies/$companyId"
      params={{ workspace, companyId: company.id }}
      search={{}}
      className={rowLook}
    >
      <span className="row-span-2 grid size-8 place-items-center rounded-md bg-fill text-ink-3">
        <Icon name="building" />
      </span>
      <Name cut className="font-strong">
        {company.name}
      </Name>
      <span className="truncate text-ink-2">{[company.domain, t('count', { count: company.contacts })].filter(Boolean).join(' · ')}</span>
    </Link>
  )
}
