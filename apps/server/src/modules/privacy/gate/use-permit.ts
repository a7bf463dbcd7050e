import type { Permit } from '@frontdesk/contact-rules'
import type { PermitId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** Marks a permit as used by one send. Throws when it was used before, has expired, or is not of this workspace: then nothing may go out. */
export async function usePermit(tx: WorkspaceTx, permit: Permit, sendId: string): Promise<void> {
  const used = await tx.db
    .updateTable('permit')
    .set({ used_by: sendId, used_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', permit.id as PermitId)
    .where('decision', '=', 'allowed')
    .where('used_by', 'is', null)
    .where('expires_at', '>', tx.now)
    .executeTakeFirst()
  if (used.numUpdatedRows === 1n) return
  throw new Error('This permit was used before, has expired or is of another workspace. The gate has to be asked again.')
}
