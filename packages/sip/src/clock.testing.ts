import type { Clock } from './clock.ts'

/** A clock that stands until it is moved. */
export type VirtualClock = Clock & {
  /** Moves to a time, calling what is due on the way at its own time. */
  readonly moveTo: (time: number) => void
  /** How many calls are waiting. */
  readonly waiting: () => number
}

/** A clock at 0. */
export function virtualClock(): VirtualClock {
  let time = 0
  let order = 0
  const calls = new Map<number, { readonly due: number; readonly callback: () => void }>()
  return {
    now: () => time,
    at(due, callback) {
      const id = order++
      calls.set(id, { due, callback })
      return () => calls.delete(id)
    },
    moveTo(until) {
      for (;;) {
        const [next] = [...calls].filter(([, call]) => call.due <= until).sort(([, one], [, other]) => one.due - other.due)
        if (!next) break
        calls.delete(next[0])
        time = Math.max(time, next[1].due)
        next[1].callback()
      }
      time = Math.max(time, until)
    },
    waiting: () => calls.size,
  }
}
