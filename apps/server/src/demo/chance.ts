/** Chance that falls the same way at every start, so that pictures stay comparable: numbers from 0 to below 1. */
export type Chance = () => number

/** A generator with 32 bits of state (mulberry32, public domain). */
export function seeded(seed: number): Chance {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** One of several. */
export function pick<T>(chance: Chance, from: readonly T[]): T {
  const found = from[Math.floor(chance() * from.length)]
  if (found === undefined) throw new Error('There is nothing to choose from.')
  return found
}
