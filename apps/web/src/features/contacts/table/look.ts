import type { TableLook } from '@frontdesk/contract'
import type { ContactsSearch } from '../address.ts'
import { readColumns, writeColumns } from './columns.ts'

/** How the table looks that the address says; null where it says a list. */
export const lookOf = ({ look, cols, sort, reverse, group, shut, board }: ContactsSearch): TableLook | null =>
  look === 'table'
    ? {
        columns: [...readColumns(cols)],
        sort: sort ?? 'recent',
        reverse: reverse ?? false,
        ...(group ? { group } : {}),
        ...(shut ? { shut: shut.split(',') } : {}),
        ...(board ? { board } : {}),
      }
    : null

/** What the address says to show a look; a segment without one is shown as whatever stands there. */
export function addressOfLook(look: TableLook | null): Partial<ContactsSearch> {
  if (!look) return {}
  const columns = readColumns(look.columns.map(({ key, width }) => `${key}:${width}`).join(','))
  return {
    look: 'table',
    cols: writeColumns(columns),
    sort: look.sort === 'recent' ? undefined : look.sort,
    reverse: look.reverse || undefined,
    group: look.group,
    shut: look.shut?.join(',') || undefined,
    board: look.board,
  }
}

const told = ['cols', 'sort', 'reverse', 'group', 'shut', 'board'] as const

/** Whether the address shows another look than this. A list says nothing about columns, so it differs from none. */
export function differsFrom(look: TableLook | null, search: ContactsSearch): boolean {
  if (search.look !== 'table') return false
  const wanted = look ? addressOfLook(look) : {}
  return told.some((key) => search[key] !== wanted[key])
}

/** Whether the table was changed from what it usually is. */
export const hasOwnLook = (search: ContactsSearch): boolean => differsFrom(null, search)
