import type { ImportCounts, ImportReach } from '@frontdesk/contract'
import type { PlannedRow } from './plan-batch.rules.ts'

/** The counts with some rows more. */
export function counted(before: ImportCounts, planned: readonly PlannedRow[]): ImportCounts {
  const counts = { ...before }
  for (const { outcome, stopped, reasons, row } of planned) {
    counts.rows += 1
    counts[outcome] += 1
    if (stopped && outcome !== 'duplicate') counts.stopped += 1
    if (outcome !== 'invalid' && (row.problems.length > 0 || reasons.length > 0)) counts.withProblems += 1
  }
  return counts
}

/** Two parts of what may be done, as one. */
export function joined(one: readonly ImportReach[], other: readonly ImportReach[]): readonly ImportReach[] {
  if (one.length === 0) return other
  return one.map((reach) => {
    const more = other.find(({ way }) => way === reach.way)
    if (!more) return reach
    const reasons = new Map(reach.reasons.map((reason) => [reason.code, reason]))
    for (const reason of more.reasons) {
      const known = reasons.get(reason.code)
      reasons.set(reason.code, known ? { ...known, count: known.count + reason.count } : reason)
    }
    return { way: reach.way, allowed: reach.allowed + more.allowed, reasons: [...reasons.values()].toSorted((a, b) => b.count - a.count) }
  })
}
