import type { WorkspaceTx } from '../../../platform/database/index.ts'
import './consent.tables.ts'
import type { OwnWordings } from './kit.ts'

/** The own words that are in use. */
export async function ownWordings(tx: WorkspaceTx): Promise<OwnWordings> {
  const rows = await tx.db
    .selectFrom('own_wording')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('retired_at', 'is', null)
    .execute()
  return rows.map(({ wording, locale, edition, written, spoken, created_at }) => ({
    key: wording,
    locale,
    edition,
    written,
    spoken,
    since: created_at,
  }))
}
