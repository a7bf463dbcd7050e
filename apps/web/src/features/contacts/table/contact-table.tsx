import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useNarrow } from '../../../lib/narrow.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { ListSkeleton } from '../../../ui/skeleton.tsx'
import { type ContactsSearch, viewOf } from '../address.ts'
import { ContactsHead } from '../contacts-head.tsx'
import { fieldsQuery, type OwnField } from '../fields/queries.ts'
import { Nobody } from '../nobody.tsx'
import { membersQuery } from '../queries.ts'
import { useChoosing } from '../segments/use-choosing.ts'
import { useContactsAddress } from '../use-contacts-address.ts'
import { contactsWords } from '../words.ts'
import { type EditableKey, isEditable } from './cell-value.ts'
import { type ColumnKey, type plainColumns, readColumns, sortOf, type TableColumn, writeColumns } from './columns.ts'
import { ColumnsMenu } from './columns-menu.tsx'
import { canBeBoard, canBeGrouped, GroupMenu } from './group-menu.tsx'
import { turned } from './groups.rules.ts'
import { tableKey } from './queries.ts'
import { TableGrid } from './table-grid.tsx'
import { useGroupedRows } from './use-grouped-rows.ts'
import { useRows } from './use-rows.ts'
import { tableWords } from './words.ts'

const ContactBoard = lazy(() => import('../board/contact-board.tsx').then((file) => ({ default: file.ContactBoard })))
const BulkBar = lazy(() => import('../segments/bulk-bar.tsx').then((file) => ({ default: file.BulkBar })))
const ListCheck = lazy(() => import('../../privacy/gate/list-check.tsx').then((file) => ({ default: file.ListCheck })))

/** Who changes contacts; the server asks again. */
const mayWrite: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative', 'privacy_officer']

/** Where the table was left: who opens a person and comes back is where she was. */
let left: { readonly key: string; readonly top: number } | undefined

/** Without an order and groups by a field that was archived meanwhile, or by which lists are not narrowed any more. */
function usable(search: ContactsSearch, fields: ReadonlyMap<string, OwnField>): ContactsSearch {
  const { sort, group, shut, board, ...rest } = search
  const keepsSort = sort !== undefined && (!sort.startsWith('own.') || sortOf(sort as ColumnKey, fields) !== undefined)
  const keepsGroup = group !== undefined && canBeGrouped(group, fields)
  return {
    ...rest,
    ...(keepsSort ? { sort } : {}),
    ...(keepsGroup ? { group, ...(shut ? { shut } : {}), ...(board ? { board } : {}) } : {}),
  }
}

/** Everybody in a table, narrowed, ordered and with the columns that the address says. */
export function ContactTable() {
  const t = useWords(contactsWords)
  const words = useWords(tableWords)
  const address = useContactsAddress()
  const { role, slug } = useWorkspace()
  const { search: wished, change, open } = address
  const choosing = useChoosing()
  const narrow = useNarrow()
  const [asking, setAsking] = useState(false)
  const members = useQuery(membersQuery).data?.items
  const fields = useQuery(fieldsQuery).data?.items
  const around = useMemo(
    () => ({
      members: members ?? [],
      fields: new Map((fields ?? []).filter(({ archivedAt }) => archivedAt === null).map((field) => [field.key as string, field])),
    }),
    [members, fields],
  )
  const search = useMemo(() => (fields ? usable(wished, around.fields) : wished), [wished, fields, around.fields])
  // A field that was archived meanwhile is left out until it is back.
  const columns = useMemo(
    () => readColumns(search.cols).filter(({ key }) => !key.startsWith('own.') || around.fields.has(key.slice(4))),
    [search.cols, around.fields],
  )
  const order = { sort: search.sort ?? ('recent' as const), reverse: search.reverse ?? false }
  const titleOf = (key: ColumnKey): string =>
    key.startsWith('own.') ? (around.fields.get(key.slice(4))?.label ?? '') : words(`column/${key as (typeof plainColumns)[number]}`)
  const setColumns = (next: readonly TableColumn[]) => change({ cols: writeColumns(next) }, { replace: true })
  const sortBy = (key: ColumnKey) => {
    const sort = sortOf(key, around.fields)
    if (!sort) return
    change(
      { sort: sort === 'recent' ? undefined : sort, reverse: sort === order.sort && !order.reverse ? true : undefined },
      { replace: true },
    )
  }
  const key = `${slug} ${search.group ?? ''} ${JSON.stringify(tableKey(search))}`
  // What is looked for stands in one list, the best first.
  const grouped = search.group !== undefined && !search.q
  const board = search.board && grouped && canBeBoard(search.group, around.fields)
  return (
    <section aria-label={t('people')} className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <ContactsHead address={address} beside={false} selection={board ? undefined : choosing} onAsk={() => setAsking(true)} wide={!narrow}>
        {!board && <ColumnsMenu columns={columns} own={[...around.fields.keys()]} titleOf={titleOf} onChange={setColumns} />}
        <GroupMenu search={search} fields={around.fields} onChange={(next) => change(next, { replace: true })} />
      </ContactsHead>
      {board ? (
        <Suspense fallback={<ListSkeleton rows={12} />}>
          <ContactBoard search={search} around={around} nobody={<Nobody address={address} />} />
        </Suspense>
      ) : (
        <TableGrid
          key={grouped ? search.group : ''}
          useTableRows={grouped ? useGroupedRows : useRows}
          onTurn={(group) => change({ shut: turned(search.shut, group) }, { replace: true })}
          name={key}
          search={search}
          columns={columns}
          order={order}
          around={around}
          titleOf={titleOf}
          onSort={sortBy}
          onColumns={setColumns}
          onOpen={({ id }) => open(id)}
          chosen={choosing.chosen}
          onChoose={choosing.toggle}
          edits={(column): column is EditableKey => mayWrite.includes(role) && isEditable(column, role)}
          start={left?.key === key ? left.top : 0}
          onMoved={(top) => {
            left = { key, top }
          }}
          nobody={<Nobody address={address} />}
        />
      )}
      <Suspense>
        {!board && choosing.chosen && <BulkBar ids={choosing.chosen} view={viewOf(search)} onNone={choosing.none} onDone={choosing.end} />}
      </Suspense>
      <Suspense>{asking && <ListCheck tag={search.tag} onClose={() => setAsking(false)} />}</Suspense>
    </section>
  )
}
