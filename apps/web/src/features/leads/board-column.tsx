import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment, type PointerEvent as ReactPointerEvent, useId } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { Count } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { LeadCard } from './lead-card.tsx'
import { type Board, type Lead, type Stage, stageQuery } from './queries.ts'
import type { CardDrag } from './use-drag-lead.ts'
import { leadsWords } from './words.ts'

export type BoardColumnProps = {
  readonly stage: Stage
  readonly column: Board['columns'][number]
  readonly owner: string | undefined
  /** The id of the words that say what the keys do. */
  readonly hint: string
  readonly drag: CardDrag | undefined
  /** Left out where cards cannot be moved here. */
  readonly onGrab: ((event: ReactPointerEvent<HTMLElement>, lead: Lead) => void) | undefined
}

/** One stage: how many leads, what they are worth, and their cards. */
export function BoardColumn({ stage, column, owner, hint, drag, onGrab }: BoardColumnProps) {
  const t = useWords(leadsWords)
  const formats = useFormats()
  const id = useId()
  const more = useInfiniteQuery(stageQuery(stage.id, owner, column.next ?? ''))
  const later = column.next === null ? [] : (more.data?.pages.flatMap(({ items }) => items) ?? [])
  const items = [...column.items, ...later.filter((lead) => !column.items.some((one) => one.id === lead.id))]
  const hidden = column.count - items.length
  const goal = drag?.goal.stageId === stage.id ? drag.goal : undefined
  return (
    <section
      aria-labelledby={id}
      data-stage={stage.id}
      className="flex min-h-0 w-72 shrink-0 flex-col rounded-lg bg-sunken phone:w-full phone:bg-transparent forced-colors:border"
    >
      <header className="flex items-baseline gap-2 px-3 py-2.5 phone:px-0">
        <h2 id={id} className="min-w-0 truncate text-sm font-strong">
          <bdi>{stage.name}</bdi>
        </h2>
        <Count value={formats.number(column.count)} label={t('count', { count: column.count })} />
        <span className="figures ms-auto shrink-0 text-xs text-ink-2">
          {column.sums.map((sum) => formats.money(sum, { short: true })).join(' + ')}
        </span>
      </header>
      <div
        tabIndex={items.length === 0 ? -1 : 0}
        className="scroll-calm min-h-0 flex-1 overflow-y-auto px-2 pt-1 pb-2 focus-visible:-outline-offset-2 phone:px-0"
      >
        <ul aria-labelledby={id} className="grid gap-2">
          {goal?.belowLeadId === null && <DropLine />}
          {items.map((lead) => (
            <Fragment key={lead.id}>
              <LeadCard lead={lead} hint={hint} faded={drag?.lead.id === lead.id} onGrab={onGrab} />
              {goal?.belowLeadId === lead.id && <DropLine />}
            </Fragment>
          ))}
        </ul>
        {items.length === 0 && !goal && <p className="px-1 py-3 text-xs text-ink-3">{t('stageEmpty')}</p>}
        {hidden > 0 && column.next !== null && (
          <div className="pt-2">
            <Button size="sm" variant="quiet" wide busy={more.isFetching} onClick={() => void more.fetchNextPage()}>
              {t('showMore', { count: hidden })}
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}

const DropLine = () => <li aria-hidden="true" className="h-0.5 rounded-full bg-solid" />
