import type { ContactId, ContactRow, ContactTablePart, ContactTableQuery, MemberId, Principal, TableSort } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { writeCursor } from '../../platform/http/index.ts'
import { placeOf, readPlace } from './contact-order.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'
import { readFieldPlace, readFieldSort, rowsByField } from './field-order.ts'
import { presentManyValues } from './fields/write-values.ts'
import { NO_GROUP, partOfGroup, readGrouping } from './groups/grouping.ts'
import { orderedRows, readyList } from './list-contacts.ts'
import { searchContacts } from './search-contacts.ts'
import { filteredRows, type ReadyFilter } from './segments/filter-contacts.ts'
import { summariesOf } from './summarize-contacts.ts'

/** As many are found at once; a search that finds more is narrowed by typing on. */
const MOST_FOUND = 50

/**
 * A part of the table of contacts, in its order: after or before a cursor, or so many rows from one end. A representative's table holds her own ones.
 * Throws `contacts/filter-not-usable`.
 */
export async function tableContacts(tx: WorkspaceTx, by: Principal, wish: ContactTableQuery): Promise<ContactTablePart> {
  contactsPolicy.require(by, 'contacts.read')
  if (wish.q !== undefined) {
    const found = await searchContacts(tx, by, { q: wish.q, limit: MOST_FOUND })
    return { items: await rowsOf(tx, found), next: null, previous: null }
  }
  const backwards = wish.before !== undefined || wish.fromEnd === 'yes'
  const cursor = wish.before ?? wish.after
  const read = await placedRows(tx, seesOnlyOf(by), wish, { backwards, cursor })
  const shown = backwards ? read.slice(0, wish.limit).toReversed() : read.slice(0, wish.limit)
  const [first, last] = [shown[0], shown.at(-1)]
  const goesOn = read.length > wish.limit
  const camesFrom = cursor !== undefined || wish.skip > 0
  const summaries = await summariesOf(
    tx,
    shown.map(({ id }) => id),
  )
  return {
    items: await rowsOf(tx, summaries),
    next: last && (backwards ? camesFrom : goesOn) ? writeCursor(last.place) : null,
    previous: first && (backwards ? goesOn : camesFrom) ? writeCursor(first.place) : null,
  }
}

/** A group is a filter that many meet: it is worth a longer walk along the list. */
const WALK_IN_GROUP = 5000

type Placed = { readonly id: ContactId; readonly place: readonly string[] }

/** One row more than the limit, in the order of the table, each with where it stands. */
async function placedRows(
  tx: WorkspaceTx,
  owner: MemberId | null,
  wish: ContactTableQuery,
  { backwards, cursor }: { readonly backwards: boolean; readonly cursor: string | undefined },
): Promise<readonly Placed[]> {
  const { sort, skip } = wish
  const most = wish.limit + 1
  const isReversed = wish.reverse === 'yes'
  const group = wish.groupBy && partOfGroup(await readGrouping(tx, wish.groupBy, 'query.groupBy'), wish.inGroup ?? NO_GROUP)
  const within = async (): Promise<ReadyFilter> => {
    const ready = await readyList(tx, owner, wish)
    return group ? { ...ready, filter: { join: 'all', parts: [ready.filter, group] } } : ready
  }
  if (isFieldSort(sort)) {
    const field = await readFieldSort(tx, sort)
    const order = { sort: field, falling: isReversed, backwards, after: readFieldPlace(cursor, field), skip }
    return rowsByField(tx, await within(), order, most, group ? WALK_IN_GROUP : undefined)
  }
  const order = { by: sort, reversed: isReversed !== backwards, after: readPlace(cursor, sort), skip }
  const rows = group ? await filteredRows(tx, await within(), order, most, WALK_IN_GROUP) : await orderedRows(tx, owner, wish, order, most)
  return rows.map((row) => ({ id: row.id, place: placeOf(row, sort) }))
}

const isFieldSort = (sort: TableSort): sort is `own.${string}` => sort.startsWith('own.')

/** What lists show of contacts, with what stands in the other columns of a table. */
async function rowsOf<Summary extends { readonly id: ContactId }>(
  tx: WorkspaceTx,
  summaries: readonly Summary[],
): Promise<(Summary & Omit<ContactRow, keyof Summary>)[]> {
  if (summaries.length === 0) return []
  const rows = await tx.db
    .selectFrom('contact')
    .select(['id', 'version', 'given_name', 'family_name', 'created_at', 'own_values'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'id',
      'in',
      summaries.map(({ id }) => id),
    )
    .execute()
  const values = await presentManyValues(
    tx,
    rows.map(({ own_values }) => own_values),
  )
  const more = new Map(
    rows.map((row, at) => [
      row.id,
      {
        version: row.version,
        givenName: row.given_name,
        familyName: row.family_name,
        createdAt: row.created_at.toString(),
        fields: values[at] ?? {},
      },
    ]),
  )
  return summaries.flatMap((summary) => {
    const found = more.get(summary.id)
    return found ? [{ ...summary, ...found } as never] : []
  })
}
