import { fullTimes, wholeBusy } from './capacity.ts'
import type { Intervals } from './intervals.ts'
import { eachUsedUpPeriod } from './limits.ts'
import { checkBusy, type Prepared } from './prepare.ts'
import { eachJourney } from './travel.ts'
import type { Host } from './types.ts'

/** A stretch of starts `[startMs, endMs)`. */
export type VisitStretch = (startMs: number, endMs: number) => void

/**
 * The starts at which something stands in a host's way, in no order: taken time, full capacity, limits and travel. A start is blocked while the
 * service with its buffers would overlap taken time; as the claims of the database see it, buffers of both add up.
 */
export function eachBlockedStretch(host: Host, at: Prepared, visit: VisitStretch): void {
  const reach = at.durationMs + at.afterMs
  for (const busy of wholeBusy(host)) {
    checkBusy(busy)
    const { startMs, endMs } = busy
    if (endMs + at.beforeMs <= at.fromMs || startMs - reach >= at.toMs || startMs === endMs) continue
    visit(startMs - reach + 1, endMs + at.beforeMs)
  }
  eachFullTime(fullTimes(host, at), at, visit)
  eachUsedUpPeriod(host, at, (_limit, period) => visit(period.startMs, period.endMs))
  eachJourney(host, at, visit)
}

/** The starts that a full stretch blocks, with the stretch itself. */
export function eachFullTime(
  full: Intervals,
  at: Prepared,
  visit: (startMs: number, endMs: number, fullFromMs: number, fullToMs: number) => void,
): void {
  for (let i = 0; i < full.length; i += 2) {
    const from = full[i] ?? 0
    const to = full[i + 1] ?? 0
    visit(from - at.durationMs - at.afterMs + 1, to + at.beforeMs, from, to)
  }
}
