/** Where time comes from: milliseconds that only grow, and a call at a later one. */
export type Clock = {
  readonly now: () => number
  /** Calls back at `due`, or soon after; returns what takes it back. */
  readonly at: (due: number, callback: () => void) => () => void
}

/** The time of the machine, unmoved by whoever sets its clock. */
export const machineClock: Clock = {
  now: () => performance.now(),
  at(due, callback) {
    const timer = setTimeout(callback, Math.max(0, Math.ceil(due - performance.now())))
    return () => clearTimeout(timer)
  },
}
