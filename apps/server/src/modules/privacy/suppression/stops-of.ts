import type { Channel, Suppression } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ContactFacts } from '../../contacts/index.ts'
import { hashesOfPoint, type KeyedPoint } from '../consents/point-hash.ts'
import type { SuppressionCause, SuppressionRow } from './suppression.tables.ts'

/** What the gate needs of an opt-out in force. */
export type StopRow = Pick<SuppressionRow, 'id' | 'value_hash' | 'scope' | 'channel' | 'cause' | 'contact_id'> & {
  readonly created_at: Temporal.Instant
}
/** Whom each id stands for: itself, or the contact it was merged into. */
export type Holders = ReadonlyMap<ContactId, ContactId>
type Known = Pick<ContactFacts, 'contactId' | 'points'>
/** Under which keyed hashes each address or number may be known, by `nameOf`. */
export type HashesOfPoints = ReadonlyMap<string, readonly string[]>

const nameOf = ({ kind, value }: KeyedPoint): string => `${kind} ${value}`

/** Every keyed hash of every address and number of these contacts. */
export const hashesOfAll = (tx: WorkspaceTx, contacts: readonly Known[]): HashesOfPoints =>
  new Map(contacts.flatMap(({ points }) => points.map((point) => [nameOf(point), hashesOfPoint(tx, point)] as const)))

/**
 * The opt-outs in force, of those that were read: asked by contact, channel and point. What was said about one address reaches the whole person, as far as its scope goes, but
 * a stop of one address or of one channel stays where it was said. A number that is shared carries what anybody said about it; her other addresses do not.
 */
export function stopsFrom(
  rows: readonly StopRow[],
  holders: Holders,
  hashes: HashesOfPoints,
): (contact: Known, channel: Channel, point: KeyedPoint | null) => Suppression[] {
  if (rows.length === 0) return () => []
  const byHash = Map.groupBy(rows, ({ value_hash }) => value_hash)
  const byHolder = Map.groupBy(rows, ({ contact_id }) => contact_id && (holders.get(contact_id) ?? contact_id))

  const hashedAt = (point: KeyedPoint): StopRow[] => (hashes.get(nameOf(point)) ?? []).flatMap((hash) => byHash.get(hash) ?? [])
  return (contact, channel, point) => {
    const found = new Set<StopRow>(point ? hashedAt(point) : [])
    for (const row of byHolder.get(contact.contactId) ?? []) if (reachesPerson(row, channel)) found.add(row)
    // Whose it was is forgotten, or was never known: it follows the address to whoever has it.
    for (const one of contact.points) {
      for (const row of hashedAt(one)) if (row.contact_id === null && reachesPerson(row, channel)) found.add(row)
    }
    return [...found].toSorted((a, b) => (a.id < b.id ? -1 : 1)).flatMap((row) => asFact(row, channel))
  }
}

/** Whether a stop goes beyond the address it was said about. */
const reachesPerson = ({ scope, channel: stopped }: StopRow, channel: Channel): boolean =>
  scope === 'channel' ? stopped === channel : true

function asFact({ scope, channel: stopped, cause, created_at: since }: StopRow, channel: Channel): Suppression[] {
  if (scope !== 'channel') return [{ scope, cause: causeOf[cause], since }]
  return stopped === null || stopped === channel ? [{ scope, channel, cause: causeOf[cause], since }] : []
}

/** The rules know four ways of hearing of it. */
const causeOf = {
  asked: 'asked',
  message: 'asked',
  page: 'asked',
  link: 'link',
  complaint: 'complaint',
  member: 'member',
  import: 'member',
} as const satisfies Record<SuppressionCause, Suppression['cause']>
