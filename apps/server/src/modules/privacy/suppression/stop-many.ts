import type { ContactId, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { recordTimeline } from '../../contacts/index.ts'
import { hashesOfPoint, hashOfPoint, type KeyedPoint } from '../consents/point-hash.ts'
import { actorText, type Suppress } from './suppress.ts'

/** Stops many addresses at once, such as those of a list, and answers how many were not stopped before. Each must be given once. */
export async function stopMany(
  tx: WorkspaceTx,
  by: Principal,
  points: readonly KeyedPoint[],
  { scope, cause }: Pick<Suppress, 'scope' | 'cause'>,
): Promise<number> {
  const fresh = await notYetStopped(tx, points, scope)
  if (fresh.length === 0) return 0
  const { rows } = await sql<{ id: string; kind: string; contact_id: ContactId | null }>`
    insert into suppression (workspace_id, id, kind, value_hash, scope, channel, cause, contact_id, added_by, created_at)
    select ${tx.workspaceId}::uuid, one.id, one.kind, one.hash, ${scope}, null, ${cause}, (
        select contact_id from contact_point
        where contact_point.workspace_id = ${tx.workspaceId} and contact_point.kind = one.kind and contact_point.value_normalized = one.value
        order by contact_point.id limit 1
      ), ${actorText(by)}, ${tx.now}
    from unnest(${fresh.map(() => tx.newId())}::uuid[], ${fresh.map(({ kind }) => kind)}::text[], ${fresh.map(({ value }) => value)}::text[],
      ${fresh.map((point) => hashOfPoint(tx, point))}::text[]) as one (id, kind, value, hash)
    on conflict do nothing
    returning id, kind, contact_id`.execute(tx.db)
  for (const { id, kind, contact_id } of rows) {
    if (contact_id === null) continue
    await recordTimeline(tx, {
      contactId: contact_id,
      kind: 'suppression.added',
      actor: by,
      subject: { type: 'suppression', id },
      summary: { key: 'suppression_added', values: { kind, scope, cause } },
    })
  }
  return rows.length
}

/** Keys are rotated: what was stopped under an older one is not stopped twice. */
async function notYetStopped(tx: WorkspaceTx, points: readonly KeyedPoint[], scope: Suppress['scope']): Promise<readonly KeyedPoint[]> {
  const hashes = new Map(points.map((point) => [point, hashesOfPoint(tx, point)]))
  const rows = await tx.db
    .selectFrom('suppression')
    .select('value_hash')
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<boolean>`kind = any('{email,phone}'::text[])`)
    .where(sql<boolean>`value_hash = any(${[...hashes.values()].flat()}::text[])`)
    .where('scope', '=', scope)
    .where('lifted_at', 'is', null)
    .execute()
  const known = new Set(rows.map(({ value_hash }) => value_hash))
  return points.filter((point) => !hashes.get(point)?.some((hash) => known.has(hash)))
}
