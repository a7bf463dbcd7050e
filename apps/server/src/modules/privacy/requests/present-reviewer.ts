import type { RequestReviewer } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { StoredReviewer } from './request.tables.ts'

/** Who was invited to a case, first ones first. */
export const reviewersOf = (tx: WorkspaceTx, requestId: string): Promise<StoredReviewer[]> =>
  tx.db
    .selectFrom('request_reviewer')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute()

/** A reviewer as the API shows one. */
export const presentReviewer = (row: StoredReviewer): z.input<typeof RequestReviewer> => ({
  id: row.id,
  name: row.name,
  email: row.email,
  invitedAt: row.invited_at.toString(),
  expiresAt: row.expires_at.toString(),
  decidedAt: row.decided_at?.toString() ?? null,
  revokedAt: row.revoked_at?.toString() ?? null,
})
