import type {
  ContactFilter,
  ContactListQuery,
  ContactSummary,
  FilterCondition,
  ListNarrowing,
  MemberId,
  Principal,
} from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'
import { narrowByField } from './fields/narrow-by-field.ts'
import { foldText } from './fold-text.ts'
import { countFiltered, type FilteredRow, type FilterOrder, filteredRows, readyFilter, whereFilter } from './segments/filter-contacts.ts'
import { summariesOf } from './summarize-contacts.ts'

export type ListContacts = z.output<typeof ContactListQuery>

/** One page of contacts, by last activity or by name. A representative's list holds her own ones. */
export async function listContacts(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListContacts,
): Promise<{ items: ContactSummary[]; next: string | null }> {
  contactsPolicy.require(by, 'contacts.read')
  if (wish.filter) return listFiltered(tx, by, { ...wish, filter: wish.filter })
  const narrowing = await narrowedContacts(tx, seesOnlyOf(by), { ...wish, filter: undefined })
  let query = narrowing.query.select(['contact.id', 'contact.name_sort', 'contact.last_activity_at']).limit(wish.limit + 1)
  if (wish.sort === 'name') {
    const after = readCursor(wish.cursor, [z.string(), z.uuid()])
    if (after) query = query.where(sql<boolean>`(contact.name_sort, contact.id) > (${after[0]}, ${after[1]}::uuid)`)
    query = query.orderBy('contact.name_sort').orderBy('contact.id')
  } else {
    const before = readCursor(wish.cursor, [z.iso.datetime(), z.uuid()])
    if (before) query = query.where(sql<boolean>`(contact.last_activity_at, contact.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`)
    query = query.orderBy('contact.last_activity_at', 'desc').orderBy('contact.id', 'desc')
  }
  return pageOf(tx, wish, await query.execute())
}

/** The same by a filter; what is asked besides it narrows further. */
async function listFiltered(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListContacts & { readonly filter: ContactFilter },
): Promise<{ items: ContactSummary[]; next: string | null }> {
  const ready = await readyFilter(tx, narrowed(wish), { owner: seesOnlyOf(by), archived: wish.archived })
  const order: FilterOrder =
    wish.sort === 'name'
      ? { by: 'name', after: readCursor(wish.cursor, [z.string(), z.uuid()]) }
      : { by: 'recent', before: readCursor(wish.cursor, [z.iso.datetime(), z.uuid()]) }
  return pageOf(tx, wish, await filteredRows(tx, ready, order, wish.limit + 1))
}

function narrowed({ filter, tag, ownerMemberId, field, is, from, to }: ListNarrowing & { readonly filter: ContactFilter }): ContactFilter {
  const besides: FilterCondition[] = [
    ...(tag === undefined ? [] : [{ on: 'tag' as const, tag }]),
    ...(ownerMemberId === undefined ? [] : [{ on: 'owner' as const, memberId: ownerMemberId }]),
    ...(field === undefined ? [] : [{ on: 'field' as const, key: field, ...(is === undefined ? { from, to } : { is: [is] }) }]),
  ]
  // Where everything is asked of all, one more is asked beside them; so that groups do not grow deeper than they are read.
  return besides.length === 0 ? filter : { all: 'all' in filter ? [...filter.all, ...besides] : [filter as never, ...besides] }
}

async function pageOf(tx: WorkspaceTx, { sort, limit }: ListContacts, rows: readonly FilteredRow[]) {
  const page = pageFrom(
    rows,
    limit,
    (row) => row.id,
    (row) => [sort === 'name' ? row.name_sort : row.last_activity_at.toString(), row.id],
  )
  return { items: await summariesOf(tx, page.items), next: page.next }
}

/**
 * The contacts that a list is narrowed to, without order and page, and how many they are; `owner` are those of one member alone. Of a filter each contact is asked one after the other, so that whoever
 * works through all of them by id reads each once. Throws `contacts/filter-not-usable`.
 */
export async function narrowedContacts(tx: WorkspaceTx, owner: MemberId | null, wish: ListNarrowing) {
  const among = tx.db.selectFrom('contact').where('contact.workspace_id', '=', tx.workspaceId).where('contact.merged_into', 'is', null)
  const ready = wish.filter && (await readyFilter(tx, narrowed({ ...wish, filter: wish.filter }), { owner, archived: wish.archived }))
  const archived = ready ? ready.archived : wish.archived
  let query = archived === 'any' ? among : among.where('contact.archived_at', archived === 'only' ? 'is not' : 'is', null)
  const member = owner ?? wish.ownerMemberId
  if (member !== undefined) query = query.where('contact.owner_member_id', '=', member)
  if (ready) return { query: query.where(whereFilter(tx, ready, 'walk', 'contact')), count: () => countFiltered(tx, ready) }
  const byField = await narrowByField(tx, wish)
  if (byField) query = query.where(byField)
  if (wish.tag !== undefined) {
    const folded = foldText(wish.tag)
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('contact_tag')
          .innerJoin('tag', (join) =>
            join.onRef('tag.workspace_id', '=', 'contact_tag.workspace_id').onRef('tag.id', '=', 'contact_tag.tag_id'),
          )
          .select('contact_tag.id')
          .whereRef('contact_tag.workspace_id', '=', 'contact.workspace_id')
          .whereRef('contact_tag.contact_id', '=', 'contact.id')
          .where('tag.name_folded', '=', folded),
      ),
    )
  }
  const count = async () => {
    const { people } = await query.select(({ fn }) => fn.countAll<number>().as('people')).executeTakeFirstOrThrow()
    return Number(people)
  }
  return { query, count }
}
