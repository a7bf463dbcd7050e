import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { endHolds } from '../end-holds.ts'
import { lockBooking } from '../find-booking.ts'
import type { WaitlistEntryRow, WaitlistOfferRow } from './waitlist.tables.ts'

/** Somebody on the waitlist. Throws `http/not-found`. */
export async function entryById(tx: WorkspaceTx, entryId: string): Promise<WaitlistEntryRow> {
  const entry = await tx.db
    .selectFrom('waitlist_entry')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', entryId)
    .executeTakeFirst()
  if (!entry) throw noSuchEntry()
  return entry
}

/** The same, and nobody else changes it until this transaction ends. Bookings are locked before, never after. */
export async function lockEntry(tx: WorkspaceTx, entryId: string): Promise<WaitlistEntryRow> {
  const entry = await tx.db
    .selectFrom('waitlist_entry')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', entryId)
    .forUpdate()
    .executeTakeFirst()
  if (!entry) throw noSuchEntry()
  return entry
}

/** The refusal for somebody who is not on the waitlist. */
export const noSuchEntry = (): Refusal => new Refusal('http/not-found', { detail: 'Nobody like this is on the waitlist.' })

/** The refusal for what is not so any more. */
export const entryChanged = (): Refusal =>
  new Refusal('scheduling/waitlist-changed', { detail: 'Look at the waitlist as it is now. Nothing was changed.' })

/** Offers are made one after the other in a business, so that the order holds and nobody gets two. Taken before anything else is locked. */
export async function lockWaitlist(tx: WorkspaceTx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`waitlist:${tx.workspaceId}`}, 0))`.execute(tx.db)
}

/** The offer that somebody has not answered yet. */
export async function openOfferOf(tx: WorkspaceTx, entryId: string): Promise<WaitlistOfferRow | undefined> {
  return tx.db
    .selectFrom('waitlist_offer')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('entry_id', '=', entryId)
    .where('state', '=', 'open')
    .executeTakeFirst()
}

/** Changes columns of an entry; its version grows. */
export async function setEntry(tx: WorkspaceTx, entry: Pick<WaitlistEntryRow, 'id'>, columns: Partial<WaitlistEntryRow>): Promise<void> {
  await tx.db
    .updateTable('waitlist_entry')
    .set((update) => ({ ...columns, updated_at: tx.now, version: update('version', '+', 1) }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', entry.id)
    .execute()
}

/** Says what became of an offer. False where somebody said it already. */
export async function closeOffer(tx: WorkspaceTx, offerId: string, state: Exclude<WaitlistOfferRow['state'], 'open'>): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('waitlist_offer')
    .set({ state, answered_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', offerId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Gives back at once the time that was held for an offer. */
export async function releaseHold(tx: WorkspaceTx, offer: Pick<WaitlistOfferRow, 'booking_id'>): Promise<void> {
  const hold = await lockBooking(tx, offer.booking_id)
  if (hold.status !== 'held') return
  await tx.db
    .updateTable('claim')
    .set({ active: false })
    .where('workspace_id', '=', tx.workspaceId)
    .where('booking_id', '=', hold.id)
    .execute()
  await endHolds(tx, [hold.id])
}
