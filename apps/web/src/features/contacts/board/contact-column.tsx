import { useInfiniteQuery } from '@tanstack/react-query'
import type { PointerEvent as ReactPointerEvent } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { BoardColumn } from '../../../ui/board.tsx'
import { Button } from '../../../ui/button.tsx'
import type { CardDrag } from '../../../ui/use-drag-card.ts'
import type { ContactsSearch } from '../address.ts'
import type { ContactRow, Group } from '../table/queries.ts'
import type { Around } from '../table/table-cell.tsx'
import { tableWords } from '../table/words.ts'
import { ContactCard } from './contact-card.tsx'
import { columnQuery } from './queries.ts'

export type ContactColumnProps = {
  readonly search: ContactsSearch
  readonly group: Group
  readonly title: string
  readonly around: Around
  readonly hint: string
  readonly drag: CardDrag<ContactRow> | undefined
  readonly onGrab: ((event: ReactPointerEvent<HTMLElement>, row: ContactRow) => void) | undefined
}

/** One value of the board, and the people with it. */
export function ContactColumn({ search, group, title, around, hint, drag, onGrab }: ContactColumnProps) {
  const t = useWords(tableWords)
  const formats = useFormats()
  const explain = useExplain()
  const asked = useInfiniteQuery(columnQuery({ ...search, inGroup: group.key }))
  const items = asked.data?.pages.flatMap((page) => page.items) ?? []
  const isOver = drag?.goal.column === group.key && !items.some(({ id }) => id === drag.card.id)
  return (
    <BoardColumn
      id={group.key}
      title={title}
      count={{ value: formats.number(group.count), label: t('total', { count: group.count }) }}
      empty={asked.isPending ? t('loading') : t('columnEmpty')}
      isEmpty={items.length === 0 && !asked.isError}
      over={isOver}
      more={
        asked.hasNextPage
          ? {
              label: t('more', { count: Math.max(1, group.count - items.length) }),
              busy: asked.isFetchingNextPage,
              onMore: () => void asked.fetchNextPage(),
            }
          : undefined
      }
    >
      {asked.isError && !asked.data && (
        <li className="grid gap-2">
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
          <Button size="sm" onClick={() => void asked.refetch()}>
            {t('again')}
          </Button>
        </li>
      )}
      {items.map((row) => (
        <ContactCard key={row.id} row={row} around={around} hint={hint} faded={drag?.card.id === row.id} onGrab={onGrab} />
      ))}
    </BoardColumn>
  )
}
