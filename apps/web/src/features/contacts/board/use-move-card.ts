import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useNotices } from '../../../ui/toast.tsx'
import type { ContactsSearch } from '../address.ts'
import { contactQuery } from '../queries.ts'
import { rowAfter } from '../table/cell-value.ts'
import { type ContactRow, groupsQuery, type TablePart } from '../table/queries.ts'
import { tableWords } from '../table/words.ts'
import { bodyOfMove, movesUnderWay, onTop, startMove, without } from './move-card.rules.ts'
import { columnKey } from './queries.ts'

/** Moves reach the server one after the other: of two in quick succession the second is the one that counts. */
let lastMove: Promise<unknown> = Promise.resolve()

type Column = InfiniteData<TablePart, string | undefined>

/** Puts a card into another column: seen at once, saved over the version that is shown, and back where it was when that fails. */
export function useMoveCard(search: ContactsSearch, isYesNo: boolean): (row: ContactRow, from: string, to: string) => Promise<void> {
  const t = useWords(tableWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const set = (key: string, change: (column: Column) => Column) =>
    queries.setQueryData<Column>(columnKey({ ...search, inGroup: key }), (column) => column && change(column))
  const counts = groupsQuery(search).queryKey
  return async (row, from, to) => {
    await queries.cancelQueries({ queryKey: ['contacts', 'board'] })
    set(from, (column) => without(column, row.id))
    set(to, (column) => onTop(column, row))
    queries.setQueryData(counts, (before) => {
      if (!before) return before
      const count = (key: string, by: number) => (key === from ? -1 : key === to ? 1 : 0) + by
      return { ...before, groups: before.groups.map((group) => ({ ...group, count: count(group.key, group.count) })) }
    })
    const save = async () => {
      // A card that was moved twice carries the version of its first move.
      const version = versions.get(row.id) ?? row.version
      const body = bodyOfMove(search.group ?? 'owner', to, isYesNo)
      const saved = await call('PATCH /contacts/{contactId}', {
        params: { contactId: row.id },
        body: body as never,
        version: Math.max(version, row.version),
      })
      versions.set(row.id, saved.version)
      queries.setQueryData(contactQuery(row.id).queryKey, saved)
      const after = rowAfter(row, saved)
      set(to, (column) => ({
        ...column,
        pages: column.pages.map((page) => ({ ...page, items: page.items.map((one) => (one.id === row.id ? after : one)) })),
      }))
    }
    const arrived = startMove({ row, to })
    const turn = lastMove.then(save)
    lastMove = turn.catch(() => undefined)
    try {
      await turn
    } catch (error) {
      const { faults, message } = explain(error)
      notices.show({ tone: 'no', text: t('notMoved', { name: row.name, reason: Object.values(faults)[0] ?? message }) })
      versions.delete(row.id)
    } finally {
      arrived()
    }
    // What the server knows in the middle of it would put the next card back where it was.
    if (movesUnderWay() > 0) return
    void queries.invalidateQueries({ queryKey: ['contacts'] })
    void queries.invalidateQueries({ queryKey: ['counts', 'groups'] })
  }
}

/** The versions that moves left, until what is shown has caught up. */
const versions = new Map<string, number>()
