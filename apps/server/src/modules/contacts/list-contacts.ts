import type {
  ContactFilter,
  ContactListQuery,
  ContactSummary,
  FilterCondition,
  ListNarrowing,
  MemberId,
  Principal,
} from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { pageFrom, writeCursor } from '../../platform/http/index.ts'
import { type ContactOrder, comesAfter, compareRows, orderedBy, placeOf, readPlace } from './contact-order.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'
import { narrowByField } from './fields/narrow-by-field.ts'
import { foldText } from './fold-text.ts'
import {
  countFiltered,
  type FilteredRow,
  filteredRows,
  type ReadyFilter,
  readyFilter,
  soonestRows,
  whereFilter,
} from './segments/filter-contacts.ts'
import { summariesOf } from './summarize-contacts.ts'

export type ListContacts = z.output<typeof ContactListQuery>

/**
 * One page of contacts, by last activity or by name. A representative's list holds her own ones. The first page of a filter that few of many meet may be short, even empty, and another one follow.
 * Throws `contacts/filter-not-usable`.
 */
export async function listContacts(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListContacts,
): Promise<{ items: ContactSummary[]; next: string | null }> {
  contactsPolicy.require(by, 'contacts.read')
  const order = { by: wish.sort, after: readPlace(wish.cursor, wish.sort) }
  const { rows, lookedTo } =
    wish.filter && !order.after
      ? await soonestRows(tx, await ofFilter(tx, seesOnlyOf(by), { ...wish, filter: wish.filter }), order, wish.limit + 1)
      : { rows: await orderedRows(tx, seesOnlyOf(by), wish, order, wish.limit + 1), lookedTo: null }
  const page = pageFrom(
    rows,
    wish.limit,
    (row) => row.id,
    (row) => placeOf(row, wish.sort),
  )
  return { items: await summariesOf(tx, page.items), next: lookedTo ? writeCursor(placeOf(lookedTo, wish.sort)) : page.next }
}

/** The first `most` of those a list is narrowed to without a filter, in this order. */
async function narrowedRows(
  tx: WorkspaceTx,
  query: Awaited<ReturnType<typeof narrowedContacts>>['query'],
  order: ContactOrder,
  most: number,
): Promise<FilteredRow[]> {
  const after = comesAfter(order, 'contact')
  const ordered = (after ? query.where(after) : query).orderBy(orderedBy(order, 'contact')).limit(most)
  const columns = ['contact.id', 'contact.name_sort', 'contact.last_activity_at', 'contact.created_at'] as const
  if (!order.skip) return ordered.select(columns).execute()
  // Those who are passed over are counted in the index alone; nothing of them is read.
  const ids = (await ordered.select('contact.id').offset(order.skip).execute()).map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await tx.db
    .selectFrom('contact')
    .select(columns)
    .where('contact.workspace_id', '=', tx.workspaceId)
    .where('contact.id', 'in', ids)
    .execute()
  return rows.toSorted((one, other) => compareRows(one, other, order))
}

/** The first `most` of those a list is narrowed to, in this order. Throws `contacts/filter-not-usable`. */
export async function orderedRows(
  tx: WorkspaceTx,
  owner: MemberId | null,
  wish: ListNarrowing,
  order: ContactOrder,
  most: number,
): Promise<FilteredRow[]> {
  if (!wish.filter) return narrowedRows(tx, (await narrowedContacts(tx, owner, wish)).query, order, most)
  return filteredRows(tx, await ofFilter(tx, owner, { ...wish, filter: wish.filter }), order, most)
}

/** All that a list is narrowed by, as one filter. Throws `contacts/filter-not-usable`. */
export const readyList = (tx: WorkspaceTx, owner: MemberId | null, wish: ListNarrowing): Promise<ReadyFilter> =>
  ofFilter(tx, owner, { ...wish, filter: wish.filter ?? { all: [] } })

type Filtered = ListNarrowing & { readonly filter: ContactFilter }

const ofFilter = (tx: WorkspaceTx, owner: MemberId | null, wish: Filtered) =>
  readyFilter(tx, narrowed(wish), { owner, archived: wish.archived })

function narrowed({ filter, tag, ownerMemberId, field, is, from, to }: Filtered): ContactFilter {
  const besides: FilterCondition[] = [
    ...(tag === undefined ? [] : [{ on: 'tag' as const, tag }]),
    ...(ownerMemberId === undefined ? [] : [{ on: 'owner' as const, memberId: ownerMemberId }]),
    ...(field === undefined ? [] : [{ on: 'field' as const, key: field, ...(is === undefined ? { from, to } : { is: [is] }) }]),
  ]
  // Where everything is asked of all, one more is asked beside them; so that groups do not grow deeper than they are read.
  return besides.length === 0 ? filter : { all: 'all' in filter ? [...filter.all, ...besides] : [filter as never, ...besides] }
}

/**
 * The contacts that a list is narrowed to, without order and page, and how many they are; `owner` are those of one member alone. Of a filter each contact is asked one after the other, so that whoever
 * works through all of them by id reads each once. Throws `contacts/filter-not-usable`.
 */
export async function narrowedContacts(tx: WorkspaceTx, owner: MemberId | null, wish: ListNarrowing) {
  const among = tx.db.selectFrom('contact').where('contact.workspace_id', '=', tx.workspaceId).where('contact.merged_into', 'is', null)
  const ready = wish.filter && (await ofFilter(tx, owner, { ...wish, filter: wish.filter }))
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
