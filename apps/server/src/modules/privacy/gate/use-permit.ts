import type { Channel, Permit } from '@frontdesk/contact-rules'
import type { ContactId, PermitId } from '@frontdesk/contract'
import { prepared, type WorkspaceTx } from '../../../platform/database/index.ts'

/** What a permit is used for: the send it carries, whom that reaches, and how. */
export type UsePermit = { readonly sendId: string; readonly contactId: ContactId; readonly channel: Channel }

/** Permits that were stored as used, until their send comes for them. A permit cannot be copied, so none is taken twice. */
const waiting = new WeakMap<Permit, { readonly db: WorkspaceTx['db']; readonly sendId: string }>()

/** Remembers that a permit was stored as used by a send of the same transaction. For `requestPermit` alone. */
export const usedFromTheStart = (tx: WorkspaceTx, permit: Permit, sendId: string): void => void waiting.set(permit, { db: tx.db, sendId })

/**
 * Marks a permit as used by one send. Throws when it was used before, has expired, is of another workspace, or is for another contact, channel or purpose than the send or
 * than was decided: then nothing may go out.
 */
export async function usePermit(tx: WorkspaceTx, permit: Permit, use: UsePermit): Promise<void> {
  const fits = permit.contactId === use.contactId && permit.channel === use.channel && permit.workspaceId === tx.workspaceId
  if (fits && (takeWaiting(tx, permit, use) || (await markUsed(tx, permit, use)))) return
  throw new Error('This permit was used before, has expired, or is for another contact, way or workspace. The gate has to be asked again.')
}

/** Whether it was stored as used by this very send, in this transaction, and nobody came for it yet. */
function takeWaiting(tx: WorkspaceTx, permit: Permit, { sendId }: UsePermit): boolean {
  const stored = waiting.get(permit)
  waiting.delete(permit)
  return stored?.db === tx.db && stored.sendId === sendId && Temporal.Instant.compare(tx.now, permit.expiresAt) < 0
}

async function markUsed(tx: WorkspaceTx, permit: Permit, { sendId, contactId, channel }: UsePermit): Promise<boolean> {
  const used = await tx.db
    .updateTable('permit')
    .set({ used_by: sendId, used_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', permit.id as PermitId)
    .where('decision', '=', 'allowed')
    .where('contact_id', '=', contactId)
    .where('channel', '=', channel)
    .where('purpose', '=', permit.purpose)
    .where('used_by', 'is', null)
    .where('expires_at', '>', tx.now)
    .modifyEnd(prepared('permit.use'))
    .executeTakeFirst()
  return used.numUpdatedRows === 1n
}
