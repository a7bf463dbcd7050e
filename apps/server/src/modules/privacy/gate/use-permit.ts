import type { Channel, Permit } from '@frontdesk/contact-rules'
import type { ContactId, PermitId } from '@frontdesk/contract'
import { prepared, type WorkspaceTx } from '../../../platform/database/index.ts'

/** What a permit is used for: the send it carries, whom that reaches, and how. */
export type UsePermit = { readonly sendId: string; readonly contactId: ContactId; readonly channel: Channel }

/**
 * Marks a permit as used by one send. Throws when it was used before, has expired, is of another workspace, or is for another contact, channel or purpose than the send or
 * than was decided: then nothing may go out.
 */
export async function usePermit(tx: WorkspaceTx, permit: Permit, use: UsePermit): Promise<void> {
  const used = await tx.db
    .updateTable('permit')
    .set({ used_by: use.sendId, used_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', permit.id as PermitId)
    .where('decision', '=', 'allowed')
    .where('contact_id', '=', use.contactId)
    .where('channel', '=', use.channel)
    .where('purpose', '=', permit.purpose)
    .where('used_by', 'is', null)
    .where('expires_at', '>', tx.now)
    .modifyEnd(prepared('permit.use'))
    .executeTakeFirst()
  if (used.numUpdatedRows === 1n && permit.contactId === use.contactId && permit.channel === use.channel) return
  throw new Error('This permit was used before, has expired, or is for another contact, way or workspace. The gate has to be asked again.')
}
