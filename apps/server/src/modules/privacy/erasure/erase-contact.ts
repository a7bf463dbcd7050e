import type { ContactId, EraseContactBody, Erasure, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { newestFirst } from '../../../platform/http/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { idOfNobody, loadContact, numbersAndAddresses } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { suppress } from '../suppression/suppress.ts'
import type { ErasureRow } from './erasure.tables.ts'
import { eraseContactJob } from './erasure-job.ts'
import { identifiersOf } from './identifiers.ts'
import { plannedWithContact } from './surroundings.ts'
import { contactAndMerged } from './whose-rows.ts'

export type EraseContact = z.output<typeof EraseContactBody> & { readonly contactId: ContactId }

/**
 * Erases or anonymizes one contact and everybody who was merged into her; nothing brings her back. Asking again answers the same erasure.
 * Throws 404, and `privacy/bookings-ahead` while there are appointments ahead that are not to be cancelled.
 */
export async function eraseContact(tx: WorkspaceTx, by: Principal, wish: EraseContact): Promise<Erasure> {
  privacyPolicy.require(by, 'contacts.erase')
  const before = await erasureOf(tx, wish.contactId)
  if (before) return presentErasure(before)
  if (wish.contactId === idOfNobody(tx.workspaceId))
    throw new Refusal('http/conflict', {
      detail: 'This is where anonymized appointments and messages are kept; it is about nobody. Nothing was changed.',
    })
  const { id: contactId } = await loadContact(tx, by, wish.contactId)
  const contactIds = await contactAndMerged(tx, contactId)
  await endWhatIsPlanned(tx, by, wish, contactIds)
  if (wish.neverContactAgain) {
    const { points } = await identifiersOf(tx, contactIds)
    for (const point of numbersAndAddresses(points)) await suppress(tx, by, { ...point, scope: 'all', cause: 'asked' })
  }
  const made = await tx.db
    .insertInto('erasure')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      subject_hash: tx.keys.hash(tx.workspaceId, 'contact', contactId),
      mode: wish.mode,
      state: 'waiting',
      step: 'collect',
      ground: wish.ground,
      asked_by: actorText(by),
      contact_id: contactId,
      identifiers: null,
      held_by: null,
      receipt: null,
      requested_at: tx.now,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!made) return eraseContact(tx, by, wish) // somebody else was quicker
  await audit(tx, by, { action: 'contact.erasure_requested', object: { type: 'contact', id: contactId }, result: 'done' })
  await enqueue(tx, eraseContactJob, { erasureId: made.id })
  return presentErasure(made)
}

/** The same without her, for who wants the counts of reports to stay. */
export const anonymizeContact = (tx: WorkspaceTx, by: Principal, wish: Omit<EraseContact, 'mode'>): Promise<Erasure> =>
  eraseContact(tx, by, { ...wish, mode: 'anonymize' })

async function endWhatIsPlanned(
  tx: WorkspaceTx,
  by: Principal,
  { bookingsAhead }: EraseContact,
  contactIds: readonly ContactId[],
): Promise<void> {
  const ahead = await plannedAhead(tx, contactIds)
  if (ahead === 0) return
  if (bookingsAhead === 'refuse') {
    throw new Refusal('privacy/bookings-ahead', {
      detail: `There are ${ahead} appointments ahead. Cancel them first, or let them be cancelled with the erasure. Nothing was changed.`,
      ahead,
    })
  }
  for (const planned of plannedWithContact.all()) await planned.end(tx, by, contactIds)
}

/** How much is planned with her in all rooms. */
export async function plannedAhead(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<number> {
  let ahead = 0
  for (const planned of plannedWithContact.all()) ahead += await planned.count(tx, contactIds)
  return ahead
}

/** The erasure of a contact, also when she is gone: found by the keyed hash of her id. */
export const erasureOf = (tx: WorkspaceTx, contactId: ContactId): Promise<Selectable<ErasureRow> | undefined> =>
  tx.db
    .selectFrom('erasure')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('subject_hash', 'in', [...tx.keys.hashes(tx.workspaceId, 'contact', contactId)])
    .executeTakeFirst()

/** How far one erasure is. Throws 404. */
export async function loadErasure(tx: WorkspaceTx, by: Principal, erasureId: string): Promise<Erasure> {
  privacyPolicy.require(by, 'erasures.read')
  const row = await tx.db
    .selectFrom('erasure')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', erasureId)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such erasure here.' })
  return presentErasure(row)
}

/** One page of erasures, newest first. */
export async function listErasures(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Erasure[]; next: string | null }> {
  privacyPolicy.require(by, 'erasures.read')
  return newestFirst(tx.db.selectFrom('erasure').selectAll().where('workspace_id', '=', tx.workspaceId), wish, presentErasure)
}

/** An erasure as the API shows it. */
export const presentErasure = (row: Selectable<ErasureRow>): Erasure => ({
  id: row.id,
  mode: row.mode,
  ground: row.ground,
  state: row.state,
  step: row.step,
  heldBy: row.held_by,
  requestedAt: row.requested_at.toString(),
  finishedAt: row.finished_at?.toString() ?? null,
  receipt: row.state === 'done' ? row.receipt : null,
})
