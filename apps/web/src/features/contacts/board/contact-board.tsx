import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId, useRef, useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useNarrow } from '../../../lib/narrow.ts'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { BoardArea, type Step } from '../../../ui/board.tsx'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import { ListSkeleton } from '../../../ui/skeleton.tsx'
import { useDragCard } from '../../../ui/use-drag-card.ts'
import type { ContactsSearch } from '../address.ts'
import { groupTitle } from '../table/group-title.ts'
import { type ContactRow, type Group, groupsQuery } from '../table/queries.ts'
import type { Around } from '../table/table-cell.tsx'
import { tableWords } from '../table/words.ts'
import { ContactColumn } from './contact-column.tsx'
import { columnBeside } from './move-card.rules.ts'
import { columnQuery } from './queries.ts'
import { useMoveCard } from './use-move-card.ts'

/** Who moves cards; the server asks again. A representative keeps her own people. */
const mayMove: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative', 'privacy_officer']

export type ContactBoardProps = {
  readonly search: ContactsSearch
  readonly around: Around
  /** In place of a board without anybody. */
  readonly nobody: ReactNode
}

/** People on a board: a column for each value of a field, or for whoever looks after them. Moving a card saves its new value. On a phone one column is seen at a time. */
export function ContactBoard({ search, around, nobody }: ContactBoardProps) {
  const t = useWords(tableWords)
  const formats = useFormats()
  const explain = useExplain()
  const queries = useQueryClient()
  const { role } = useWorkspace()
  const narrow = useNarrow()
  const hint = useId()
  const root = useRef<HTMLDivElement>(null)
  const [said, setSaid] = useState('')
  const [seen, setSeen] = useState('')
  const asked = useQuery(groupsQuery(search))
  const group = search.group ?? 'owner'
  const field = around.fields.get(group.slice('own.'.length))
  const move = useMoveCard(search, field?.type === 'yes_no')
  const may = mayMove.includes(role) && !narrow && (group !== 'owner' || role !== 'representative')
  const titleOf = (one: Pick<Group, 'key' | 'name'>) => groupTitle(one, search.group, t)
  // Those who say nothing stand first: from there cards go to where they belong.
  const groups = asked.data?.groups ?? []
  const none = groups.find(({ key }) => key === 'none') ?? { key: 'none', name: null, count: 0 }
  const columns = [none, ...groups.filter(({ key }) => key !== 'none')]
  const cardsOf = (key: string): readonly ContactRow[] =>
    queries.getQueryData(columnQuery({ ...search, inGroup: key }).queryKey)?.pages.flatMap(({ items }) => items) ?? []
  const columnOf = (id: string) => columns.find(({ key }) => cardsOf(key).some((row) => row.id === id))
  const go = (row: ContactRow, to: string) => {
    const from = columnOf(row.id)
    const target = columns.find(({ key }) => key === to)
    if (!from || !target || from.key === to) return
    setSaid(t('movedTo', { name: row.name, column: titleOf(target) }))
    void move(row, from.key, to)
  }
  const { drag, begin } = useDragCard<ContactRow>(root, (row, goal) => go(row, goal.column))
  const onStep = (id: string, step: Step): boolean => {
    const from = columnOf(id)
    const row = from && cardsOf(from.key).find((one) => one.id === id)
    const to = from && (step === 'before' || step === 'after') ? columnBeside(columns, from.key, step === 'after' ? 1 : -1) : undefined
    if (!row || !to) return false
    go(row, to.key)
    return true
  }
  if (asked.isError && !asked.data)
    return (
      <div className="grid justify-items-start gap-3 p-4">
        <Note tone="no" role="alert">
          {t('failed', { reason: explain(asked.error).message })}
        </Note>
        <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
      </div>
    )
  if (!asked.data) return <ListSkeleton rows={12} />
  if (groups.every(({ count }) => count === 0)) return nobody
  const shown = narrow ? columns.filter(({ key }) => key === (columns.some((one) => one.key === seen) ? seen : columns[0]?.key)) : columns
  return (
    <>
      {narrow && (
        <div className="px-4 py-2">
          <Select
            label={t('column')}
            quiet
            value={shown[0]?.key ?? ''}
            onChange={setSeen}
            options={columns.map((one) => ({ value: one.key, label: `${titleOf(one)} (${formats.number(one.count)})` }))}
          />
        </div>
      )}
      <BoardArea
        root={root}
        hint={{ id: hint, text: t(may ? 'keysMove' : 'keysWalk') }}
        said={said}
        onStep={may ? onStep : undefined}
        drag={drag && { ...drag, name: drag.card.name }}
      >
        {shown.map((one) => (
          <ContactColumn
            key={one.key}
            search={search}
            group={one}
            title={titleOf(one)}
            around={around}
            hint={hint}
            drag={drag}
            onGrab={may ? begin : undefined}
          />
        ))}
      </BoardArea>
    </>
  )
}
