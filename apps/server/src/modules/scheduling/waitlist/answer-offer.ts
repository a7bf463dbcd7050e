import type { Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { confirmHold } from '../confirm-hold.ts'
import { bookingById } from '../find-booking.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { closeOffer, entryById, lockEntry, openOfferOf, releaseHold, setEntry } from './find-entry.ts'
import { rememberWaitlist } from './remember-waitlist.ts'
import type { WaitlistOfferRow } from './waitlist.tables.ts'

/** Which offer of whom. The id of the offer keeps a press on an old page from taking another time. */
export type AnswerOffer = { readonly entryId: string; readonly offerId: string }

/** Takes the time that is held for her: the hold becomes her booking. Throws `scheduling/offer-over`. */
export async function acceptOffer(tx: WorkspaceTx, by: Principal, { entryId, offerId }: AnswerOffer): Promise<BookingRow> {
  schedulingPolicy.require(by, 'link.change')
  const offer = await openOffer(tx, entryId, offerId)
  const booking = await confirmHold(tx, by, { bookingId: offer.booking_id, quiet: false, asks: !offer.by_hand })
  if (!(await closeOffer(tx, offer.id, 'accepted'))) throw offerOver()
  const entry = await lockEntry(tx, entryId)
  await setEntry(tx, entry, { state: 'booked', missed: 0, ended_at: tx.now })
  await emit(tx, 'waitlist.answered', { entryId, bookingId: booking.id, contactId: entry.contact_id, state: 'accepted' })
  return booking
}

/** Lets the time go to the next one; she stays on the list. Throws `scheduling/offer-over`. */
export async function passOffer(tx: WorkspaceTx, by: Principal, { entryId, offerId }: AnswerOffer): Promise<void> {
  schedulingPolicy.require(by, 'link.change')
  const offer = await openOffer(tx, entryId, offerId)
  await letGo(tx, by, offer)
  const entry = await lockEntry(tx, entryId)
  if (entry.state === 'offered') await setEntry(tx, entry, { state: 'waiting', missed: 0 })
}

/** Leaves the list; a time that is held for her is free again. Leaving twice is leaving. */
export async function leaveWaitlist(tx: WorkspaceTx, by: Principal, entryId: string): Promise<void> {
  schedulingPolicy.require(by, 'link.change')
  const offer = await openOfferOf(tx, entryId)
  if (offer) await letGo(tx, by, offer)
  const entry = await lockEntry(tx, entryId)
  if (entry.state !== 'waiting' && entry.state !== 'offered') return
  await setEntry(tx, entry, { state: 'left', ended_at: tx.now })
  await rememberWaitlist(tx, by, 'waitlist.left', entry)
  await emit(tx, 'waitlist.left', { entryId, contactId: entry.contact_id })
}

async function letGo(tx: WorkspaceTx, by: Principal, offer: WaitlistOfferRow): Promise<void> {
  await releaseHold(tx, offer)
  if (!(await closeOffer(tx, offer.id, 'passed'))) throw offerOver()
  const entry = await entryById(tx, offer.entry_id)
  await rememberWaitlist(tx, by, 'waitlist.passed', entry, offer.starts_at)
  await emit(tx, 'waitlist.answered', { entryId: entry.id, bookingId: offer.booking_id, contactId: entry.contact_id, state: 'passed' })
}

async function openOffer(tx: WorkspaceTx, entryId: string, offerId: string): Promise<WaitlistOfferRow> {
  const offer = await openOfferOf(tx, entryId)
  if (offer?.id !== offerId) throw offerOver()
  const hold = await bookingById(tx, offer.booking_id)
  const inTime = hold.held_until !== null && Temporal.Instant.compare(hold.held_until, tx.now) > 0
  if (hold.status !== 'held' || !inTime) throw offerOver()
  return offer
}

const offerOver = (): Refusal =>
  new Refusal('scheduling/offer-over', { detail: 'This time is not held for you any more. You are still on the list where you were.' })
