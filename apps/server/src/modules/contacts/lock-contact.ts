import type { ContactId, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { noSuchContact, requireVisible } from './contacts.policy.ts'
import type { ContactRow } from './contacts.tables.ts'

/** The contact's row, held until the transaction ends. Throws 404 when it is not there or not for these eyes, and `contacts/merged` when it is part of another one. */
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
  refuseMerged(contact)
  return contact
}

/** Nothing is written to a contact that was merged. Throws `contacts/merged` with the id of whom it became. */
export function refuseMerged({ id, merged_into }: Pick<ContactRow, 'id' | 'merged_into'>): void {
  if (merged_into === null) return
  throw new Refusal('contacts/merged', {
    detail: 'This contact was merged into another one. Open that one and write there. Nothing was saved.',
    mergedId: id,
    contactId: merged_into,
  })
}
