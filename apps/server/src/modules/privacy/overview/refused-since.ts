import type { RefusedTouches } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** What the gate has refused since a moment, by the first reason that stood in the way, most often first. A mail that was asked about again counts once. */
export async function refusedSince(
  tx: WorkspaceTx,
  since: Temporal.Instant,
): Promise<{ since: string; count: number; reasons: RefusedTouches[] }> {
  const { rows } = await sql<RefusedTouches>`
    select first.code, first.effect, p.remedy, count(*)::int as count, count(distinct p.contact_id)::int as people
    from permit p
    cross join lateral (
      select reason.value ->> 'code' as code, reason.value ->> 'effect' as effect
      from jsonb_array_elements(p.reasons) with ordinality as reason (value, place)
      where reason.value ->> 'effect' in ('blocks', 'defers')
      order by reason.place
      limit 1
    ) as first
    where p.workspace_id = ${tx.workspaceId} and p.decision = 'refused' and p.created_at >= ${since} and p.superseded_by is null
    group by 1, 2, 3
    order by count desc, first.code`.execute(tx.db)
  return { since: since.toString(), count: rows.reduce((sum, { count }) => sum + count, 0), reasons: rows }
}
