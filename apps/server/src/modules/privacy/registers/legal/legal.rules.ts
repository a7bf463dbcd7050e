import type { LegalRequestCase } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { LegalRequestCheckRow, StoredLegalRequest } from './legal.tables.ts'

type Check = Pick<Selectable<LegalRequestCheckRow>, 'round' | 'checked_by' | 'authority' | 'jurisdiction' | 'signature' | 'scope' | 'self'>

/** A day between the grounds of a self-review and the second yes. */
export const selfReviewPause = { hours: 24 } as const

/** Whether somebody said yes to all four questions. */
export const saysYes = ({
  authority,
  jurisdiction,
  signature,
  scope,
}: Pick<Check, 'authority' | 'jurisdiction' | 'signature' | 'scope'>): boolean => authority && jurisdiction && signature && scope

/** How an invited reviewer is named among those who checked. */
export const reviewerActor = (reviewerId: string): `reviewer:${string}` => `reviewer:${reviewerId}`

/**
 * Whether two people said yes to the scope as it is now, one of whom works here; or one alone, twice, with grounds and a day in between. Whoever was invited can be the second
 * and not both: the business decides about its data, others help it to look twice.
 */
export function isValid(row: Pick<StoredLegalRequest, 'round'>, checks: readonly Check[]): boolean {
  const yes = checks.filter((check) => check.round === row.round && saysYes(check))
  const people = new Set(yes.filter(({ self }) => !self).map(({ checked_by }) => checked_by))
  const ofHere = [...people].some((actor) => !actor.startsWith('reviewer:'))
  return ofHere && (people.size >= 2 || yes.some(({ self }) => self))
}

/** What this person can do about the check now. `others` are the people besides her who could. */
export function mayCheckOf(
  row: Pick<StoredLegalRequest, 'state' | 'round' | 'tables' | 'self_review_at' | 'self_review_by'>,
  checks: readonly Check[],
  actor: string,
  others: readonly string[],
  now: Temporal.Instant,
): LegalRequestCase['mayCheck'] {
  if ((row.state !== 'received' && row.state !== 'checking') || row.tables.length === 0) return 'no'
  const mine = checks.some((check) => check.round === row.round && check.checked_by === actor && saysYes(check))
  if (!mine) return 'yes'
  if (others.some((other) => other !== actor)) return 'somebody_else'
  if (row.self_review_at === null || row.self_review_by !== actor) return 'self_review'
  return Temporal.Instant.compare(now, row.self_review_at.add(selfReviewPause)) < 0 ? 'wait' : 'yes'
}

/** Whether the people may be told: the gag ends on its day. */
export const isGagged = (row: Pick<StoredLegalRequest, 'gag_until'>, today: Temporal.PlainDate): boolean =>
  row.gag_until !== null && Temporal.PlainDate.compare(today, row.gag_until) < 0
