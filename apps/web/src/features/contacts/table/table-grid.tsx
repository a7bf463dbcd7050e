import {
  type FocusEvent,
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  type ReactNode,
  Suspense,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { isTyping } from '../../../ui/list.tsx'
import { ListSkeleton } from '../../../ui/skeleton.tsx'
import type { ContactsSearch, TableSort } from '../address.ts'
import type { EditableKey } from './cell-value.ts'
import { type ColumnKey, moved, type TableColumn, widths, withWidth } from './columns.ts'
import { GroupRow } from './group-row.tsx'
import { groupTitle } from './group-title.ts'
import type { ContactRow } from './queries.ts'
import { said } from './roles.ts'
import type { Around } from './table-cell.tsx'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'
import type { TableRows } from './use-rows.ts'
import { useWindow } from './use-window.ts'
import { ROW_PX } from './window.rules.ts'
import { tableWords } from './words.ts'

const CellEditor = lazy(() => import('./cell-editor.tsx').then((file) => ({ default: file.CellEditor })))

/** What a table is ordered by. */
export type TableOrder = { readonly sort: TableSort; readonly reverse: boolean }

export type TableGridProps = {
  readonly search: ContactsSearch
  /** Reads the rows: as they stand, or in groups. The same for as long as the table stands. */
  readonly useTableRows: (search: ContactsSearch, seen: { readonly from: number; readonly to: number }) => TableRows
  readonly onTurn: (group: string) => void
  /** Says which rows in which order: with another one the table begins anew. */
  readonly name: string
  readonly columns: readonly TableColumn[]
  readonly order: TableOrder
  readonly around: Around
  readonly titleOf: (key: ColumnKey) => string
  readonly onSort: (key: ColumnKey) => void
  readonly onColumns: (columns: readonly TableColumn[]) => void
  readonly onOpen: (row: ContactRow) => void
  /** Who is chosen, and how to choose; undefined while nobody is. */
  readonly chosen: ReadonlySet<string> | undefined
  readonly onChoose: (contactId: string) => void
  /** Whether the cells of a column are changed in place. */
  readonly edits: (key: ColumnKey) => key is EditableKey
  /** How far the table was scrolled, and where it goes on. */
  readonly start: number
  readonly onMoved: (top: number) => void
  /** In place of a table without rows. */
  readonly nobody: ReactNode
}

type Editing = {
  readonly at: At
  readonly row: ContactRow
  readonly key: EditableKey
  readonly cell: HTMLElement
}

type At = { readonly row: number; readonly column: number }

/**
 * A table of which only the rows around what is seen are drawn. It is one stop of the Tab key; arrows walk from cell to cell, Home, End and the page keys farther, with
 * Ctrl to both ends. Titles stand above the first row.
 */
export function TableGrid(props: TableGridProps) {
  const { search, order, around, titleOf, chosen, nobody } = props
  const t = useWords(tableWords)
  const formats = useFormats()
  const explain = useExplain()
  const scroller = useRef<HTMLDivElement>(null)
  const [dragged, setDragged] = useState<TableColumn>()
  const columns = dragged ? withWidth(props.columns, dragged.key, dragged.width) : props.columns
  const shift = chosen ? 1 : 0
  const [seen, setSeen] = useState({ from: Math.floor(props.start / ROW_PX), to: Math.floor(props.start / ROW_PX) + 40 })
  const rows = props.useTableRows(search, seen)
  const total = rows.total ?? 0
  const port = useWindow(scroller, { rows: total, head: ROW_PX, start: props.start, onMoved: props.onMoved })
  if (port.to > 0 && (port.from !== seen.from || port.to !== seen.to)) setSeen({ from: port.from, to: port.to })

  const [at, setAt] = useState<At>({ row: 0, column: 0 })
  const focusing = useRef(false)
  const go = (row: number, column: number) => {
    const next = { row: Math.min(Math.max(-1, row), total - 1), column: Math.min(Math.max(0, column), columns.length + shift - 1) }
    focusing.current = true
    setAt(next)
    if (next.row >= 0) port.bring(next.row)
  }
  // A cell may be drawn only once the table has moved.
  useLayoutEffect(() => {
    if (!focusing.current) return
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-at="${at.row}:${at.column}"], [data-group="${at.row}"]`)
    if (!cell) return
    focusing.current = false
    cell.focus()
  })

  const name = useRef(props.name)
  useLayoutEffect(() => {
    if (name.current === props.name) return
    name.current = props.name
    setAt((before) => ({ ...before, row: Math.min(before.row, 0) }))
    port.bring(0)
  })

  const columnAt = (column: number) => columns[column - shift]
  const act = (row: number, column: number) => {
    const group = rows.groupAt?.(row)
    if (group) return props.onTurn(group.key)
    const found = rows.rowAt(row)
    if (!found) return
    const key = columnAt(column)?.key
    if (chosen) props.onChoose(found.id)
    else if (key !== undefined && key !== 'name' && props.edits(key)) edit(row, column)
    else props.onOpen(found)
  }
  const [editing, setEditing] = useState<Editing>()
  const edit = (row: number, column: number) => {
    const found = rows.rowAt(row)
    const key = columnAt(column)?.key
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-at="${row}:${column}"]`)
    if (found && key !== undefined && cell && props.edits(key)) setEditing({ at: { row, column }, row: found, key, cell })
  }
  const onEdited = (then: 'here' | 'below' | 'next') => {
    if (!editing) return
    const { row, column } = editing.at
    setEditing(undefined)
    go(then === 'below' ? row + 1 : row, then === 'next' ? column + 1 : column)
  }
  const onTitle = (event: KeyboardEvent, { column }: At): boolean => {
    const found = columnAt(column)
    if (!found) return false
    const way = alongReading(event)
    if (event.altKey && way !== 0) {
      if (event.shiftKey) {
        const next = moved(props.columns, found.key, way)
        props.onColumns(next)
        go(-1, next.findIndex(({ key }) => key === found.key) + shift)
      } else props.onColumns(withWidth(props.columns, found.key, found.width + way * widths.step))
      return true
    }
    if (event.key === 'Enter' || event.key === ' ') {
      props.onSort(found.key)
      return true
    }
    return false
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isTyping(event.target)) return
    const place = atOf(event.target)
    if (!place) return
    const done = () => {
      event.preventDefault()
      event.stopPropagation()
    }
    if (place.row === -1 && onTitle(event, place)) return done()
    if (event.altKey || event.metaKey) return
    const here = rows.groupAt?.(place.row) ? { row: place.row, column: at.column } : place
    const target = targetOf(event, here, { rows: total, columns: columns.length + shift, page: port.page })
    if (target) {
      go(target.row, target.column)
      return done()
    }
    if (place.row < 0) return
    if (event.key === 'F2' && !chosen) {
      edit(place.row, place.column)
      return done()
    }
    if (event.key === 'Enter' || (event.key === ' ' && chosen)) {
      act(place.row, place.column)
      done()
    }
  }
  const onFocus = (event: FocusEvent) => {
    const place = atOf(event.target)
    // The head of a group is one cell; whoever walks on keeps her column.
    const column = event.target instanceof HTMLElement && event.target.dataset.group ? at.column : place?.column
    if (place && column !== undefined && (place.row !== at.row || column !== at.column)) setAt({ row: place.row, column })
  }
  const onClick = (event: MouseEvent) => {
    const place = atOf(event.target)
    if (!chosen || !place || place.row < 0 || rows.groupAt?.(place.row)) return
    event.preventDefault()
    act(place.row, place.column)
  }

  const onDoubleClick = (event: MouseEvent) => {
    const place = atOf(event.target)
    if (place && !chosen && place.row >= 0) edit(place.row, place.column)
  }

  const template = useMemo(
    () => [...(shift ? ['40px'] : []), ...columns.map(({ width }) => `${width}px`), 'minmax(0,1fr)'].join(' '),
    [columns, shift],
  )
  const width = columns.reduce((sum, one) => sum + one.width, shift * 40)
  const shownColumns = props.columns
  if (rows.error !== undefined && rows.total === undefined)
    return (
      <div className="grid justify-items-start gap-3 p-4">
        <Note tone="no" role="alert">
          {t('failed', { reason: explain(rows.error).message })}
        </Note>
        <Button onClick={rows.again}>{t('again')}</Button>
      </div>
    )
  if (rows.total === undefined) return <ListSkeleton rows={12} />
  if (rows.total === 0) return nobody
  const drawn = Array.from({ length: port.to - port.from }, (_, place) => port.from + place)
  if (at.row >= 0 && at.row < total && !(at.row >= port.from && at.row < port.to)) drawn.push(at.row)
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a table lays its rows out itself, and here only some are drawn */}
      <div
        ref={scroller}
        role="grid"
        {...said.grid(t('table'), { rows: rows.counted ? total : undefined, columns: columns.length + shift })}
        aria-busy={rows.busy}
        {...(chosen ? { 'aria-multiselectable': true } : {})}
        data-list
        tabIndex={-1}
        onScroll={port.onScroll}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onClickCapture={onClick}
        onDoubleClick={onDoubleClick}
        style={{ scrollPaddingTop: ROW_PX, scrollPaddingInlineStart: (columns[0]?.width ?? 0) + shift * 40 }}
        className="scroll-calm relative min-h-0 flex-1 overflow-auto overscroll-contain border-t border-line [overflow-anchor:none]"
      >
        <div style={{ minWidth: width }}>
          <TableHead
            columns={columns}
            template={template}
            titleOf={titleOf}
            order={order}
            fields={around.fields}
            at={at.row === -1 ? at.column : undefined}
            choosing={chosen !== undefined}
            onSort={props.onSort}
            onWidth={(key, px, done) => {
              setDragged(done ? undefined : { key, width: px })
              if (done) props.onColumns(withWidth(props.columns, key, px))
            }}
          />
          <div {...said.rows} style={{ height: port.height }} className="relative">
            {drawn.map((index) => {
              const group = rows.groupAt?.(index)
              if (group)
                return (
                  <GroupRow
                    key={index}
                    index={index}
                    group={group}
                    title={groupTitle(group, search.group, t)}
                    top={index * ROW_PX - port.shift}
                    columns={columns.length + shift}
                    isShut={(search.shut ?? '').split(',').includes(group.key)}
                    here={at.row === index}
                    onTurn={() => props.onTurn(group.key)}
                  />
                )
              const row = rows.rowAt(index)
              return (
                <TableRow
                  key={index}
                  index={index}
                  row={row}
                  top={index * ROW_PX - port.shift}
                  columns={shownColumns}
                  template={template}
                  around={around}
                  at={at.row === index ? at.column : undefined}
                  chosen={chosen && row ? chosen.has(row.id) : chosen && false}
                />
              )
            })}
          </div>
        </div>
      </div>
      <Suspense>
        {editing && (
          <CellEditor
            key={`${editing.row.id} ${editing.key}`}
            row={editing.row}
            column={editing.key}
            title={titleOf(editing.key)}
            around={around}
            cell={editing.cell}
            onClose={onEdited}
          />
        )}
      </Suspense>
      <footer className="flex min-h-10 shrink-0 items-center gap-2 border-t border-line px-4 text-xs text-ink-3">
        <output className="figures">
          {rows.groupAt ? '' : rows.counted ? t('total', { count: total }) : `${formats.number(total)} +`}
        </output>
        {(rows.left ?? 0) > 0 && <span>{t('left', { count: rows.left ?? 0 })}</span>}
        {rows.error !== undefined && (
          <span className="flex items-center gap-2 text-no-ink" role="alert">
            {t('failed', { reason: explain(rows.error).message })}
            <Button size="sm" onClick={rows.again}>
              {t('again')}
            </Button>
          </span>
        )}
        <span className="ms-auto flex gap-1">
          <IconButton name={t('toStart')} icon="chevronUp" size="sm" tip="none" onClick={() => go(0, at.column)} />
          <IconButton name={t('toEnd')} icon="chevronDown" size="sm" tip="none" onClick={() => go(total - 1, at.column)} />
        </span>
      </footer>
    </>
  )
}

/** Which cell something is in. */
function atOf(target: EventTarget): At | undefined {
  const said = target instanceof Element ? target.closest<HTMLElement>('[data-at]')?.dataset.at : undefined
  const [row, column] = said?.split(':').map(Number) ?? []
  return row === undefined || column === undefined ? undefined : { row, column }
}

/** 1 for the arrow that points where reading goes, -1 for the other, 0 for another key. */
function alongReading({ key, currentTarget }: KeyboardEvent): 1 | -1 | 0 {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return 0
  return (key === 'ArrowRight') === (getComputedStyle(currentTarget).direction !== 'rtl') ? 1 : -1
}

/** Where a key leads from a cell; undefined for keys that lead nowhere. */
function targetOf(
  event: KeyboardEvent,
  { row, column }: At,
  { rows, columns, page }: { readonly rows: number; readonly columns: number; readonly page: number },
): At | undefined {
  const way = alongReading(event)
  if (way !== 0) return { row, column: column + way }
  const far = event.ctrlKey
  switch (event.key) {
    case 'ArrowDown':
    case 'j':
      return { row: row + 1, column }
    case 'ArrowUp':
    case 'k':
      return { row: row - 1, column }
    case 'PageDown':
      return { row: row + page, column }
    case 'PageUp':
      return { row: row < 0 ? row : Math.max(0, row - page), column }
    case 'Home':
      return far ? { row: 0, column: 0 } : { row, column: 0 }
    case 'End':
      return far ? { row: rows - 1, column: columns - 1 } : { row, column: columns - 1 }
    default:
      return undefined
  }
}
