import type { ListAnswer } from './queries.ts'

/** The answers for a list so far. */
export type ListCounts = Omit<ListAnswer, 'next'>

export const noCounts: ListCounts = { checked: 0, allowed: 0, later: 0, reasons: [] }

/** Adds one more part of the list. */
export function plus(sum: ListCounts, part: ListCounts): ListCounts {
  const reasons = new Map(sum.reasons.map((reason) => [reason.code, reason]))
  for (const reason of part.reasons) {
    reasons.set(reason.code, { ...reason, count: reason.count + (reasons.get(reason.code)?.count ?? 0) })
  }
  return {
    checked: sum.checked + part.checked,
    allowed: sum.allowed + part.allowed,
    later: sum.later + part.later,
    reasons: [...reasons.values()].toSorted((a, b) => b.count - a.count),
  }
}
