import type { ContactId, MemberId, Principal, Role } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { contactsPolicy, seesOnlyOf } from '../contacts.policy.ts'

/** Somebody who works here, as a mail to her needs it. */
export type Colleague = { readonly id: MemberId; readonly name: string; readonly email: string; readonly role: Role }

/** Who of these works here and may see this contact: a representative sees her own ones. Members whose account rests are left out. */
export async function whoSees(
  tx: WorkspaceTx,
  contactId: ContactId,
  memberIds: readonly MemberId[],
  permission: 'contacts.read' | 'tasks.write',
): Promise<Colleague[]> {
  if (memberIds.length === 0) return []
  const members = await tx.db
    .selectFrom('member')
    .select(['id', 'name', 'email', 'role'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', memberIds)
    .where('removed_at', 'is', null)
    .where((or) => or.or([or('deactivated_why', 'is', null), or('deactivated_why', '=', 'closing')]))
    .execute()
  const may = members.filter(({ role }) => contactsPolicy.permissions[permission].some((party) => party === role))
  if (!may.some(({ role }) => role === 'representative')) return may
  const contact = await tx.db
    .selectFrom('contact')
    .select('owner_member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', contactId)
    .executeTakeFirst()
  return may.filter(({ id, role }) => role !== 'representative' || contact?.owner_member_id === id)
}

/**
 * Makes sure that whoever is to do something for a contact sees her. A representative gives tasks to herself alone. Throws `contacts/member-cannot-see`, and `http/invalid-request`
 * where nobody of that id works on tasks here.
 */
export async function requireSees(tx: WorkspaceTx, by: Principal, contactId: ContactId, memberId: MemberId): Promise<Colleague> {
  const only = seesOnlyOf(by)
  if (only !== null && only !== memberId)
    throw new Refusal('http/not-allowed', { detail: 'A representative gives tasks to herself only. Nothing was saved.' })
  const [colleague] = await whoSees(tx, contactId, [memberId], 'tasks.write')
  if (colleague) return colleague
  const member = await tx.db
    .selectFrom('member')
    .select(['name', 'role'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', memberId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (member?.role === 'representative')
    throw new Refusal('contacts/member-cannot-see', {
      detail: `${member.name} is a representative and sees her own contacts only. Hand the contact over first, on its form under “Looked after by”. Nothing was saved.`,
      memberId,
    })
  throw new Refusal('http/invalid-request', {
    detail: 'memberId: nobody of that id works on tasks here. Choose one of the members. Nothing was saved.',
    faults: [{ path: 'body.memberId', code: 'unknown_member', message: 'Choose one of the members who work with contacts.' }],
  })
}
