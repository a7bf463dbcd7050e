import type { Principal, RetentionRun } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { newestFirst } from '../../../platform/http/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import type { RetentionRunRow } from './retention.tables.ts'
import { retentionRules } from './retention-rules.ts'

/** The reports of the nights, newest first. */
export async function listRetentionRuns(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: RetentionRun[]; next: string | null }> {
  privacyPolicy.require(by, 'retention.read')
  return newestFirst(tx.db.selectFrom('retention_run').selectAll().where('workspace_id', '=', tx.workspaceId), wish, present)
}

const present = (row: Selectable<RetentionRunRow>): RetentionRun => ({
  id: row.id,
  night: row.night.toString(),
  state: row.state,
  startedAt: row.started_at.toString(),
  finishedAt: row.finished_at?.toString() ?? null,
  rules: retentionRules.map(({ rule, days }) => ({
    rule,
    days: row.days[rule] ?? days,
    tables: Object.entries(row.counts[rule]?.tables ?? {}).map(([table, rows]) => ({ table, rows })),
    files: row.counts[rule]?.files ?? 0,
    held: row.counts[rule]?.held ?? 0,
  })),
})
