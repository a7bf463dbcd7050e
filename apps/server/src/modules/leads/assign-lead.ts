import type { ContactId, Lead, LeadId, MemberId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { seesOnlyOf } from '../contacts/index.ts'
import { leadsPolicy } from './leads.policy.ts'
import { lockLead } from './read-leads.ts'
import { tellLead } from './tell-lead.ts'

/** Says who works on a lead, or that nobody does. Throws 404 and `leads/owner-cannot-see`. */
export async function assignLead(
  tx: WorkspaceTx,
  by: Principal,
  { leadId, ownerMemberId }: { readonly leadId: LeadId; readonly ownerMemberId: MemberId | null },
): Promise<Lead> {
  leadsPolicy.require(by, 'leads.write')
  const lead = await lockLead(tx, by, leadId)
  if (ownerMemberId !== null) await requireOwnerSees(tx, by, { contactId: lead.contact_id, memberId: ownerMemberId })
  else if (seesOnlyOf(by) !== null) throw notHers()
  await tx.db
    .updateTable('lead')
    .set({ owner_member_id: ownerMemberId, version: lead.version + 1, updated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', lead.id)
    .execute()
  return tellLead(tx, by, lead.id, { event: 'assigned', memberId: ownerMemberId })
}

type Owning = { readonly contactId: ContactId; readonly memberId: MemberId }

/**
 * Whoever works on a lead has to see its contact: a representative sees her own contacts alone, so a lead is hers when the contact is. Throws `leads/owner-cannot-see`, and
 * `http/invalid-request` where nobody of that id works here.
 */
export async function requireOwnerSees(tx: WorkspaceTx, by: Principal, { contactId, memberId }: Owning): Promise<void> {
  const only = seesOnlyOf(by)
  if (only !== null && only !== memberId) throw notHers()
  const member = await tx.db
    .selectFrom('member')
    .select(['id', 'name', 'role'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', memberId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!member || !leadsPolicy.permissions['leads.write'].some((party) => party === member.role))
    throw new Refusal('http/invalid-request', {
      detail: 'ownerMemberId: nobody of that id works on leads here. Choose one of the members. Nothing was saved.',
      faults: [{ path: 'body.ownerMemberId', code: 'unknown_member', message: 'Choose one of the members who work on leads.' }],
    })
  if (member.role !== 'representative') return
  const contact = await tx.db
    .selectFrom('contact')
    .select('owner_member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', contactId)
    .executeTakeFirst()
  if (contact?.owner_member_id === member.id) return
  throw new Refusal('leads/owner-cannot-see', {
    detail: `${member.name} is a representative and sees her own contacts only. Hand the contact over first, on its form under “Looked after by”. Nothing was saved.`,
    memberId: member.id,
  })
}

const notHers = (): Refusal =>
  new Refusal('http/not-allowed', { detail: 'Only the team’s leads hand a lead to somebody else. Nothing was saved.' })
