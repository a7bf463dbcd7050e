import type { ContactId, Principal, RestrictionGround } from '@frontdesk/contract'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { loadContact, recordTimeline } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { openNotices, openNoticesOfEnd } from '../registers/disclosures/open-notices.ts'
import type { ToldHow } from './erasure.tables.ts'
import { restrictionOf } from './restriction-of.ts'

export type RestrictContact = {
  readonly contactId: ContactId
  readonly ground: RestrictionGround
  /** The case that asked for it, where there is one. */
  readonly requestId?: string | undefined
}

/**
 * From now on her data is kept and not used: the gate refuses all but legal notices, rooms with something scheduled hear of it, and whoever received them has to be told
 * (GDPR Art. 19). Asking twice changes nothing. Throws 404.
 */
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
      told_how: null,
      told_proof: null,
      lift_state: null,
      lift_mail_id: null,
      lift_asked_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return
  await audit(tx, by, { action: 'contact.restricted', object: { type: 'contact', id: contactId }, result: 'done' })
  await emit(tx, 'contact.restricted', { contactId })
  await noteRestricted(tx, by, contactId, wish.ground)
  await openNotices(tx, { contactId, requestId: wish.requestId ?? null, news: 'restricted' })
}

/** How somebody was told before her data are used again; null where she had not asked for the restriction and the law has nobody told. */
export type ToldBefore = { readonly how: ToldHow; readonly proof?: string | undefined } | null

/**
 * Her data may be used again, now that she was told of it (GDPR Art. 18(3)); whoever was told of the restriction has to be told of its end. Without a restriction nothing happens.
 * Throws 404.
 */
export async function liftRestriction(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly because: string; readonly told: ToldBefore; readonly requestId?: string | undefined },
): Promise<void> {
  privacyPolicy.require(by, 'contacts.restrict')
  const { id: contactId } = await loadContact(tx, by, wish.contactId)
  const restriction = await restrictionOf(tx, contactId)
  if (!restriction) return
  await tx.db
    .updateTable('restriction')
    .set({
      lifted_at: tx.now,
      lifted_by: actorText(by),
      lifted_because: wish.because,
      told_how: wish.told?.how ?? null,
      told_proof: wish.told?.proof ?? null,
      lift_state: null,
    })
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
  await openNoticesOfEnd(tx, { contactId, requestId: wish.requestId ?? null, since: restriction.since })
}

/** What was only paused stays unused: an objection to all of it was decided for her. Where nothing was paused, it begins now. Throws 404. */
export async function keepUnused(tx: WorkspaceTx, by: Principal, contactId: ContactId, requestId: string): Promise<void> {
  const restriction = await restrictionOf(tx, contactId)
  if (!restriction) return restrictContact(tx, by, { contactId, ground: 'objection_upheld', requestId })
  privacyPolicy.require(by, 'contacts.restrict')
  await tx.db
    .updateTable('restriction')
    .set({ ground: 'objection_upheld', lift_state: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', restriction.id)
    .execute()
  await audit(tx, by, { action: 'contact.restricted', object: { type: 'contact', id: contactId }, result: 'done' })
  await noteRestricted(tx, by, contactId, 'objection_upheld')
}

const noteRestricted = (tx: WorkspaceTx, by: Principal, contactId: ContactId, ground: RestrictionGround) =>
  recordTimeline(tx, {
    contactId,
    kind: 'contact.restricted',
    actor: by,
    subject: { type: 'contact', id: contactId },
    summary: { key: 'contact_restricted', values: { ground } },
  })
