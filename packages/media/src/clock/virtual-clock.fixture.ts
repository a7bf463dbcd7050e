import type { ClockSource } from './media-clock.ts'

/** A clock that moves only when it is told to. `delay` makes every timer late by so many ms. */
export function virtualClock(delay: () => number = () => 0) {
  let now = 0
  let next: { at: number; wake: () => void } | undefined
  const source: ClockSource = {
    now: () => now,
    wakeIn(ms, wake) {
      const timer = { at: now + ms + delay(), wake }
      next = timer
      return () => {
        if (next === timer) next = undefined
      }
    },
  }
  return {
    source,
    get idle() {
      return next === undefined
    },
    /** Lets so much time pass, timer by timer. */
    pass(ms: number) {
      const end = now + ms
      while (next && next.at <= end) {
        const { at, wake } = next
        next = undefined
        now = Math.max(now, at)
        wake()
      }
      now = end
    },
    /** Lets time pass in which no timer can fire, as in a process that stands still. */
    freeze(ms: number) {
      now += ms
    },
  }
}
