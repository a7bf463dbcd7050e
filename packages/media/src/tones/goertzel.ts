/**
 * The power of one frequency in a block, as a share of what a pure tone of that power would have: 1 for nothing but the tone. Goertzel's algorithm:
 * one multiplication a sample. `from` and `to` are the block's bounds in `samples`.
 */
export function tonePower(samples: ArrayLike<number>, from: number, to: number, hertz: number, rate = 8000): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / rate)
  let last = 0
  let beforeLast = 0
  for (let i = from; i < to; i++) {
    const next = (samples[i] ?? 0) + coefficient * last - beforeLast
    beforeLast = last
    last = next
  }
  const power = last * last + beforeLast * beforeLast - coefficient * last * beforeLast
  return (2 * power) / (to - from) ** 2
}

/** The mean power of a block: the mean of its squares. */
export function blockPower(samples: ArrayLike<number>, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += (samples[i] ?? 0) ** 2
  return sum / Math.max(1, to - from)
}
