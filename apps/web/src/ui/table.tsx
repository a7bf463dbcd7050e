import type { ReactNode } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { Spinner } from './spinner.tsx'
import { uiWords } from './words.ts'

/** One column: how a row shows in it, on the desk and on the phone. */
export type Column<Row> = {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** Money, counts and times stand at the end of the column with figures of one width. */
  readonly figures?: boolean
  /** On the phone each row is a card: `title` and `aside` share the first line, `line` has one of its own, `hidden` is left out. */
  readonly phone?: 'title' | 'aside' | 'line' | 'hidden'
  /** The title is for screen readers only. */
  readonly quiet?: boolean
}

/** What `Table` is given. */
export type TableProps<Row> = {
  /** What the table holds, for screen readers. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** More rows by cursor. */
  readonly more?: MoreProps
}

/** Safari forgets that a table is one when it is laid out as cards, so the roles are said. */
const said = { table: { role: 'table' }, row: { role: 'row' }, cell: { role: 'cell' } } as const

const phoneLooks = {
  title: 'phone:-order-2',
  aside: 'phone:-order-1 phone:text-end',
  line: 'phone:col-span-full phone:text-start',
  hidden: 'phone:hidden',
} as const

/** Rows to compare. On the phone they turn into cards; the page never scrolls sideways. */
export function Table<Row>({ label, columns, rows, keyOf, more }: TableProps<Row>) {
  return (
    <div className="min-w-0">
      <table {...said.table} className="w-full border-collapse phone:block">
        <caption className="sr-only">{label}</caption>
        <thead className="phone:sr-only">
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={cx(
                  'border-b border-line px-3 py-1.5 text-start text-xs font-medium whitespace-nowrap text-ink-3 first:ps-0 last:pe-0',
                  column.figures && 'text-end',
                )}
              >
                <span className={column.quiet ? 'sr-only' : undefined}>{column.title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="phone:block">
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              {...said.row}
              className="group hover:bg-hover phone:grid phone:grid-cols-[minmax(0,1fr)_auto] phone:gap-x-3 phone:border-b phone:border-line phone:py-3 phone:last:border-0"
            >
              {columns.map((column) => (
                <td
                  key={column.key}
                  {...said.cell}
                  className={cx(
                    'border-b border-line px-3 py-1.5 align-middle text-sm group-last:border-0 first:ps-0 last:pe-0 phone:border-0 phone:p-0',
                    column.figures && 'figures text-end whitespace-nowrap',
                    phoneLooks[column.phone ?? 'line'],
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more && <More {...more} />}
    </div>
  )
}

/** What `More` is given. */
export type MoreProps = {
  readonly hasMore: boolean
  readonly busy: boolean
  readonly onMore: () => void
}

/** The next page of a list or table. It comes by itself when one scrolls near, and by the button. */
export function More({ hasMore, busy, onMore }: MoreProps) {
  const t = useWords(uiWords)
  if (!hasMore) return null
  return (
    <div
      ref={(element) => {
        if (!element) return
        const watcher = new IntersectionObserver((entries) => {
          if (!busy && entries.some((entry) => entry.isIntersecting)) onMore()
        })
        watcher.observe(element)
        return () => watcher.disconnect()
      }}
      className="grid justify-items-center p-3"
    >
      {busy ? (
        <span role="status" className="inline-flex h-control items-center gap-2 text-sm text-ink-3">
          <Spinner />
          {t('loadingMore')}
        </span>
      ) : (
        <Button variant="quiet" onClick={onMore}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}
