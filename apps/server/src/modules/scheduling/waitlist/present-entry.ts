import type { WaitlistEntry } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { businessFacts } from '../business.ts'
import { partsIn, weekdaysIn } from './waitlist.rules.ts'
import type { WaitlistEntryRow, WaitlistOfferRow } from './waitlist.tables.ts'

/** Who waits, as members see it, in the order given. */
export async function presentEntries(tx: WorkspaceTx, entries: readonly WaitlistEntryRow[]): Promise<WaitlistEntry[]> {
  if (entries.length === 0) return []
  const { zone } = await businessFacts(tx)
  const of = <Column extends 'service_id' | 'contact_id'>(column: Column) => [...new Set(entries.map((entry) => entry[column]))]
  const services = await tx.db
    .selectFrom('service')
    .select(['id', 'name', 'hue'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', of('service_id'))
    .execute()
  const contacts = await tx.db
    .selectFrom('contact')
    .select(['id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', of('contact_id'))
    .execute()
  const emails = await tx.db
    .selectFrom('contact_point')
    .select('contact_id')
    .distinct()
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', 'email')
    .where('contact_id', 'in', of('contact_id'))
    .execute()
  const wanted = entries.flatMap(({ staff_id: id }) => (id === null ? [] : [id]))
  const staff =
    wanted.length === 0
      ? []
      : await tx.db
          .selectFrom('staff')
          .select(['id', 'name'])
          .where('workspace_id', '=', tx.workspaceId)
          .where('id', 'in', wanted)
          .execute()
  const offers = await lastOffers(
    tx,
    entries.map(({ id }) => id),
  )
  const reachable = new Set(emails.map((point) => point.contact_id))
  const nameIn = (all: readonly { readonly id: string; readonly name: string }[], id: string) =>
    all.find((one) => one.id === id)?.name ?? ''
  return entries.map((row) => ({
    id: row.id,
    state: row.state,
    service: {
      id: row.service_id,
      name: nameIn(services, row.service_id),
      hue: services.find(({ id }) => id === row.service_id)?.hue ?? 0,
    },
    staffId: row.staff_id,
    staff: row.staff_id === null ? null : { id: row.staff_id, name: nameIn(staff, row.staff_id) },
    contact: { id: row.contact_id, name: nameIn(contacts, row.contact_id) },
    hasEmail: reachable.has(row.contact_id),
    fromDate: row.from_date.toString(),
    untilDate: row.until_date.toString(),
    weekdays: weekdaysIn(row.weekdays),
    parts: partsIn(row.parts),
    zone: row.contact_zone ?? zone,
    position: Number(row.position),
    source: row.source,
    missed: row.missed,
    offer: presentOffer(offers.get(row.id)),
    createdAt: row.created_at.toString(),
    endedAt: row.ended_at?.toString() ?? null,
    version: Number(row.version),
  }))
}

/** One who waits, as members see it. */
export async function presentEntry(tx: WorkspaceTx, entry: WaitlistEntryRow): Promise<WaitlistEntry> {
  const [presented] = await presentEntries(tx, [entry])
  if (!presented) throw new Error('One who waits was presented as nobody.')
  return presented
}

const presentOffer = (offer: WaitlistOfferRow | undefined): WaitlistEntry['offer'] =>
  offer === undefined
    ? null
    : {
        id: offer.id,
        bookingId: offer.booking_id,
        start: offer.starts_at.toString(),
        state: offer.state,
        byHand: offer.by_hand,
        answerBy: offer.answer_by.toString(),
        answeredAt: offer.answered_at?.toString() ?? null,
      }

async function lastOffers(tx: WorkspaceTx, entryIds: readonly string[]): Promise<ReadonlyMap<string, WaitlistOfferRow>> {
  const rows = await tx.db
    .selectFrom('waitlist_offer')
    .selectAll()
    .distinctOn('entry_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('entry_id', 'in', entryIds)
    .orderBy('entry_id')
    .orderBy('id', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.entry_id, row]))
}
