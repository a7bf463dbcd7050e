import type { ContactId, MemberId, Principal } from '@frontdesk/contract'
import { Refusal } from '../../platform/errors/index.ts'
import { definePolicy, desk, leads, readers } from '../../platform/policy/index.ts'

/** Who may see and change contacts. A representative sees and changes her own ones only; her role never tells her that others exist. */
export const contactsPolicy = definePolicy({
  'contacts.read': [...readers, 'operator'],
  'contacts.write': [...desk, 'privacy_officer'],
  'tasks.read': [...readers, 'operator'],
  'tasks.write': [...desk, 'privacy_officer'],
  'contacts.merge': [...leads, 'member', 'privacy_officer'],
  'companies.read': [...readers, 'operator'],
  'companies.write': [...leads, 'member', 'privacy_officer'],
  'contact_fields.read': [...readers, 'operator'],
  'contact_fields.manage': [...leads],
  // A list writes about everybody, whoever's they are.
  'contacts.import': [...leads],
  'segments.read': [...readers, 'operator'],
  'segments.write': [...desk, 'privacy_officer'],
  // What everybody sees.
  'segments.share': [...leads, 'member'],
  'lists.read': [...readers, 'operator'],
  'lists.write': [...leads, 'member'],
  'lists.fill': [...desk],
  // Everybody at once in one file; a representative takes her own ones along.
  'list_exports.make': [...leads, 'representative'],
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
