import type { ReactNode } from 'react'
import { shellWords } from '../../app/words.ts'
import { useCommands } from '../../lib/commands.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useNarrow } from '../../lib/narrow.ts'
import { useWorkspace } from '../../lib/session.ts'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { onDemandMenu } from '../../ui/on-demand-menu.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { FilterMenu, NarrowedTo } from './list-filters.tsx'
import type { ListMenuProps } from './list-menu.tsx'
import { ListSearch } from './list-search.tsx'
import { RoomTabs } from './room-tabs.tsx'
import { FilterRow } from './segments/filter-row.tsx'
import { mayFillLists } from './segments/may-keep.ts'
import type { Choosing } from './segments/use-choosing.ts'
import type { ContactsAddress } from './use-contacts-address.ts'
import { contactsWords } from './words.ts'

const ListMenu = onDemandMenu<ListMenuProps>(() => import('./list-menu.tsx').then((file) => file.ListMenu))

export type ContactsHeadProps = {
  readonly address: ContactsAddress
  /** Something else than one of them is open next to the list. */
  readonly beside: boolean
  /** Left out where nobody can be chosen, as on a board. */
  readonly selection?: Choosing | undefined
  readonly onAsk: () => void
  /** Across the whole screen, as over the table. */
  readonly wide?: boolean
  /** More that is done with what is shown. */
  readonly children?: ReactNode
}

/** What is over the people: what can be done in the room, what is looked for, and what they are narrowed to. */
export function ContactsHead({
  address: { search, contactId, open, change },
  beside,
  selection,
  onAsk,
  wide = false,
  children,
}: ContactsHeadProps) {
  const t = useWords(contactsWords)
  const shell = useWords(shellWords)
  const { role } = useWorkspace()
  const narrow = useNarrow()
  const choosing = mayFillLists.includes(role) ? selection : undefined
  const turnLook = () => open(undefined, { look: wide ? undefined : 'table' })
  const lookName = t(wide ? 'asList' : 'asTable')
  useCommands([
    ...(choosing ? [{ label: t('selectSeveral'), group: t('group'), keys: 'x', icon: 'check' as const, run: choosing.turn }] : []),
    ...(narrow ? [] : [{ label: lookName, group: t('group'), icon: 'table' as const, run: turnLook }]),
  ])
  return (
    <>
      <PageHeader
        title={shell('room/contacts')}
        level={contactId === undefined && !beside ? 'h1' : 'h2'}
        actions={
          <>
            {!narrow && <IconButton name={lookName} icon={wide ? 'rows' : 'table'} onClick={turnLook} />}
            <FilterMenu search={search} onChange={change} />
            <ListMenu
              trigger={<IconButton name={t('listMenu')} icon="more" tip="none" />}
              onAsk={onAsk}
              onTakeOut={() => change({ form: 'export' })}
            />
            <IconButton name={t('add')} icon="plus" variant="plain" keys="c" onClick={() => change({ form: 'new' })} />
          </>
        }
      >
        <RoomTabs />
      </PageHeader>
      <div className={cx('grid gap-2 px-3 pt-3 pb-1', wide && 'grid-cols-[16rem_minmax(0,1fr)] items-start px-4 pb-2')}>
        <ListSearch value={search.q ?? ''} onChange={(q) => change({ q }, { replace: true })} />
        <FilterRow search={search} onChange={change} wide={wide}>
          {choosing && (
            <IconButton
              name={t('selectSeveral')}
              icon="check"
              size="sm"
              aria-pressed={choosing.chosen !== undefined}
              onClick={choosing.turn}
              {...(choosing.chosen ? { variant: 'plain' as const } : {})}
            />
          )}
          {children}
        </FilterRow>
        <div className={cx('empty:hidden', wide && 'col-span-full')}>
          <NarrowedTo search={search} onChange={change} />
        </div>
      </div>
    </>
  )
}
