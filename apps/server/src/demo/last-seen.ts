import type { ContactId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../platform/database/index.ts'

/** Those the desk last had to do with, the latest first. */
export async function lastSeen(tx: WorkspaceTx, count: number): Promise<readonly ContactId[]> {
  const people = await tx.db
    .selectFrom('contact')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('archived_at', 'is', null)
    .where('merged_into', 'is', null)
    .orderBy('last_activity_at', 'desc')
    .orderBy('id')
    .limit(count)
    .execute()
  return people.map(({ id }) => id)
}
