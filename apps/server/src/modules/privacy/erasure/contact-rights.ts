import type { ContactId, ContactRights, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { loadContact } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { erasureOf, presentErasure } from './erase-contact.ts'
import { exportsOf } from './export-contact.ts'
import { restrictionOf } from './restriction-of.ts'

/** What of her rights is under way for one contact. Throws 404 once she is gone. */
export async function contactRights(tx: WorkspaceTx, by: Principal, wish: { readonly contactId: ContactId }): Promise<ContactRights> {
  privacyPolicy.require(by, 'rights.read')
  const { id } = await loadContact(tx, by, wish.contactId)
  const restriction = await restrictionOf(tx, id)
  const erasure = await erasureOf(tx, id)
  return {
    restriction: restriction
      ? { id: restriction.id, ground: restriction.ground, since: restriction.since.toString(), lifting: restriction.lift_state }
      : null,
    erasure: erasure ? presentErasure(erasure) : null,
    exports: await exportsOf(tx, id),
  }
}
