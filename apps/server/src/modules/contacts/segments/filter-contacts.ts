import type { ContactFilter, ContactId, MemberId } from '@frontdesk/contract'
import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type ContactOrder, comesAfter, compareRows, type OrderedRow, orderedBy } from '../contact-order.ts'
import { type CompileHow, compileFilter } from './compile-filter.ts'
import { resolveFilter } from './resolve-filter.ts'
import { isResolvedCondition, type ResolvedFilter, speaksOfArchived } from './resolved-filter.ts'
import { standingPermission } from './standing-permission.ts'

/** A filter of one workspace, ready to be asked. */
export type ReadyFilter = {
  readonly filter: ResolvedFilter
  /** Whether those who were archived are left out, alone meant, or neither. */
  readonly archived: 'no' | 'only' | 'any'
  /** Whose contacts alone are meant; null for everybody's. */
  readonly owner: MemberId | null
}

/** Reads a filter for whoever asks. Throws `contacts/filter-not-usable`. */
export async function readyFilter(
  tx: WorkspaceTx,
  filter: ContactFilter,
  { owner, archived = 'no' }: { readonly owner: MemberId | null; readonly archived?: 'no' | 'only' },
): Promise<ReadyFilter> {
  const resolved = await resolveFilter(tx, filter)
  if (!speaksOfArchived(resolved)) return { filter: resolved, archived, owner }
  // At the top it is said of everybody, and the index of the list answers it.
  const top = resolved.join === 'all' ? resolved.parts.find((part) => isResolvedCondition(part) && part.on === 'archived') : undefined
  if (!top || !isResolvedCondition(top)) return { filter: resolved, archived: 'any', owner }
  return { filter: { join: 'all', parts: resolved.parts.filter((part) => part !== top) }, archived: top.not ? 'no' : 'only', owner }
}

/** The contacts of a filter, called `c` unless told otherwise, as a condition. */
export function whereFilter(tx: WorkspaceTx, ready: ReadyFilter, how: CompileHow, alias = 'c'): RawBuilder<boolean> {
  const mayBeReached = (channel: Parameters<ReturnType<typeof standingPermission.get>['mayBeReached']>[1]) =>
    standingPermission.get().mayBeReached(tx, channel)
  return compileFilter(ready.filter, { workspaceId: tx.workspaceId, how, mayBeReached }, alias)
}

/** Those a filter chooses from: neither merged into somebody, nor hidden from whoever asks. */
export function whereBegins(tx: WorkspaceTx, { archived, owner }: Pick<ReadyFilter, 'archived' | 'owner'>): RawBuilder<boolean> {
  const put = { no: sql` and c.archived_at is null`, only: sql` and c.archived_at is not null`, any: sql`` }[archived]
  const hers = owner === null ? sql`` : sql` and c.owner_member_id = ${owner}`
  return sql<boolean>`c.workspace_id = ${tx.workspaceId} and c.merged_into is null${put}${hers}`
}

export type FilteredRow = OrderedRow & { readonly id: ContactId }

/** As many are looked at one after the other before the whole set is asked for. */
const WALK = 1000

/** What the set of a filter may cost, in the planner's units, for somebody who waits for the first of it: some 20 ms. */
const SOON = 4000

/**
 * The first `most` contacts of a filter in this order. A filter that many meet is found by walking along the list; where the walk does not bring enough, few meet it, and the
 * database begins with the condition that leaves fewest.
 */
export async function filteredRows(
  tx: WorkspaceTx,
  ready: ReadyFilter,
  order: ContactOrder,
  most: number,
  walk: number = WALK,
): Promise<FilteredRow[]> {
  const { skip = 0 } = order
  // Who is far away is not walked to.
  if (skip <= walk) {
    const { found, lookedTo } = await walkAlong(tx, ready, order, { steps: walk + skip, most: skip + most })
    if (found.length >= skip + most || !lookedTo) return found.slice(skip)
  }
  await moreMemory(tx)
  return (await sql<FilteredRow>`${setOf(tx, ready, order, most)}`.execute(tx.db)).rows
}

/**
 * The first of a filter for somebody who waits: at most `most`. Where they would have to be looked for among all contacts, which takes a second in a million, it is those that a walk brings,
 * be it none, and `lookedTo` says where the next page goes on.
 */
export async function soonestRows(
  tx: WorkspaceTx,
  ready: ReadyFilter,
  order: ContactOrder,
  most: number,
  { walk = WALK, soon = SOON }: { readonly walk?: number; readonly soon?: number } = {},
): Promise<{ readonly rows: FilteredRow[]; readonly lookedTo: FilteredRow | null }> {
  const { found, lookedTo } = await walkAlong(tx, ready, order, { steps: walk, most })
  if (found.length >= most || !lookedTo) return { rows: found, lookedTo: null }
  await moreMemory(tx)
  const set = setOf(tx, ready, order, most)
  const { rows: plans } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Total Cost': number } }] }>`explain (format json) ${set}`.execute(tx.db)
  if ((plans[0]?.['QUERY PLAN'][0].Plan['Total Cost'] ?? 0) > soon) return { rows: found, lookedTo }
  return { rows: (await sql<FilteredRow>`${set}`.execute(tx.db)).rows, lookedTo: null }
}

/** Looks at so many contacts, one after the other, and brings those that meet the filter; `lookedTo` is the last one it looked at, where others follow. */
async function walkAlong(
  tx: WorkspaceTx,
  ready: ReadyFilter,
  order: ContactOrder,
  { steps, most }: { readonly steps: number; readonly most: number },
): Promise<{ readonly found: FilteredRow[]; readonly lookedTo: FilteredRow | null }> {
  const by = orderedBy(order, 'c')
  const { rows } = await sql<FilteredRow & { readonly walked: number | null }>`
    with walked as materialized (
      select c.id, c.workspace_id, c.name_sort, c.last_activity_at, c.created_at, c.archived_at, c.company_id, c.owner_member_id, row_number() over (order by ${by})::int as place
      from contact c where ${whereBeginsAfter(tx, ready, order)} order by ${by} limit ${steps}),
    fitting as (select c.* from walked c where ${whereFilter(tx, ready, 'walk')} order by ${by} limit ${most})
    select null::int as walked, f.id, f.name_sort, f.last_activity_at, f.created_at from fitting f
    union all (select w.place, w.id, w.name_sort, w.last_activity_at, w.created_at from walked w order by w.place desc limit 1)`.execute(
    tx.db,
  )
  const plain = ({ id, name_sort, last_activity_at, created_at }: FilteredRow) => ({ id, name_sort, last_activity_at, created_at })
  const last = rows.find(({ walked }) => walked !== null)
  const found = rows.filter(({ walked }) => walked === null).map(plain)
  return {
    // A join may hand rows on in any order.
    found: found.toSorted((one, other) => compareRows(one, other, order)),
    lookedTo: last && last.walked === steps ? plain(last) : null,
  }
}

/** A page of a filter as a set. */
function setOf(tx: WorkspaceTx, ready: ReadyFilter, order: ContactOrder, most: number): RawBuilder<FilteredRow> {
  const { skip = 0 } = order
  return sql<FilteredRow>`
    with fitting as materialized (
      select c.id, c.name_sort, c.last_activity_at, c.created_at from contact c
      where ${whereBeginsAfter(tx, ready, order)} and ${whereFilter(tx, ready, 'set')})
    select c.id, c.name_sort, c.last_activity_at, c.created_at from fitting c order by ${orderedBy(order, 'c')} offset ${skip} limit ${most}`
}

function whereBeginsAfter(tx: WorkspaceTx, ready: ReadyFilter, order: ContactOrder): RawBuilder<boolean> {
  const after = comesAfter(order, 'c')
  return after ? sql<boolean>`${whereBegins(tx, ready)} and ${after}` : whereBegins(tx, ready)
}

/** Sets of a million ids do not fit into what one step of a query has otherwise; until the end of this transaction. */
export const moreMemory = (tx: WorkspaceTx) => sql`select set_config('work_mem', '32MB', true)`.execute(tx.db)

/** How many a filter leaves, exactly. */
export async function countFiltered(tx: WorkspaceTx, ready: ReadyFilter): Promise<number> {
  await moreMemory(tx)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from contact c where ${whereBegins(tx, ready)} and ${whereFilter(tx, ready, 'set')}`.execute(tx.db)
  return rows[0]?.count ?? 0
}

/** The next of those a filter chooses from, by id, and which of them meet it: for whoever works through all of them, a part at a time. */
export async function walkFiltered(
  tx: WorkspaceTx,
  ready: ReadyFilter,
  { after, most }: { readonly after: string | undefined; readonly most: number },
): Promise<{ readonly items: ContactId[]; readonly next: string | null }> {
  const { rows } = await sql<{ walked: number; last: string | null; ids: ContactId[] | null }>`
    with walked as materialized (
      select c.id, c.workspace_id, c.name_sort, c.last_activity_at, c.created_at, c.archived_at, c.company_id, c.owner_member_id
      from contact c where ${whereBegins(tx, ready)}${after === undefined ? sql`` : sql` and c.id > ${after}::uuid`} order by c.id limit ${most})
    select count(*)::int as walked, (select w.id from walked w order by w.id desc limit 1) as last,
      (select array_agg(c.id order by c.id) from walked c where ${whereFilter(tx, ready, 'walk')}) as ids
    from walked`.execute(tx.db)
  const page = rows[0]
  return { items: page?.ids ?? [], next: page && page.walked >= most ? page.last : null }
}
