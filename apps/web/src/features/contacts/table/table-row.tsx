import { memo } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { cx } from '../../../ui/cx.ts'
import { Icon } from '../../../ui/icon.tsx'
import type { TableColumn } from './columns.ts'
import type { ContactRow } from './queries.ts'
import { said } from './roles.ts'
import { type Around, TableCell } from './table-cell.tsx'
import { ROW_PX } from './window.rules.ts'
import { tableWords } from './words.ts'

export type TableRowProps = {
  readonly index: number
  readonly row: ContactRow | undefined
  /** Where it is drawn, in px. */
  readonly top: number
  readonly columns: readonly TableColumn[]
  readonly template: string
  readonly around: Around
  /** The column of the cell that the keys are at; undefined in every other row. */
  readonly at: number | undefined
  /** Whether she is chosen; undefined while nobody is being chosen. */
  readonly chosen: boolean | undefined
}

const cellLook = 'relative flex min-w-0 items-center overflow-hidden px-3 focus-visible:z-2 focus-visible:-outline-offset-2'

/** The look of a cell that stays while the others scroll sideways. */
export const stays = "sticky isolate z-1 before:absolute before:inset-0 before:-z-1 before:content-['']"

/** One contact, as a row of the table. */
export const TableRow = memo(function TableRow({ index, row, top, columns, template, around, at, chosen }: TableRowProps) {
  const t = useWords(tableWords)
  const shift = chosen === undefined ? 0 : 1
  // What stays over what scrolls has a ground of its own.
  const ground = chosen ? 'bg-selected' : 'bg-surface group-hover:before:bg-hover'
  const cell = (column: number) => ({
    role: 'gridcell' as const,
    'aria-colindex': column + 1,
    'data-at': `${index}:${column}`,
    tabIndex: at === column ? 0 : -1,
    ...(at === column ? { 'data-row': '' } : {}),
  })
  return (
    <div
      {...said.row(index, chosen)}
      {...(row ? {} : { 'aria-busy': true })}
      style={{ top, height: ROW_PX, gridTemplateColumns: template }}
      className={cx('group absolute inset-x-0 grid border-b border-line text-sm', chosen ? 'bg-selected' : 'hover:bg-hover')}
    >
      {chosen !== undefined && (
        <div {...cell(0)} className={cx(cellLook, stays, 'start-0 justify-center px-0', ground)}>
          <span
            aria-hidden="true"
            className={cx(
              'grid size-4.5 place-items-center rounded-xs border',
              chosen ? 'border-solid bg-solid text-on-solid' : 'border-line-control text-transparent',
            )}
          >
            <Icon name="check" size="xs" />
          </span>
          {row && <span className="sr-only">{t('selectRow', { name: row.name })}</span>}
        </div>
      )}
      {columns.map(({ key }, place) => (
        <div
          key={key}
          {...cell(place + shift)}
          data-column={key}
          className={cx(cellLook, place === 0 && cx(stays, shift ? 'start-10' : 'start-0 ps-4', ground))}
        >
          {row ? (
            <TableCell row={row} column={key} around={around} />
          ) : (
            place < 3 && <span aria-hidden="true" className="h-2.5 w-2/3 rounded-full bg-fill" />
          )}
        </div>
      ))}
    </div>
  )
})
