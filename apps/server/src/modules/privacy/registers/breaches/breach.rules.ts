import type { BreachClock } from '@frontdesk/contract'
import type { StoredBreach } from './breach.tables.ts'
import { type BreachDuty, breachDuties } from './breach-laws.ts'

/** How long an entry stays at least: 24 months after it was determined (SOR/2018-64 s. 6(1)), five years where the law of Québec applies (CQLR c., r. 3.1, s. 8). */
export const keptUntil = ({ detected_at, laws }: Pick<StoredBreach, 'detected_at' | 'laws'>): Temporal.Instant =>
  detected_at
    .toZonedDateTimeISO('UTC')
    .add(laws.includes('quebec') ? { years: 5 } : { months: 24 })
    .toInstant()

type Clocked = Pick<StoredBreach, 'laws' | 'detected_at' | 'authorities' | 'told_at' | 'risk' | 'state'>

/** Every duty of the laws that apply, with its clock. Days are calendar days of 24 hours from the moment somebody noticed. */
export const clocksOf = (breach: Clocked, now: Temporal.Instant): readonly BreachClock[] =>
  breachDuties.filter(({ law }) => breach.laws.includes(law)).map((duty) => clockOf(breach, duty, now))

function clockOf(
  breach: Clocked,
  { term, law, whom, name, duty, source, compared, certainty, asOf }: BreachDuty,
  now: Temporal.Instant,
): BreachClock {
  const before = endOf(breach, term)
  const doneAt = whom === 'authority' ? (breach.authorities[law] ?? null) : (breach.told_at?.toString() ?? null)
  const overdue = breach.state === 'open' && doneAt === null && before !== null && Temporal.Instant.compare(now, before) >= 0
  return { law, whom, name, duty, source, compared, certainty, asOf, before: before?.toString() ?? null, doneAt, overdue }
}

function endOf({ detected_at, told_at }: Clocked, term: BreachDuty['term']): Temporal.Instant | null {
  if (term === 'withoutDelay') return null
  if ('hours' in term) return detected_at.add({ hours: term.hours })
  if ('days' in term) return detected_at.add({ hours: term.days * 24 })
  // Whoever waits with telling the people does not gain time.
  const { days, latest } = term.afterTelling
  return told_at?.add({ hours: days * 24 }) ?? detected_at.add({ hours: latest * 24 })
}

/** The clock that runs out next. */
export const nextClock = (breach: Clocked, now: Temporal.Instant): BreachClock | null =>
  breach.state === 'closed'
    ? null
    : (clocksOf(breach, now)
        .filter(({ before, doneAt }) => before !== null && doneAt === null)
        .sort((a, b) => Temporal.Instant.compare(a.before ?? '', b.before ?? ''))[0] ?? null)

/** The ids that rows have which were written at a moment: ordered ids begin with it. */
export function idBounds(from: Temporal.Instant, until: Temporal.Instant): { readonly from: string; readonly until: string } {
  const hex = (at: Temporal.Instant) => Math.max(0, at.epochMilliseconds).toString(16).padStart(12, '0')
  const id = (head: string, fill: '0' | 'f') =>
    `${head.slice(0, 8)}-${head.slice(8)}-${fill.repeat(4)}-${fill.repeat(4)}-${fill.repeat(12)}`
  return { from: id(hex(from), '0'), until: id(hex(until), 'f') }
}
