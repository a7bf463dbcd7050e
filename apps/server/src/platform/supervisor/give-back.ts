import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const LOOK_MS = 5_000
/** The share of its time that a process at rest works at most: timers, and a browser here and there. */
const AT_REST = 0.05

/**
 * Gives memory back once there is nothing to do: what a start, an import or a night's work leaves behind would otherwise be held for minutes, and several processes share a small machine. A process that
 * works is left alone, since collecting stops it for a tenth of a second.
 */
export function giveBackAtRest(): void {
  const collect = collector()
  let before = performance.eventLoopUtilization()
  let worked = true
  setInterval(() => {
    const now = performance.eventLoopUtilization()
    const isBusy = performance.eventLoopUtilization(now, before).utilization > AT_REST
    before = now
    if (!isBusy && worked) collect()
    worked = isBusy
  }, LOOK_MS).unref()
}

/** V8's own collector. The flag is taken back at once, because compiled code is kept by flags. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  setFlagsFromString('--no-expose-gc')
  return collect
}
