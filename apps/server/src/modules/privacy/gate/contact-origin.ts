import type { ContactSource } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ContactFacts } from '../../contacts/index.ts'

/** Where somebody came from: what is answered to "who gave you my number?". */
export type Origin = { readonly source: ContactSource; readonly at: string; readonly memberName: string | null }

/** Reads it from the contact and from the first line of its timeline, where a member took it down. */
export async function originOf(tx: WorkspaceTx, { contactId, source, createdAt }: ContactFacts): Promise<Origin> {
  const { rows } = await sql<{ name: string }>`
    select member.name from timeline_event
      join member on member.workspace_id = timeline_event.workspace_id and member.id::text = timeline_event.actor_id
    where timeline_event.workspace_id = ${tx.workspaceId} and timeline_event.contact_id = ${contactId}
      and timeline_event.kind = 'contact.created' and timeline_event.actor_kind = 'member'
    order by timeline_event.id limit 1`.execute(tx.db)
  return { source, at: createdAt.toString(), memberName: rows[0]?.name ?? null }
}
