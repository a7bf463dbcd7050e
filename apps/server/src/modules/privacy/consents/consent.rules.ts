import type { Channel } from '@frontdesk/contact-rules'
import type { ConsentPurpose, ConsentRow } from './consent.tables.ts'

/** What the fold needs of an entry of the ledger. */
export type LedgerEntry = {
  readonly action: ConsentRow['action']
  readonly channel: Channel
  readonly purpose: ConsentPurpose
  readonly happenedAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant | null
}

/** Consent to offers covers what is less than that. */
export const coveredBy: Readonly<Record<ConsentPurpose, readonly ConsentPurpose[]>> = {
  service: ['service'],
  feedback: ['feedback'],
  marketing: ['service', 'feedback', 'marketing'],
}

/**
 * What stands now of the entries about one address or number: given, not run out, and not taken back since. An entry counts from when it happened and not from
 * when somebody wrote it down, so that a paper found later never brings back what she has taken back. Taking back a purpose ends whatever covers it: otherwise it
 * would go on under another name.
 */
export function standingEntries<Entry extends LedgerEntry>(entries: readonly Entry[], now: Temporal.Instant): readonly Entry[] {
  const withdrawals = entries.filter(({ action }) => action === 'withdrawn')
  return entries.filter(
    (entry) =>
      entry.action === 'given' &&
      (entry.expiresAt === null || Temporal.Instant.compare(entry.expiresAt, now) > 0) &&
      !withdrawals.some((withdrawal) => ends(withdrawal, entry)),
  )
}

const ends = (withdrawal: LedgerEntry, given: LedgerEntry): boolean =>
  withdrawal.channel === given.channel &&
  coveredBy[given.purpose].includes(withdrawal.purpose) &&
  Temporal.Instant.compare(withdrawal.happenedAt, given.happenedAt) >= 0

/** An entry of somebody who may be several contacts by now. */
export type OfContact = {
  /** About whom it was written, before any merge. */
  readonly contactId: string | null
  /** Since when that contact is part of another one; null for the one that stayed. */
  readonly mergedAt: Temporal.Instant | null
  /** The keyed hash of the address or number; null for none. */
  readonly point: string | null
}

/**
 * The entries of contacts that became one, without what was given to one of them and taken back from another before the merge: the stricter of the two holds, at whichever address,
 * until she gives it anew. What is said since is said of one contact, address by address. Of a single contact nothing is left out.
 */
export function stricterOfMerged<Entry extends LedgerEntry>(entries: readonly Entry[], of: (entry: Entry) => OfContact): readonly Entry[] {
  const byContact = Map.groupBy(entries, (entry) => of(entry).contactId)
  if (byContact.size < 2) return entries
  const takenBack = [...byContact.values()].flatMap((own) =>
    own.filter(
      (entry) => entry.action === 'withdrawn' && !own.some((later) => renews(later, entry) && of(later).point === of(entry).point),
    ),
  )
  return entries.filter(
    (entry) =>
      entry.action !== 'given' ||
      !takenBack.some(
        (withdrawal) =>
          of(withdrawal).contactId !== of(entry).contactId &&
          withdrawal.channel === entry.channel &&
          coveredBy[entry.purpose].includes(withdrawal.purpose) &&
          ![entry, withdrawal].some((each) => sinceMerge(each, [of(withdrawal), of(entry)])),
      ),
  )
}

const renews = (given: LedgerEntry, withdrawal: LedgerEntry): boolean =>
  given.action === 'given' &&
  given.channel === withdrawal.channel &&
  coveredBy[given.purpose].includes(withdrawal.purpose) &&
  Temporal.Instant.compare(given.happenedAt, withdrawal.happenedAt) > 0

const sinceMerge = ({ happenedAt }: LedgerEntry, contacts: readonly OfContact[]): boolean =>
  contacts.every(({ mergedAt }) => mergedAt === null || Temporal.Instant.compare(happenedAt, mergedAt) > 0)
