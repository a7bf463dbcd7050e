import type { ContactId, Principal, RestrictionGround } from '@frontdesk/contract'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { loadContact, recordTimeline } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { restrictionOf } from './restriction-of.ts'

export type RestrictContact = { readonly contactId: ContactId; readonly ground: RestrictionGround }

/** From now on her data is kept and not used: the gate refuses all but legal notices, and rooms with something scheduled hear of it. Asking twice changes nothing. Throws 404. */
export async function restrictContact(tx: WorkspaceTx, by: Principal, wish: RestrictContact): Promise<void> {
  privacyPolicy.require(by, 'contacts.restrict')
  const { id: contactId } = await loadContact(tx, by, wish.contactId)
  const made = await tx.db
    .insertInto('restriction')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      contact_id: contactId,
      ground: wish.ground,
      asked_by: actorText(by),
      since: tx.now,
      lifted_at: null,
      lifted_by: null,
      lifted_because: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return
  await audit(tx, by, { action: 'contact.restricted', object: { type: 'contact', id: contactId }, result: 'done' })
  await emit(tx, 'contact.restricted', { contactId })
  await recordTimeline(tx, {
    contactId,
    kind: 'contact.restricted',
    actor: by,
    subject: { type: 'contact', id: contactId },
    summary: { key: 'contact_restricted', values: { ground: wish.ground } },
  })
}

/** Her data may be used again; whoever asked for the restriction has been told before (GDPR Art. 18(3)). Throws 404. */
export async function liftRestriction(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly because: string },
): Promise<void> {
  privacyPolicy.require(by, 'contacts.restrict')
  const { id: contactId } = await loadContact(tx, by, wish.contactId)
  const restriction = await restrictionOf(tx, contactId)
  if (!restriction) return
  await tx.db
    .updateTable('restriction')
    .set({ lifted_at: tx.now, lifted_by: actorText(by), lifted_because: wish.because })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', restriction.id)
    .execute()
  await audit(tx, by, { action: 'contact.restriction_lifted', object: { type: 'contact', id: contactId }, result: 'done' })
  await emit(tx, 'contact.restriction_lifted', { contactId })
  await recordTimeline(tx, {
    contactId,
    kind: 'contact.restriction_lifted',
    actor: by,
    subject: { type: 'contact', id: contactId },
    summary: { key: 'contact_restriction_lifted', values: {} },
  })
}
