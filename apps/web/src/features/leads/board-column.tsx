import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment, type PointerEvent as ReactPointerEvent } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { BoardColumn, DropLine } from '../../ui/board.tsx'
import type { CardDrag } from '../../ui/use-drag-card.ts'
import { LeadCard } from './lead-card.tsx'
import { type Board, type Lead, type Stage, stageQuery } from './queries.ts'
import { leadsWords } from './words.ts'

export type StageColumnProps = {
  readonly stage: Stage
  readonly column: Board['columns'][number]
  readonly owner: string | undefined
  /** The id of the words that say what the keys do. */
  readonly hint: string
  readonly drag: CardDrag<Lead> | undefined
  /** Left out where cards cannot be moved here. */
  readonly onGrab: ((event: ReactPointerEvent<HTMLElement>, lead: Lead) => void) | undefined
}

/** One stage: how many leads, what they are worth, and their cards. */
export function StageColumn({ stage, column, owner, hint, drag, onGrab }: StageColumnProps) {
  const t = useWords(leadsWords)
  const formats = useFormats()
  const more = useInfiniteQuery(stageQuery(stage.id, owner, column.next ?? ''))
  const later = column.next === null ? [] : (more.data?.pages.flatMap(({ items }) => items) ?? [])
  const items = [...column.items, ...later.filter((lead) => !column.items.some((one) => one.id === lead.id))]
  const hidden = column.count - items.length
  const goal = drag?.goal.column === stage.id ? drag.goal : undefined
  return (
    <BoardColumn
      id={stage.id}
      title={stage.name}
      count={{ value: formats.number(column.count), label: t('count', { count: column.count }) }}
      end={column.sums.map((sum) => formats.money(sum, { short: true })).join(' + ')}
      empty={t('stageEmpty')}
      isEmpty={items.length === 0 && !goal}
      over={goal?.below === null}
      more={
        hidden > 0 && column.next !== null
          ? { label: t('showMore', { count: hidden }), busy: more.isFetching, onMore: () => void more.fetchNextPage() }
          : undefined
      }
    >
      {items.map((lead) => (
        <Fragment key={lead.id}>
          <LeadCard lead={lead} hint={hint} faded={drag?.card.id === lead.id} onGrab={onGrab} />
          {goal?.below === lead.id && <DropLine />}
        </Fragment>
      ))}
    </BoardColumn>
  )
}
