import type { Facts } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import type { RestrictionRow } from './erasure.tables.ts'

/** The restriction that is in force for a contact, if there is one. */
export const restrictionOf = (tx: WorkspaceTx, contactId: ContactId): Promise<Selectable<RestrictionRow> | undefined> =>
  tx.db
    .selectFrom('restriction')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()

/** Refuses a use of data that are only kept (GDPR Art. 18(2)). Throws `privacy/data-restricted`. */
export async function requireUnrestricted(tx: WorkspaceTx, contactId: ContactId): Promise<void> {
  if (!(await restrictionOf(tx, contactId))) return
  throw new Refusal('privacy/data-restricted', { detail: 'Lift the restriction first, where its ground is gone. Nothing was done.' })
}

/** Whether these contacts' data may be used, as the gate asks. Whoever is about to be erased counts as restricted from that moment on: what she has to be told about it still goes. */
export async function statesOfContacts(
  tx: WorkspaceTx,
  contactIds: readonly ContactId[],
): Promise<(contactId: ContactId) => Facts['contact']['state']> {
  if (contactIds.length === 0) return () => 'active'
  const ids = [...contactIds]
  const { rows } = await sql<{ contact_id: ContactId }>`
    select contact_id from restriction where workspace_id = ${tx.workspaceId} and contact_id = any (${ids}::uuid[]) and lifted_at is null
    union select contact_id from erasure where workspace_id = ${tx.workspaceId} and contact_id = any (${ids}::uuid[])`.execute(tx.db)
  const kept = new Set(rows.map(({ contact_id }) => contact_id))
  return (contactId) => (kept.has(contactId) ? 'restricted' : 'active')
}
