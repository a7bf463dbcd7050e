import { type PointerEvent, useRef } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { cx } from '../../../ui/cx.ts'
import { Icon } from '../../../ui/icon.tsx'
import { type ColumnKey, sortOf, type TableColumn } from './columns.ts'
import { said } from './roles.ts'
import type { Around } from './table-cell.tsx'
import type { TableOrder } from './table-grid.tsx'
import { stays } from './table-row.tsx'
import { ROW_PX } from './window.rules.ts'
import { tableWords } from './words.ts'

export type TableHeadProps = {
  readonly columns: readonly TableColumn[]
  readonly template: string
  readonly titleOf: (key: ColumnKey) => string
  readonly order: TableOrder
  readonly fields: Around['fields']
  /** The column that the keys are at, while they are at the titles. */
  readonly at: number | undefined
  readonly choosing: boolean
  readonly onSort: (key: ColumnKey) => void
  /** A width while it is dragged, and with `done` for good. */
  readonly onWidth: (key: ColumnKey, width: number, done: boolean) => void
}

/** The titles of the columns: what the table is ordered by, and how wide each is. */
export function TableHead({ columns, template, titleOf, order, fields, at, choosing, onSort, onWidth }: TableHeadProps) {
  const t = useWords(tableWords)
  const shift = choosing ? 1 : 0
  const cell = (column: number) => ({
    role: 'columnheader' as const,
    'aria-colindex': column + 1,
    'data-at': `-1:${column}`,
    tabIndex: at === column ? 0 : -1,
  })
  const look = 'group/title relative flex min-w-0 items-center px-3 text-xs font-medium text-ink-3 focus-visible:-outline-offset-2'
  return (
    <div {...said.rows} className="sticky top-0 z-3 bg-surface">
      <div {...said.titles} style={{ height: ROW_PX, gridTemplateColumns: template }} className="grid border-b border-line">
        {choosing && (
          <div {...cell(0)} className={cx(look, stays, 'start-0 bg-surface')}>
            <span className="sr-only">{t('choose')}</span>
          </div>
        )}
        {columns.map(({ key, width }, place) => {
          const sort = sortOf(key, fields)
          const sorted = sort !== undefined && sort === order.sort
          const rising = (order.sort === 'name' || order.sort.startsWith('own.')) !== order.reverse
          return (
            <div
              key={key}
              {...cell(place + shift)}
              {...(sort ? { 'aria-sort': sorted ? (rising ? 'ascending' : 'descending') : 'none' } : {})}
              className={cx(look, place === 0 && cx(stays, 'bg-surface', shift ? 'start-10' : 'start-0 ps-4'))}
            >
              {sort ? (
                <button
                  type="button"
                  tabIndex={-1}
                  onClick={() => onSort(key)}
                  className={cx('flex h-full min-w-0 flex-1 items-center gap-1 text-start hover:text-ink', sorted && 'text-ink')}
                >
                  <span className="truncate">{titleOf(key)}</span>
                  {sorted && <Icon name={rising ? 'chevronUp' : 'chevronDown'} size="xs" />}
                </button>
              ) : (
                <span className="truncate">
                  <bdi>{titleOf(key)}</bdi>
                </span>
              )}
              <Edge width={width} onWidth={(next, done) => onWidth(key, next, done)} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** The edge of a title, which is dragged; the keys do the same on the title itself. */
function Edge({ width, onWidth }: { readonly width: number; readonly onWidth: (width: number, done: boolean) => void }) {
  const drag = useRef<{ readonly from: number; readonly width: number; readonly way: number }>(undefined)
  const next = (event: PointerEvent) => (drag.current ? drag.current.width + (event.clientX - drag.current.from) * drag.current.way : width)
  return (
    <span
      aria-hidden="true"
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { from: event.clientX, width, way: getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1 }
      }}
      onPointerMove={(event) => drag.current && onWidth(next(event), false)}
      onPointerUp={(event) => {
        if (drag.current) onWidth(next(event), true)
        drag.current = undefined
      }}
      onPointerCancel={() => {
        drag.current = undefined
        onWidth(width, true)
      }}
      className="absolute inset-y-1 end-0 w-2 cursor-col-resize touch-none border-e-2 border-transparent group-hover/title:border-line-strong hover:border-solid"
    />
  )
}
