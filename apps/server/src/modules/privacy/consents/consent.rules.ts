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
