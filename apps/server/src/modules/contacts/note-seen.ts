import type { ContactId, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { actorOf } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'

/** Remembers in the audit log that somebody looked at a contact, once an hour for each of them: who saw her can be told, and the log stays readable. */
export async function noteSeen(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<void> {
  if (by.kind !== 'member' && by.kind !== 'api_key' && by.kind !== 'operator') return
  const { type, id } = actorOf(by)
  await sql`
    insert into audit_entry (workspace_id, id, at, actor_type, actor_id, action, object_type, object_id, result)
    select ${tx.workspaceId}, ${tx.newId()}, ${tx.now}, ${type}, ${id}, 'contact.seen', 'contact', ${contactId}, 'done'
    where not exists (
      select from audit_entry
      where workspace_id = ${tx.workspaceId} and object_type = 'contact' and object_id = ${contactId}
        and actor_id = ${id} and action = 'contact.seen' and at > ${tx.now.subtract({ hours: 1 })}
    )`.execute(tx.db)
}
