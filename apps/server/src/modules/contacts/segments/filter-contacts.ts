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
  const after = comesAfter(order, 'c')
  const begins = after ? sql`${whereBegins(tx, ready)} and ${after}` : whereBegins(tx, ready)
  const by = orderedBy(order, 'c')
  const enough = skip + most
  // Who is far away is not walked to.
  if (skip <= walk) {
    const steps = walk + skip
    const { rows } = await sql<{ walked: number } & { [Key in keyof FilteredRow]: FilteredRow[Key] | null }>`
      with walked as materialized (
        select c.id, c.workspace_id, c.name_sort, c.last_activity_at, c.created_at, c.archived_at, c.company_id, c.owner_member_id
        from contact c where ${begins} order by ${by} limit ${steps}),
      fitting as (select c.* from walked c where ${whereFilter(tx, ready, 'walk')} order by ${by} limit ${enough})
      select seen.walked::int as walked, f.id, f.name_sort, f.last_activity_at, f.created_at
      from (select count(*) as walked from walked) seen left join fitting f on true`.execute(tx.db)
    const found = rows.flatMap(({ id, name_sort, last_activity_at, created_at }) =>
      id === null || name_sort === null || last_activity_at === null || created_at === null
        ? []
        : [{ id, name_sort, last_activity_at, created_at }],
    )
    // A join may hand rows on in any order.
    if (found.length >= enough || (rows[0]?.walked ?? 0) < steps)
      return found.toSorted((one, other) => compareRows(one, other, order)).slice(skip)
  }
  await moreMemory(tx)
  const { rows: all } = await sql<FilteredRow>`
    with fitting as materialized (
      select c.id, c.name_sort, c.last_activity_at, c.created_at from contact c where ${begins} and ${whereFilter(tx, ready, 'set')})
    select c.id, c.name_sort, c.last_activity_at, c.created_at from fitting c order by ${by} offset ${skip} limit ${most}`.execute(tx.db)
  return all
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
