import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** A number or address by what it is. */
export type PointValue = { readonly kind: string; readonly value: string }

/** Numbers that these became shared with are one person's again where nobody else has them. */
export async function unshare(tx: WorkspaceTx, pointIds: readonly string[]): Promise<void> {
  if (pointIds.length === 0) return
  await sql`
    update contact_point p set shared = false
    where p.workspace_id = ${tx.workspaceId} and p.id = any(${[...pointIds]}::uuid[]) and not ${elsewhere}`.execute(tx.db)
}

/** Of numbers that went from somebody: who has one alone now does not share it any more. */
export async function unshareLast(tx: WorkspaceTx, gone: readonly PointValue[]): Promise<void> {
  if (gone.length === 0) return
  await sql`
    update contact_point p set shared = false
    from unnest(${gone.map(({ kind }) => kind)}::text[], ${gone.map(({ value }) => value)}::text[]) as one (kind, value)
    where p.workspace_id = ${tx.workspaceId} and p.kind = one.kind and p.value_normalized = one.value and p.shared and not ${elsewhere}`.execute(
    tx.db,
  )
}

/** Whether somebody else has it. Those who were merged into her are no one else, and what they have of their own waits for the undo as it is. */
const elsewhere = sql`exists (
  select from contact h where h.workspace_id = p.workspace_id and h.id = p.contact_id and h.merged_into is not null
  union all
  select from contact_point o join contact c on c.workspace_id = o.workspace_id and c.id = o.contact_id
  where o.workspace_id = p.workspace_id and o.kind = p.kind and o.value_normalized = p.value_normalized and o.id <> p.id
    and coalesce(c.merged_into, c.id) <> p.contact_id)`
