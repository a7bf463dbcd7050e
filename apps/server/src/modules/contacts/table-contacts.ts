import type { ContactId, ContactRow, ContactTablePart, ContactTableQuery, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { writeCursor } from '../../platform/http/index.ts'
import { placeOf, readPlace } from './contact-order.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'
import { presentManyValues } from './fields/write-values.ts'
import { orderedRows } from './list-contacts.ts'
import { searchContacts } from './search-contacts.ts'
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
  const order = {
    by: wish.sort,
    reversed: (wish.reverse === 'yes') !== backwards,
    after: readPlace(cursor, wish.sort),
    skip: wish.skip,
  }
  const read = await orderedRows(tx, seesOnlyOf(by), wish, order, wish.limit + 1)
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
    next: last && (backwards ? camesFrom : goesOn) ? writeCursor(placeOf(last, wish.sort)) : null,
    previous: first && (backwards ? goesOn : camesFrom) ? writeCursor(placeOf(first, wish.sort)) : null,
  }
}

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
