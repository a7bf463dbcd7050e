import type { ContactId, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { liftRestriction, restrictContact } from '../erasure/restrict-contact.ts'
import { restrictionOf } from '../erasure/restriction-of.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import type { FlaggedContactRow } from './flag.tables.ts'

export type StoredFlag = Selectable<FlaggedContactRow>

/** Who does what follows by itself from a flag; the flag says who raised it. */
const ourselves = (tx: WorkspaceTx): Principal => ({ kind: 'system', workspaceId: tx.workspaceId, job: 'privacy.flags' })

export type FlagContact = {
  readonly contactId: ContactId
  readonly reason: FlaggedContactRow['reason']
  readonly country?: string
  readonly foundBy: FlaggedContactRow['found_by']
  readonly relation?: FlaggedContactRow['relation']
  readonly dueAt: Temporal.Instant
}

/** From now on her data is kept and not used, and erased when it is due. Flagging twice for one reason changes nothing. */
export async function flagContact(tx: WorkspaceTx, by: Principal, wish: FlagContact): Promise<void> {
  const { contactId } = wish
  const before = await restrictionOf(tx, contactId)
  const row = await tx.db
    .insertInto('flagged_contact')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      contact_id: contactId,
      reason: wish.reason,
      country: wish.country ?? null,
      found_by: wish.foundBy,
      relation: wish.relation ?? null,
      flagged_by: actorText(by),
      restriction_id: null,
      due_at: wish.dueAt,
      state: 'open',
      released_by: null,
      released_because: null,
      created_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return
  await restrictContact(tx, ourselves(tx), { contactId, ground: 'unlawful' })
  const made = before ? undefined : await restrictionOf(tx, contactId)
  if (made) {
    await tx.db
      .updateTable('flagged_contact')
      .set({ restriction_id: made.id })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', row.id)
      .execute()
  }
  await audit(tx, by, { action: 'contact.flagged', object: { type: 'contact', id: contactId }, result: 'done' })
  await emit(tx, 'contact.flagged', { contactId })
}

/** It was a mistake: she is no child, or lives where the business serves. The restriction that the flag made ends with it. Throws 404. */
export async function releaseFlag(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly flagId: string; readonly because: string },
): Promise<void> {
  privacyPolicy.require(by, 'flags.release')
  const row = await tx.db
    .updateTable('flagged_contact')
    .set({ state: 'released', released_by: actorText(by), released_because: wish.because })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.flagId)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'This was settled already, or her data is being erased. Nothing was changed.' })
  await audit(tx, by, { action: 'contact.flag_released', object: { type: 'contact', id: row.contact_id }, result: 'done' })
  const others = await tx.db
    .selectFrom('flagged_contact')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', row.contact_id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  const standing = await restrictionOf(tx, row.contact_id)
  if (others === undefined && standing !== undefined && standing.id === row.restriction_id)
    await liftRestriction(tx, ourselves(tx), { contactId: row.contact_id, because: wish.because, told: null })
  await emit(tx, 'contact.changed', { contactId: row.contact_id })
}
