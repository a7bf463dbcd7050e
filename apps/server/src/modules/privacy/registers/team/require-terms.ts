import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import './team.tables.ts'
import { termsOfToday } from './terms-of-today.ts'

/** Data of people that come from elsewhere are taken in only under accepted processing terms. Throws `privacy/terms-not-accepted`. */
export async function requireTerms(tx: WorkspaceTx): Promise<void> {
  const { hashes } = await termsOfToday(tx)
  const row = await tx.db
    .selectFrom('processing_terms_acceptance')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('sha256', 'in', hashes)
    .limit(1)
    .executeTakeFirst()
  if (row) return
  throw new Refusal('privacy/terms-not-accepted', {
    detail: 'An owner has to accept the processing terms first, in Settings, Team and terms. Nothing was taken in.',
  })
}
