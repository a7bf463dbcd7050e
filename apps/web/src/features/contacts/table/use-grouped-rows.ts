import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { ContactsSearch } from '../address.ts'
import { layOut, pagesSeen } from './groups.rules.ts'
import { type Group, groupsQuery, PAGE, tableKey, tablePageQuery } from './queries.ts'
import { type TableRows, useSettled } from './use-rows.ts'

/** The rows of a grouped table around those that are seen: heads, and the people of the groups that stand open. Each group is read in pages of its own. */
export function useGroupedRows(search: ContactsSearch, seen: { readonly from: number; readonly to: number }): TableRows {
  const queries = useQueryClient()
  const asked = useQuery(groupsQuery(search))
  const groups = asked.data?.groups
  const { shut } = search
  // Whoever is counted from the end of a group stands elsewhere when there are more.
  const before = useRef(groups)
  useEffect(() => {
    if (before.current !== undefined && groups !== undefined && before.current !== groups)
      void queries.invalidateQueries({ queryKey: ['contacts', 'table'], predicate: ({ queryKey }) => Number(queryKey.at(-1)) > 0 })
    before.current = groups
  }, [groups, queries])
  const layout = useMemo(
    () =>
      layOut(
        (groups ?? []).filter(({ count }) => count > 0),
        new Set(shut ? shut.split(',') : []),
      ),
    [groups, shut],
  )
  const settled = useSettled(seen)
  const pages = pagesSeen(layout, { from: settled.from * PAGE, to: (settled.to + 1) * PAGE }, PAGE)
  const found = useQueries({
    queries: pages.map(({ group, page }) => tablePageQuery(queries, { ...search, inGroup: group.key }, page, group.count)),
  })
  const parts = new Map(pages.map(({ group, page }, at) => [`${group.key} ${page}`, found[at]?.data]))
  const failed = found.find(({ isError, data }) => isError && data === undefined)
  const error = asked.isError && groups === undefined ? asked.error : failed?.error
  return {
    total: groups && layout.total,
    counted: true,
    left: asked.data?.left ?? 0,
    groupAt: (index): Group | undefined => {
      const place = layout.at(index)
      return place && place.row < 0 ? place.group : undefined
    },
    rowAt: (index) => {
      const place = layout.at(index)
      return place && place.row >= 0 ? parts.get(`${place.group.key} ${Math.floor(place.row / PAGE)}`)?.items[place.row % PAGE] : undefined
    },
    error,
    busy: found.some(({ isPending }) => isPending),
    again: () => {
      if (asked.isError) void asked.refetch()
      for (const each of found) if (each.isError) void each.refetch()
      void queries.invalidateQueries({ queryKey: tableKey(search) })
    },
  }
}
