import type { ContactFilter, FilterCondition } from '@frontdesk/contract'
import { readFilter } from './segments/filter-value.ts'

/** What the address of the contacts room says: how the list is narrowed, and which part of a contact is open. Only what differs from the usual view. */
export type ContactsSearch = {
  /** What is looked for. */
  readonly q?: string
  readonly tag?: string
  readonly owner?: string
  readonly archived?: true
  /** An own field, by its key, and what it has to say. */
  readonly field?: string
  readonly is?: string
  /** Conditions, and the segment they come from. */
  readonly filter?: ContactFilter
  readonly segment?: string
  /** The list beside a contact knows the last activity (which is not said) and the name; the table the day somebody was added and own fields too, and each the other way round. */
  readonly sort?: Exclude<TableSort, 'recent'>
  readonly reverse?: true
  /** Everybody in a table, on screens that are wide enough; its columns and their widths, as `table/columns.ts` writes them. */
  readonly look?: 'table'
  readonly cols?: string
  /** What its rows are grouped by, and the groups that are shut; on a board, what its columns are. */
  readonly group?: GroupBy
  readonly shut?: string
  readonly board?: true
  readonly tab?: ContactTab
  /** The form that stands open: for somebody new, for the contact shown, for what is known of her numbers, or for taking the list along. */
  readonly form?: 'new' | 'edit' | 'known' | 'export'
}

/** What the table is ordered by. */
export type TableSort = 'recent' | 'name' | 'created' | OwnColumn
/** What a table is grouped by. */
export type GroupBy = 'owner' | 'company' | 'tag' | OwnColumn
type OwnColumn = `own.${string}`

/** The parts of a contact beside her timeline. */
export const contactTabs = ['bookings', 'conversations', 'leads', 'tasks', 'notes', 'files', 'consents', 'sensitive'] as const
export type ContactTab = (typeof contactTabs)[number]

/** Reads the address; what makes no sense is left out. */
export function readContactsSearch(search: Readonly<Record<string, unknown>>): ContactsSearch {
  const q = text(search.q, 120)
  const tag = text(search.tag, 60)
  const owner = typeof search.owner === 'string' && isId.test(search.owner) ? search.owner : undefined
  const field = text(search.field, 60)
  const is = text(search.is, 200)
  const filter = readFilter(search.filter)
  const segment = typeof search.segment === 'string' && isId.test(search.segment) ? search.segment : undefined
  const cols = text(search.cols, 1000)
  const group = text(search.group, 64)
  const shut = text(search.shut, 1000)
  const grouped = group !== undefined && (/^(owner|company|tag)$/.test(group) || isOwn.test(group))
  const tab = contactTabs.find((one) => one === search.tab)
  const form = (['new', 'edit', 'known', 'export'] as const).find((one) => one === search.form)
  return {
    ...(q ? { q } : {}),
    ...(tag ? { tag } : {}),
    ...(owner ? { owner } : {}),
    ...(search.archived === true || search.archived === 'true' ? { archived: true } : {}),
    ...(field && is ? { field, is } : {}),
    ...(filter ? { filter } : {}),
    ...((filter || search.look === 'table') && segment ? { segment } : {}),
    ...(search.sort === 'name' || search.sort === 'created' || isOwn.test(String(search.sort)) ? { sort: search.sort as OwnColumn } : {}),
    ...(search.reverse === true || search.reverse === 'true' ? { reverse: true } : {}),
    ...(search.look === 'table' ? { look: 'table' } : {}),
    ...(cols ? { cols } : {}),
    ...(grouped ? { group: group as GroupBy } : {}),
    ...(grouped && shut ? { shut } : {}),
    ...(grouped && String(search.board) === 'true' ? { board: true } : {}),
    ...(tab ? { tab } : {}),
    ...(form ? { form } : {}),
  }
}

/** Whether the list is narrowed by more than what is looked for. */
export const isNarrowed = ({ tag, owner, archived, field, filter }: ContactsSearch): boolean =>
  Boolean(tag || owner || archived || field || filter)

/** Everybody whom the list shows, as one filter; undefined where something is searched for. */
export function viewOf({ q, tag, owner, archived, field, is, filter }: ContactsSearch): ContactFilter | undefined {
  if (q) return undefined
  const besides: FilterCondition[] = [
    ...(tag ? [{ on: 'tag' as const, tag }] : []),
    ...(owner ? [{ on: 'owner' as const, memberId: owner as never }] : []),
    ...(field && is ? [{ on: 'field' as const, key: field, is: [is] }] : []),
    ...(archived ? [{ on: 'archived' as const }] : []),
  ]
  if (!filter || besides.length === 0) return filter ?? { all: besides }
  return 'all' in filter ? { all: [...filter.all, ...besides] } : ({ all: [filter, ...besides] } as ContactFilter)
}

const isOwn = /^own\.[a-z][a-z0-9_]{0,59}$/
/** The shape of an id. */
export const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The router reads `?q=555` as a number; here it is what somebody typed. */
function text(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const found = String(value).trim().slice(0, most)
  return found === '' ? undefined : found
}
