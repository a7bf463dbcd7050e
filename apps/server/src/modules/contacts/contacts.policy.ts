import type { ContactId, MemberId, Principal } from '@frontdesk/contract'
import { Refusal } from '../../platform/errors/index.ts'
import { definePolicy, desk, readers } from '../../platform/policy/index.ts'

/** Who may see and change contacts. A representative sees and changes her own ones only; her role never tells her that others exist. */
export const contactsPolicy = definePolicy({
  'contacts.read': [...readers, 'operator'],
  'contacts.write': [...desk, 'privacy_officer'],
  'contacts.correct_reader': ['contact_link'],
})

/** The member whose contacts are all that this principal sees; null where she sees everybody's. */
export const seesOnlyOf = (by: Principal): MemberId | null => (by.kind === 'member' && by.role === 'representative' ? by.memberId : null)

/** Throws 404, the same as for a contact that does not exist, when this principal may not know of it. */
export function requireVisible(by: Principal, contact: { readonly id: ContactId; readonly owner_member_id: MemberId | null }): void {
  const owner = seesOnlyOf(by)
  if (owner !== null && contact.owner_member_id !== owner) throw noSuchContact()
  if (by.kind === 'contact_link' && by.contactId !== contact.id) throw noSuchContact()
}

/** The refusal for a contact that is not there. */
export const noSuchContact = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such contact here.' })
