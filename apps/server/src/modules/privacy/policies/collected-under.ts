import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** The privacy notice under which a contact's data were collected: the one that stood at that moment. Both never change, so neither does the answer; null: from before the first. */
export async function collectedUnder(
  tx: WorkspaceTx,
  at: Temporal.Instant,
): Promise<{ readonly version: number; readonly publishedAt: Temporal.Instant } | null> {
  const row = await tx.db
    .selectFrom('policy_version')
    .select(['version', 'published_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', 'privacy')
    .where('published_at', '<=', at)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { version: row.version, publishedAt: row.published_at } : null
}
