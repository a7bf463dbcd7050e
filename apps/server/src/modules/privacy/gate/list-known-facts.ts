import type { ContactId, KnownFact, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type ContactFacts, contactFacts } from '../../contacts/index.ts'
import { hashesOfPoint } from '../consents/point-hash.ts'
import { type Ground, groundOf } from './gather-facts.ts'
import { lineByPlan, lineFrom, newestFact, type ReadFact } from './known-facts.ts'
import { type RecordKnownFact, recordKnownFact } from './record-known-fact.ts'

/** What the rules ask about somebody and her numbers, what is known of it, and where from. What nobody knows stands in the list as well. */
export function knownFactsOf(tx: WorkspaceTx, contact: ContactFacts, ground: Ground): KnownFact[] {
  const facts = ground.known(contact.contactId)
  const place = shown('place', null, newestFact(facts, 'place', null))
  const numbers = contact.points.filter(({ kind }) => kind === 'phone')
  return [
    place,
    ...numbers.flatMap((point): KnownFact[] => {
      const hashes = hashesOfPoint(tx, point)
      const { id: pointId, value, lastHeardAt } = point
      return [
        lineOf(tx, pointId, value, newestFact(facts, 'line', hashes)),
        shown('reassigned', pointId, newestFact(facts, 'reassigned', hashes)),
        {
          ...nobodyKnows,
          kind: 'heard',
          pointId,
          ...(lastHeardAt === null ? {} : { answer: lastHeardAt.toString(), source: 'herself', counts: true }),
        },
      ]
    }),
  ]
}

const nobodyKnows = { answer: null, source: null, on: null, checkedWith: null, counts: false } as const

function shown(kind: 'place' | 'line' | 'reassigned', pointId: KnownFact['pointId'], fact: ReadFact | undefined): KnownFact {
  if (!fact) return { ...nobodyKnows, kind, pointId }
  const { answer, source, on, checked_with: checkedWith } = fact
  return { kind, pointId, answer, source, on: on.toString(), checkedWith, counts: true }
}

function lineOf(tx: WorkspaceTx, pointId: KnownFact['pointId'], number: string, fact: ReadFact | undefined): KnownFact {
  if (fact) {
    const today = tx.now.toZonedDateTimeISO('UTC').toPlainDate()
    return { ...shown('line', pointId, fact), counts: lineFrom(fact, number, today) !== 'unknown' }
  }
  const answer = lineByPlan(number)
  if (answer === 'unknown') return { ...nobodyKnows, kind: 'line', pointId }
  return { ...nobodyKnows, kind: 'line', pointId, answer, source: 'numbering_plan', counts: true }
}

/** Records what was learned and answers what is known now. */
export async function learnFact(tx: WorkspaceTx, by: Principal, wish: RecordKnownFact): Promise<{ known: KnownFact[] }> {
  await recordKnownFact(tx, by, wish)
  return { known: await knownNow(tx, wish.contactId) }
}

async function knownNow(tx: WorkspaceTx, contactId: ContactId): Promise<KnownFact[]> {
  const contact = await contactFacts(tx, contactId)
  return knownFactsOf(tx, contact, await groundOf(tx, [contact]))
}
