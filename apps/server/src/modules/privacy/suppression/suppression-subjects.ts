import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { SubjectSource } from '../gate/subject-sources.ts'

/** Opt-outs as the gate asks about them: the receipt that says one was heard hangs on it. */
export const suppressionSubjects: SubjectSource = {
  types: ['suppression'],
  async facts(tx, about, contactId) {
    const { rows } = await sql<{ holder: ContactId; created_at: Temporal.Instant }>`
      select coalesce(contact.merged_into, contact.id) as holder, suppression.created_at
      from suppression join contact on contact.workspace_id = suppression.workspace_id and contact.id = suppression.contact_id
      where suppression.workspace_id = ${tx.workspaceId} and suppression.id = ${about.id}`.execute(tx.db)
    const row = rows[0]
    return row?.holder === contactId ? { open: true, startedBy: 'contact', since: row.created_at } : null
  },
  newest: async () => null,
}
