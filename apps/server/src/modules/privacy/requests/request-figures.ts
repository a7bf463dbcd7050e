import { type Principal, type RequestFigures, RequestKind } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { requestsPolicy } from './request.policy.ts'

type Counted = { kind: RequestKind; received: number; complied: number; refused: number; open: number; median_days: number | null }

/** How many requests a year brought, by kind, how they were answered, and after how many days: the year is the business's own. */
export async function requestFigures(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly year?: number | undefined },
): Promise<z.input<typeof RequestFigures>> {
  requestsPolicy.require(by, 'requests.read')
  const { zone } = await workspaceFacts(tx)
  const year = wish.year ?? tx.now.toZonedDateTimeISO(zone).year
  const from = Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(zone).toInstant()
  const until = Temporal.PlainDate.from({ year: year + 1, month: 1, day: 1 })
    .toZonedDateTime(zone)
    .toInstant()
  const { rows } = await sql<Counted>`
    select kind, count(*)::int as received,
      count(*) filter (where refusal_ground is null and (answered_by is not null or closed_at is not null) and not revoked)::int as complied,
      count(*) filter (where refusal_ground is not null)::int as refused,
      count(*) filter (where answered_by is null and closed_at is null)::int as open,
      percentile_cont(0.5) within group (order by extract(epoch from answered_at - received_at) / 86400)::float8 as median_days
    from (
      select request.*, (select min(at) from request_step where request_step.workspace_id = request.workspace_id
        and request_step.request_id = request.id and step in ('answered', 'refused', 'resolved')) as answered_at,
        exists (select from request_step where request_step.workspace_id = request.workspace_id
        and request_step.request_id = request.id and step = 'revoked') as revoked
      from request where workspace_id = ${tx.workspaceId} and received_at >= ${from} and received_at < ${until}
        and not exists (select from request_step where request_step.workspace_id = request.workspace_id
          and request_step.request_id = request.id and step = 'refiled')
    ) as asked group by kind`.execute(tx.db)
  const sees = requestsPolicy.decide(by, 'complaints.read').allowed
  const found = new Map(rows.map((row) => [row.kind, row]))
  return {
    year,
    kinds: RequestKind.options
      .filter((kind) => kind !== 'complaint' || sees)
      .map((kind) => {
        const row = found.get(kind)
        return {
          kind,
          received: row?.received ?? 0,
          complied: row?.complied ?? 0,
          refused: row?.refused ?? 0,
          open: row?.open ?? 0,
          medianDays: row?.median_days == null ? null : Math.round(row.median_days * 10) / 10,
        }
      }),
  }
}
