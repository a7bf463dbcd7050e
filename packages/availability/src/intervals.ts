/**
 * Sets of time as sorted, disjoint, non-touching half-open intervals, flat: `[start0, end0, start1, end1, …]` in epoch milliseconds.
 * Flat numbers keep a month of two hundred hosts in the cache, and every operation is one pass.
 */
export type Intervals = readonly number[]

/** Joins what overlaps or touches, whatever the order; empty pairs vanish. */
export function normalise(pairs: readonly number[]): Intervals {
  const starts = new Float64Array(pairs.length / 2)
  const ends = new Float64Array(pairs.length / 2)
  let count = 0
  for (let i = 0; i < pairs.length; i += 2) {
    if (at(pairs, i) >= at(pairs, i + 1)) continue
    starts[count] = at(pairs, i)
    ends[count++] = at(pairs, i + 1)
  }
  return joinSorted(starts.subarray(0, count).sort(), ends.subarray(0, count).sort())
}

/** Starts and ends may be sorted apart: when the k-th end lies before the next start, all k intervals begun so far are over. */
function joinSorted(starts: Float64Array, ends: Float64Array): Intervals {
  const joined: number[] = []
  let begun = starts[0] ?? Number.NaN
  for (let k = 0; k < starts.length; k++) {
    const end = ends[k] ?? Number.NaN
    const next = starts[k + 1]
    if (next !== undefined && next <= end) continue
    joined.push(begun, end)
    begun = next ?? Number.NaN
  }
  return joined
}

/** What is in `from` and not in `taken`. */
export function subtract(from: Intervals, taken: Intervals): Intervals {
  const left: number[] = []
  let t = 0
  for (let i = 0; i < from.length; i += 2) {
    let start = at(from, i)
    const end = at(from, i + 1)
    while (t < taken.length && at(taken, t + 1) <= start) t += 2
    for (let u = t; u < taken.length && at(taken, u) < end; u += 2) {
      if (at(taken, u) > start) left.push(start, at(taken, u))
      start = Math.max(start, at(taken, u + 1))
    }
    if (start < end) left.push(start, end)
  }
  return left
}

/** What is in both. */
export function intersect(a: Intervals, b: Intervals): Intervals {
  const both: number[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const start = Math.max(at(a, i), at(b, j))
    const end = Math.min(at(a, i + 1), at(b, j + 1))
    if (start < end) both.push(start, end)
    if (at(a, i + 1) < at(b, j + 1)) i += 2
    else j += 2
  }
  return both
}

/** A number that is there by construction of a flat list of pairs. */
function at(list: readonly number[], index: number): number {
  return list[index] ?? Number.NaN
}
