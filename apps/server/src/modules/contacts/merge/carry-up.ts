import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { moveRows, placesOf } from './merge-places.ts'

/** A merge that stands. */
type Standing = { readonly id: string; readonly merged_id: ContactId; readonly survivor_id: ContactId }

/** The merges of which these contacts are part, as far as they stand, in their order. */
async function standingMerges(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<readonly Standing[]> {
  if (contactIds.length === 0) return []
  const { rows } = await sql<Standing>`
    with whole as (
      select distinct coalesce(c.merged_into, c.id) as id from contact c where c.workspace_id = ${tx.workspaceId} and c.id = any(${[...contactIds]}::uuid[])
    )
    select m.id, m.merged_id, m.survivor_id
    from whole join contact c on c.workspace_id = ${tx.workspaceId} and c.merged_into = whole.id
      join contact_merge m on m.workspace_id = c.workspace_id and m.merged_id = c.id and m.undone_at is null
    order by m.id`.execute(tx.db)
  return rows
}

/** All cards of the contacts that these ids stand for now: those that stay, and those that were merged into them. Held, in one order. */
export async function holdAllParts(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<readonly ContactId[]> {
  const merges = await standingMerges(tx, contactIds)
  const all = new Set([...contactIds, ...merges.flatMap(({ merged_id, survivor_id }) => [merged_id, survivor_id])])
  const { rows } = await sql<{ id: ContactId }>`
    select id from contact where workspace_id = ${tx.workspaceId} and id = any(${[...all]}::uuid[]) order by id for update`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/**
 * What stands with a card that is part of another contact is that one's, where it has nothing of the kind: as the merge itself would have left it, had it been so then. For those whose rows
 * of this table came or went behind a merge.
 */
export async function carryUp(
  tx: WorkspaceTx,
  table: 'contact_tag' | 'list_member' | 'contact_point',
  contactIds: readonly ContactId[],
): Promise<void> {
  const merges = await standingMerges(tx, contactIds)
  if (merges.length === 0) return
  const place = (await placesOf(tx, 'contact')).find((one) => one.table === table)
  if (!place) throw new Error(`Nothing of ${table} goes over in a merge.`)
  const into = new Map(merges.map(({ merged_id, survivor_id }) => [merged_id, survivor_id]))
  for (const { id, merged_id, survivor_id } of merges) {
    // What one of them gave further up comes back to it; nothing may take its place meanwhile.
    const above: ContactId[] = []
    for (let next = into.get(survivor_id); next !== undefined; next = into.get(next)) above.push(next)
    if (table === 'contact_point') await stepAside(tx, merged_id, [survivor_id, ...above])
    await moveRows(tx, place, { mergeId: id, from: merged_id, to: survivor_id, above })
  }
}

/** What is about to go over is not preferred where others prefer another, as in the merge. */
async function stepAside(tx: WorkspaceTx, from: ContactId, to: readonly ContactId[]): Promise<void> {
  const held = sql`o.workspace_id = p.workspace_id and o.contact_id = any(${[...to]}::uuid[]) and o.kind = p.kind`
  await sql`
    update contact_point p set preferred = false
    where p.workspace_id = ${tx.workspaceId} and p.contact_id = ${from} and p.preferred
      and exists (select from contact_point o where ${held} and o.preferred)
      and not exists (select from contact_point o where ${held} and o.value_normalized = p.value_normalized)`.execute(tx.db)
}
