import type { ContactId, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { noSuchContact, requireVisible } from './contacts.policy.ts'
import type { ContactRow } from './contacts.tables.ts'

/** The contact's row, held until the transaction ends. Throws 404 when it is not there or not for these eyes. */
export async function lockContact(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<Selectable<ContactRow>> {
  const contact = await tx.db
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', contactId)
    .forUpdate()
    .executeTakeFirst()
  if (!contact) throw noSuchContact()
  requireVisible(by, contact)
  return contact
}
