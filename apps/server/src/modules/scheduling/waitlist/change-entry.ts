import { openHours } from '@frontdesk/availability'
import type { Principal, StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { openingHours } from '../../accounts/index.ts'
import { businessFacts } from '../business.ts'
import { serviceById } from '../find-service.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { closeOffer, entryById, entryChanged, lockEntry, lockWaitlist, openOfferOf, releaseHold, setEntry } from './find-entry.ts'
import { alreadyWaiting, endOfList, liveEntry, requireDays, requirePerson, type Wishes, wishColumns } from './join-waitlist.ts'
import { makeOffer } from './make-offer.ts'
import { contactsWithOffer } from './offer-times.ts'
import { rememberWaitlist } from './remember-waitlist.ts'
import { answerBy, partsIn, weekdaysIn } from './waitlist.rules.ts'
import type { WaitlistEntryRow } from './waitlist.tables.ts'

export type ChangeWishes = { readonly [Name in keyof Wishes]?: Wishes[Name] | undefined } & {
  readonly entryId: string
  readonly version: number
}

/** Changes what suits somebody who waits. An offer that was made stays. */
export async function changeWishes(tx: WorkspaceTx, by: Principal, { entryId, version, ...wish }: ChangeWishes): Promise<WaitlistEntryRow> {
  schedulingPolicy.require(by, 'waitlist.manage')
  const entry = await lockEntry(tx, entryId)
  requireVersion(entry, version)
  requireLive(entry)
  const zone = entry.contact_zone ?? (await businessFacts(tx)).zone
  const after: Wishes = {
    staffId: wish.staffId === undefined ? entry.staff_id : wish.staffId,
    fromDate: wish.fromDate ?? entry.from_date.toString(),
    untilDate: wish.untilDate ?? entry.until_date.toString(),
    weekdays: wish.weekdays ?? weekdaysIn(entry.weekdays),
    parts: wish.parts ?? partsIn(entry.parts),
  }
  requireDays(after, tx.now.toZonedDateTimeISO(zone).toPlainDate())
  await requirePerson(tx, { ...after, serviceId: entry.service_id })
  await setEntry(tx, entry, wishColumns(after, zone))
  return changed(tx, entry)
}

export type MoveEntry = { readonly entryId: string; readonly beforeId: string | null }

/** Puts somebody before another one who waits, or at the end. */
export async function moveEntry(tx: WorkspaceTx, by: Principal, { entryId, beforeId }: MoveEntry): Promise<WaitlistEntryRow> {
  schedulingPolicy.require(by, 'waitlist.manage')
  await lockWaitlist(tx)
  const entry = await entryById(tx, entryId)
  requireLive(entry)
  if (beforeId === entryId) return entry
  const line = await tx.db
    .selectFrom('waitlist_entry')
    .select(['id', 'position'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', 'in', ['waiting', 'offered'])
    .orderBy('position')
    .orderBy('id')
    .execute()
  const others = line.filter(({ id }) => id !== entryId)
  const at = beforeId === null ? others.length : others.findIndex(({ id }) => id === beforeId)
  if (at < 0) throw entryChanged()
  const order = [...others.slice(0, at).map(({ id }) => id), entryId, ...others.slice(at).map(({ id }) => id)]
  // The places that are there are dealt out anew, so that whoever is at the end stays before those who come.
  const places = line.map(({ position }) => Number(position)).toSorted((one, other) => one - other)
  const before = new Map(line.map(({ id, position }) => [id, Number(position)]))
  let least = 0
  for (const [index, id] of order.entries()) {
    const place = Math.max(places[index] ?? 0, least + 1)
    least = place
    if (before.get(id) === place) continue
    await tx.db
      .updateTable('waitlist_entry')
      .set({ position: place })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', id)
      .execute()
  }
  return changed(tx, entry)
}

export type RemoveEntry = { readonly entryId: string; readonly version: number }

/** Takes somebody off the list; a time that is held for her is free again. */
export async function removeEntry(tx: WorkspaceTx, by: Principal, { entryId, version }: RemoveEntry): Promise<WaitlistEntryRow> {
  schedulingPolicy.require(by, 'waitlist.manage')
  const offer = await openOfferOf(tx, entryId)
  if (offer) {
    await releaseHold(tx, offer)
    await closeOffer(tx, offer.id, 'withdrawn')
  }
  const entry = await lockEntry(tx, entryId)
  requireVersion(entry, version)
  requireLive(entry)
  await setEntry(tx, entry, { state: 'removed', ended_at: tx.now })
  await rememberWaitlist(tx, by, 'waitlist.removed', entry)
  await emit(tx, 'waitlist.left', { entryId, contactId: entry.contact_id })
  return entryById(tx, entryId)
}

/** Puts somebody back where she stood who was taken off, or who answered no offers. */
export async function restoreEntry(tx: WorkspaceTx, by: Principal, entryId: string): Promise<WaitlistEntryRow> {
  schedulingPolicy.require(by, 'waitlist.manage')
  const entry = await lockEntry(tx, entryId)
  const past = Temporal.Instant.compare(entry.ends_at, tx.now) <= 0
  if ((entry.state !== 'removed' && entry.state !== 'over' && entry.state !== 'left') || past) throw entryChanged()
  const waiting = await liveEntry(tx, entry.contact_id, { serviceId: entry.service_id, staffId: entry.staff_id })
  if (waiting) throw alreadyWaiting(waiting.id)
  const position = entry.state === 'removed' ? Number(entry.position) : await endOfList(tx)
  await setEntry(tx, entry, { state: 'waiting', ended_at: null, missed: 0, position })
  await rememberWaitlist(tx, by, 'waitlist.joined', entry)
  return changed(tx, entry)
}

export type OfferByHand = {
  readonly entryId: string
  readonly start: Temporal.Instant
  readonly staffId?: StaffId | undefined
  readonly notify: boolean
}

/** Holds a time for somebody out of turn. Throws the refusals of booking, `scheduling/waitlist-changed` and `scheduling/offer-too-late`. */
export async function offerByHand(tx: WorkspaceTx, by: Principal, wish: OfferByHand): Promise<WaitlistEntryRow> {
  schedulingPolicy.require(by, 'waitlist.manage')
  await lockWaitlist(tx)
  const entry = await entryById(tx, wish.entryId)
  if (entry.state !== 'waiting' || (await contactsWithOffer(tx)).includes(entry.contact_id)) throw entryChanged()
  const service = await serviceById(tx, entry.service_id)
  const open = openHours(await openingHours(tx), tx.now, tx.now.add({ hours: 24 * 4 }))
  const until = answerBy({ now: tx.now, start: wish.start, minutes: service.offer_minutes, open })
  if (!until)
    throw new Refusal('scheduling/offer-too-late', { detail: 'She could not answer in time. Call her and book it. Nothing was held.' })
  await makeOffer(tx, by, { ...wish, entry, staffId: wish.staffId, answerBy: until, byHand: true })
  return entryById(tx, entry.id)
}

async function changed(tx: WorkspaceTx, { id }: WaitlistEntryRow): Promise<WaitlistEntryRow> {
  const entry = await entryById(tx, id)
  await emit(tx, 'waitlist.changed', { entryId: id, contactId: entry.contact_id })
  return entry
}

function requireVersion(entry: WaitlistEntryRow, version: number): void {
  if (Number(entry.version) === version) return
  throw new Refusal('http/version-mismatch', {
    detail: 'Nothing was changed. Look at the waitlist as it is now and try again.',
    currentVersion: Number(entry.version),
  })
}

function requireLive({ state }: WaitlistEntryRow): void {
  if (state !== 'waiting' && state !== 'offered') throw entryChanged()
}
