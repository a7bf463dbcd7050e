import type { ContactId, Principal, ServiceId, WaitlistEntry, WaitlistState } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { seesOnlyOf } from '../../contacts/index.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { noSuchEntry } from './find-entry.ts'
import { presentEntries } from './present-entry.ts'
import type { WaitlistEntryRow } from './waitlist.tables.ts'

export type ListWaitlist = {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly serviceId?: ServiceId | undefined
  readonly contactId?: ContactId | undefined
  readonly state?: WaitlistState | undefined
}

/** Who waits, in the order in which offers are made. */
export async function listWaitlist(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListWaitlist,
): Promise<{ items: WaitlistEntry[]; next: string | null }> {
  schedulingPolicy.require(by, 'waitlist.read')
  const after = readCursor(wish.cursor, [z.int(), z.uuid()])
  let query = visible(tx, by)
    .orderBy('position')
    .orderBy('id')
    .limit(wish.limit + 1)
  query = wish.state ? query.where('state', '=', wish.state) : query.where('state', 'in', ['waiting', 'offered'])
  if (wish.serviceId) query = query.where('service_id', '=', wish.serviceId)
  if (wish.contactId) query = query.where('contact_id', '=', wish.contactId)
  if (after)
    query = query.where((where) =>
      where.or([where('position', '>', after[0]), where.and([where('position', '=', after[0]), where('id', '>', after[1])])]),
    )
  const page = pageFrom(
    await query.execute(),
    wish.limit,
    (row) => row,
    (row) => [Number(row.position), row.id],
  )
  return { items: await presentEntries(tx, page.items), next: page.next }
}

/** One who waits, if this principal may know of her. Throws `http/not-found`. */
export async function readEntry(tx: WorkspaceTx, by: Principal, entryId: string): Promise<WaitlistEntryRow> {
  schedulingPolicy.require(by, 'waitlist.read')
  const entry = await visible(tx, by).where('id', '=', entryId).executeTakeFirst()
  if (!entry) throw noSuchEntry()
  return entry
}

/** A representative sees her own contacts. */
function visible(tx: WorkspaceTx, by: Principal) {
  const owner = seesOnlyOf(by)
  const all = tx.db.selectFrom('waitlist_entry').selectAll().where('workspace_id', '=', tx.workspaceId)
  if (owner === null) return all
  return all.where((where) =>
    where.exists(
      where
        .selectFrom('contact')
        .select('contact.id')
        .whereRef('contact.workspace_id', '=', 'waitlist_entry.workspace_id')
        .whereRef('contact.id', '=', 'waitlist_entry.contact_id')
        .where('contact.owner_member_id', '=', owner),
    ),
  )
}
