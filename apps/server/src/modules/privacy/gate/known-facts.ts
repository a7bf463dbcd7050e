import type { Facts, PointFacts as RulePoint } from '@frontdesk/contact-rules'
import parsePhoneNumber from 'libphonenumber-js/max'
import type { KnownFactRow } from './known-fact.tables.ts'

/** A fact as the gate reads it. */
export type ReadFact = Pick<KnownFactRow, 'id' | 'kind' | 'answer' | 'source' | 'checked_with'> & {
  readonly hash: string | null
  readonly on: Temporal.PlainDate
}

/** What was looked up or said of a line counts so long for a landline: a number that is ported keeps its digits and changes its kind. */
const LANDLINE_FRESH = { days: 30 }

/** The newest of a kind, of one number or of the person. */
export function newestFact(facts: readonly ReadFact[], kind: ReadFact['kind'], hashes: readonly string[] | null): ReadFact | undefined {
  const own = facts.filter(
    (fact) => fact.kind === kind && (hashes === null ? fact.hash === null : fact.hash !== null && hashes.includes(fact.hash)),
  )
  return own.toSorted((a, b) => Temporal.PlainDate.compare(b.on, a.on) || (a.id < b.id ? 1 : -1))[0]
}

/** Where she lives, as far as the rules ask: country, and state or province. */
export function addressFrom(fact: ReadFact | undefined): Facts['person']['address'] {
  if (!fact) return null
  const [country = '', region = null] = fact.answer.split('-')
  return { country, region, zone: null }
}

/** What kind of line a number is. Without a word of anybody the numbering plan says so, where a country keeps mobile and fixed numbers apart; the United States and Canada do not. */
export function lineFrom(fact: ReadFact | undefined, number: string, today: Temporal.PlainDate): RulePoint['line'] {
  if (!fact) return lineByPlan(number)
  if (fact.answer === 'mobile' || fact.answer === 'voip') return fact.answer
  return Temporal.PlainDate.compare(fact.on.add(LANDLINE_FRESH), today) > 0 ? 'landline' : 'unknown'
}

/** What the numbering plan alone says. */
export function lineByPlan(number: string): RulePoint['line'] {
  if (number.startsWith('+1')) return 'unknown'
  const type = parsePhoneNumber(number)?.getType()
  if (type === 'MOBILE') return 'mobile'
  return type === 'FIXED_LINE' ? 'landline' : type === 'VOIP' ? 'voip' : 'unknown'
}

/** Whether it was given to somebody else, with the day on which that was asked; its first moment, so that an answer ends no later than the law lets it. */
export function reassignedFrom(fact: ReadFact | undefined): RulePoint['reassigned'] {
  if (!fact) return null
  const at = fact.on.toZonedDateTime('UTC').toInstant()
  return { answer: fact.answer as NonNullable<RulePoint['reassigned']>['answer'], at }
}
