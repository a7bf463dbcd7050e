import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type ContactsSearch, viewOf } from '../address.ts'
import { countQuery } from '../segments/queries.ts'
import { type ContactRow, type Group, PAGE, tableKey, tablePageQuery } from './queries.ts'

/** Whoever passes so many pages at once is on the way somewhere else: what lies between is not asked for. */
const FAR_PAGES = 3
const REST_MS = 80

export type TableRows = {
  /** How many rows there are; undefined until the first answer. */
  readonly total: number | undefined
  /** Whether that is exact. */
  readonly counted: boolean
  readonly rowAt: (index: number) => ContactRow | undefined
  /** The head of a group, where one stands instead of a person; and how many smaller groups are not shown. */
  readonly groupAt?: (index: number) => Group | undefined
  readonly left?: number
  readonly error: unknown
  readonly busy: boolean
  readonly again: () => void
}

/** The rows of the table around those that are seen. */
export function useRows(search: ContactsSearch, seen: { readonly from: number; readonly to: number }): TableRows {
  const queries = useQueryClient()
  const view = viewOf(search)
  const counted = useQuery({ ...countQuery(view ?? { all: [] }), enabled: view !== undefined })
  const known = view === undefined ? undefined : counted.data?.count
  const { from, to } = useSettled(seen)
  const pages = [...Array(Math.max(0, to - from) + 1).keys()].map((at) => from + at)
  const found = useQueries({ queries: pages.map((page) => tablePageQuery(queries, search, page, known)) })
  const key = JSON.stringify(tableKey(search))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the search; whoever is counted from the end stands elsewhere when there are more.
  useEffect(() => {
    if (known === undefined) return
    void queries.invalidateQueries({
      queryKey: tableKey(search),
      predicate: ({ queryKey }) => Number(queryKey.at(-1)) * PAGE >= known / 2 && Number(queryKey.at(-1)) > 0,
    })
  }, [known, key])
  const parts = new Map(pages.map((page, at) => [page, found[at]?.data]))
  const first = parts.get(0)
  const last = [...parts].findLast(([, part]) => part !== undefined && part.items.length > 0)
  const ends = first && first.next === null ? first.items.length : undefined
  const soFar = last ? last[0] * PAGE + (last[1]?.items.length ?? 0) : undefined
  const failed = found.find(({ isError, data }) => isError && data === undefined)
  return {
    total: ends ?? (known === undefined ? soFar : Math.max(known, soFar ?? 0)),
    counted: ends !== undefined || known !== undefined,
    rowAt: (index) => parts.get(Math.floor(index / PAGE))?.items[index % PAGE],
    error: failed?.error,
    busy: found.some(({ isPending }) => isPending),
    again: () => {
      for (const each of found) if (each.isError) void each.refetch()
      if (counted.isError) void counted.refetch()
    },
  }
}

/** The pages that are seen, once the scroll bar is not dragged on. */
export function useSettled(seen: { readonly from: number; readonly to: number }): { readonly from: number; readonly to: number } {
  const now = { from: Math.floor(seen.from / PAGE), to: Math.floor(Math.max(seen.from, seen.to - 1) / PAGE) }
  const [settled, setSettled] = useState(now)
  const near = Math.abs(now.from - settled.from) <= FAR_PAGES
  const { from, to } = now
  useEffect(() => {
    if (near) {
      setSettled((before) => (before.from === from && before.to === to ? before : { from, to }))
      return
    }
    const timer = setTimeout(() => setSettled({ from, to }), REST_MS)
    return () => clearTimeout(timer)
  }, [from, to, near])
  return near ? now : settled
}
