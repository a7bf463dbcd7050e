import type { Prepared } from './prepare.ts'
import { stepsOnTheClock } from './zone-clock.ts'

/** The starts of one question in order, each once, over all zones whose clocks its hosts follow. */
export type StepGrid = {
  readonly starts: Float64Array
  /** By zone which of them lie on its step; nothing where all do. */
  readonly onStep: ReadonlyMap<string, Uint8Array | undefined>
  /** The place of the first start at or after a moment; the number of starts where there is none. */
  readonly placeOf: (ms: number) => number
}

/** Lists the steps of each zone and unites them: most zones of the world share every quarter of an hour. */
export function stepGrid(zones: Iterable<string>, at: Prepared, stepMinutes: number): StepGrid {
  const lists = [...zones].map((zone) => ({
    zone,
    steps: stepsOnTheClock(at.clockOf(zone), Math.max(at.fromMs, at.earliestMs), Math.min(at.toMs, at.horizonOf(zone)), stepMinutes),
  }))
  const first = lists[0]?.steps ?? []
  const shared = lists.every(({ steps }) => steps.length === first.length && steps.every((ms, index) => ms === first[index]))
  const starts = shared ? Float64Array.from(first) : Float64Array.from(new Set(lists.flatMap(({ steps }) => steps))).sort()
  const placeOf = placesIn(starts)
  const onStep = new Map(
    lists.map(({ zone, steps }) => {
      if (steps.length === starts.length) return [zone, undefined]
      const on = new Uint8Array(starts.length)
      for (const ms of steps) on[placeOf(ms)] = 1
      return [zone, on]
    }),
  )
  return { starts, onStep, placeOf }
}

function placesIn(starts: Float64Array): (ms: number) => number {
  const count = starts.length
  const first = starts[0] ?? 0
  if (count < 2) return (ms) => (count > 0 && ms > first ? 1 : 0)
  const stepMs = ((starts[count - 1] ?? 0) - first) / (count - 1)
  if (starts.every((ms, index) => ms === first + index * stepMs)) {
    return (ms) => (ms <= first ? 0 : Math.min(count, Math.ceil((ms - first) / stepMs)))
  }
  // Where clocks change or the step does not divide a day, a guess by proportion is a few places off at most.
  return (ms) => {
    let place = Math.max(0, Math.min(count, Math.round((ms - first) / stepMs)))
    while (place > 0 && (starts[place - 1] ?? ms) >= ms) place--
    while (place < count && (starts[place] ?? ms) < ms) place++
    return place
  }
}
