import type { Channel, Suppression } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ContactFacts } from '../../contacts/index.ts'
import { hashesOfPoint, type KeyedPoint } from '../consents/point-hash.ts'
import type { SuppressionCause, SuppressionRow } from './suppression.tables.ts'

type Row = Selectable<SuppressionRow>
/** Whom each id stands for: itself, or the contact it was merged into. */
export type Holders = ReadonlyMap<ContactId, ContactId>
type Known = Pick<ContactFacts, 'contactId' | 'points'>

/**
 * The opt-outs in force for these contacts, in one query; the answer is asked by contact, channel and point. What was said about one address reaches the whole person, as
 * far as its scope goes, but a stop of one address or of one channel stays where it was said. A number that is shared carries what anybody said about it; her other
 * addresses do not.
 */
export async function stopsOf(
  tx: WorkspaceTx,
  contacts: readonly Known[],
  holders: Holders,
): Promise<(contact: Known, channel: Channel, point: KeyedPoint | null) => Suppression[]> {
  const hashesOf = new Map<KeyedPoint, ReadonlySet<string>>(
    contacts.flatMap(({ points }) => points.map((point) => [point, new Set(hashesOfPoint(tx, point))] as const)),
  )
  const hashes = [...hashesOf.values()].flatMap((set) => [...set])
  const inForce = tx.db.selectFrom('suppression').selectAll().where('workspace_id', '=', tx.workspaceId).where('lifted_at', 'is', null)
  const rows = await inForce
    .where(sql<boolean>`kind = any('{email,phone}'::text[])`)
    .where(sql<boolean>`value_hash = any(${hashes}::text[])`)
    .union(inForce.where(sql<boolean>`contact_id = any(${[...holders.keys()]}::uuid[])`))
    .execute()
  const byHash = Map.groupBy(rows, ({ value_hash }) => value_hash)
  const byHolder = Map.groupBy(rows, ({ contact_id }) => contact_id && (holders.get(contact_id) ?? contact_id))

  const hashedAt = (point: KeyedPoint): Row[] =>
    [...(hashesOf.get(point) ?? hashesOfPoint(tx, point))].flatMap((hash) => byHash.get(hash) ?? [])
  return (contact, channel, point) => {
    const found = new Set<Row>(point ? hashedAt(point) : [])
    for (const row of byHolder.get(contact.contactId) ?? []) if (reachesPerson(row, channel)) found.add(row)
    // Whose it was is forgotten, or was never known: it follows the address to whoever has it.
    for (const one of contact.points) {
      for (const row of hashedAt(one)) if (row.contact_id === null && reachesPerson(row, channel)) found.add(row)
    }
    return [...found].toSorted((a, b) => (a.id < b.id ? -1 : 1)).flatMap((row) => asFact(row, channel))
  }
}

/** Whether a stop goes beyond the address it was said about. */
const reachesPerson = ({ scope, channel: stopped }: Row, channel: Channel): boolean => (scope === 'channel' ? stopped === channel : true)

function asFact({ scope, channel: stopped, cause, created_at: since }: Row, channel: Channel): Suppression[] {
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
