import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** What a merge kept of fields that she had corrected since goes too: an undo leaves them as she wants them. */
export async function forgetInMerges(tx: WorkspaceTx, contactId: ContactId, fields: readonly string[]): Promise<void> {
  await sql`
    update contact_merge set kept = jsonb_set(kept, '{fields}', (kept -> 'fields') - ${[...fields]}::text[])
    where workspace_id = ${tx.workspaceId} and survivor_id = ${contactId} and kept is not null`.execute(tx.db)
}
