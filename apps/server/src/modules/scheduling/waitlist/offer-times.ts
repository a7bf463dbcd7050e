import { openHours } from '@frontdesk/availability'
import type { ContactId, Principal, ServiceId, Slot } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { openingHours } from '../../accounts/index.ts'
import { businessFacts } from '../business.ts'
import { serviceById } from '../find-service.ts'
import { serviceHosts, slotsOf } from '../hosts.ts'
import type { ServiceRow } from '../service.tables.ts'
import { lockWaitlist } from './find-entry.ts'
import { makeOffer } from './make-offer.ts'
import { answerBy, suits } from './waitlist.rules.ts'
import type { WaitlistEntryRow } from './waitlist.tables.ts'

/** What one look at a list came to: an offer that was made, one that she could not be told of, or nobody whom a free time suits. */
export type OfferOutcome =
  | { readonly kind: 'offered'; readonly entryId: string }
  | { readonly kind: 'not_told'; readonly entryId: string }
  | { readonly kind: 'nobody' }

/** Thrown so that nothing of an offer stays that she cannot be told of: its time would be held from everybody for nothing. */
export class NotTold extends Error {
  readonly entryId: string
  constructor(entryId: string) {
    super('An offer could not be told.')
    this.entryId = entryId
  }
}

/** How much is looked at at a time. */
const windowDays = 62
/** More who wait are looked at once those before them are served. */
const atOnce = 500

/**
 * Offers the next free time of a service to the first in line whom it suits, at most one. What was offered to somebody before is not offered to her again. Running it
 * again does no harm: whoever has an offer is passed over, and the claim of the hold keeps a time from being offered twice. Throws `NotTold`.
 */
export async function offerNext(
  tx: WorkspaceTx,
  by: Principal,
  serviceId: ServiceId,
  skipped: ReadonlySet<string>,
): Promise<Exclude<OfferOutcome, { kind: 'not_told' }>> {
  await lockWaitlist(tx)
  const service = await serviceById(tx, serviceId)
  const { zone: businessZone, closesAt } = await businessFacts(tx)
  if (!service.active || service.archived_at !== null || closesAt !== null) return { kind: 'nobody' }
  const line = (await inLine(tx, serviceId)).filter(({ id }) => !skipped.has(id))
  if (line.length === 0) return { kind: 'nobody' }
  const tried = await offeredBefore(tx, line)
  const window = await freeTimes(tx, service, line)
  const open = openHours(await openingHours(tx), tx.now, tx.now.add({ hours: 24 * 4 }))
  for (const entry of line) {
    const zone = entry.contact_zone ?? businessZone
    for (let at = 0; ; at += 1) {
      const slots = await window(at)
      if (!slots) break
      for (const slot of slots) {
        const start = Temporal.Instant.from(slot.start)
        if (entry.staff_id !== null && !slot.staffIds.includes(entry.staff_id)) continue
        if (tried.has(`${entry.id} ${start.epochMilliseconds}`) || !suits(entry, start, zone)) continue
        const until = answerBy({ now: tx.now, start, minutes: service.offer_minutes, open })
        if (!until) continue
        const { told } = await makeOffer(tx, by, { entry, start, staffId: undefined, answerBy: until, byHand: false, notify: true })
        if (!told) throw new NotTold(entry.id)
        return { kind: 'offered', entryId: entry.id }
      }
    }
  }
  return { kind: 'nobody' }
}

/** Who waits for a service, can be written to and has no offer of anything, in order. */
async function inLine(tx: WorkspaceTx, serviceId: ServiceId): Promise<WaitlistEntryRow[]> {
  const offered = await contactsWithOffer(tx)
  let query = tx.db
    .selectFrom('waitlist_entry')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('service_id', '=', serviceId)
    .where('state', '=', 'waiting')
    .where('ends_at', '>', tx.now)
    .where((where) =>
      where.exists(
        where
          .selectFrom('contact_point')
          .select('contact_point.id')
          .whereRef('contact_point.workspace_id', '=', 'waitlist_entry.workspace_id')
          .whereRef('contact_point.contact_id', '=', 'waitlist_entry.contact_id')
          .where('contact_point.kind', '=', 'email'),
      ),
    )
    .orderBy('position')
    .orderBy('id')
    .limit(atOnce)
  if (offered.length > 0) query = query.where('contact_id', 'not in', offered)
  return query.execute()
}

/** Whoever has an offer that she did not answer yet, of whatever service. */
export async function contactsWithOffer(tx: WorkspaceTx): Promise<ContactId[]> {
  const rows = await tx.db
    .selectFrom('waitlist_entry')
    .select('contact_id')
    .distinct()
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'offered')
    .execute()
  return rows.map((row) => row.contact_id)
}

async function offeredBefore(tx: WorkspaceTx, line: readonly WaitlistEntryRow[]): Promise<ReadonlySet<string>> {
  const rows = await tx.db
    .selectFrom('waitlist_offer')
    .select(['entry_id', 'starts_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'entry_id',
      'in',
      line.map(({ id }) => id),
    )
    .execute()
  return new Set(rows.map((row) => `${row.entry_id} ${row.starts_at.epochMilliseconds}`))
}

/** Free times window by window, each read once however many look at it; undefined after the last one that anybody waits for. */
async function freeTimes(
  tx: WorkspaceTx,
  service: ServiceRow,
  line: readonly WaitlistEntryRow[],
): Promise<(at: number) => Promise<readonly Slot[] | undefined>> {
  const lastWanted = Math.max(...line.map(({ ends_at: end }) => end.epochMilliseconds))
  const lastOffered = tx.now.add({ hours: 24 * (service.horizon_days + 2) }).epochMilliseconds
  const end = Temporal.Instant.fromEpochMilliseconds(Math.min(lastWanted, lastOffered))
  const known = new Map<number, readonly Slot[]>()
  return async (at) => {
    const from = tx.now.add({ hours: 24 * windowDays * at })
    if (Temporal.Instant.compare(from, end) >= 0) return undefined
    const found = known.get(at)
    if (found) return found
    const whole = from.add({ hours: 24 * windowDays })
    const to = Temporal.Instant.compare(whole, end) < 0 ? whole : end
    const slots = slotsOf(await serviceHosts(tx, service, { from, to }), tx.now, from, to)
    known.set(at, slots)
    return slots
  }
}
