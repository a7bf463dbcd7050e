/** The range in which a voice repeats itself at 8 kHz: 200 Hz down to 66 Hz (ITU-T G.711 Appendix I §I.2.2). */
export const shortestPeriod = 40
export const longestPeriod = 120

/** How alike `window` samples before `end` are to those a lag earlier, on every `step`-th sample; the louder, the more a match counts. */
function match(samples: ArrayLike<number>, end: number, lag: number, window: number, step: number): number {
  let cross = 0
  let energy = 1
  for (let i = end - window; i < end; i += step) {
    const earlier = samples[i - lag] ?? 0
    cross += (samples[i] ?? 0) * earlier
    energy += earlier * earlier
  }
  return cross / Math.sqrt(energy)
}

/** The lag, `from` to `to` samples, at which the sound before `end` repeats itself best: coarse first, then to the sample (G.711 Appendix I §I.2.2). */
export function bestLag(samples: ArrayLike<number>, end: number, window: number, from = shortestPeriod, to = longestPeriod): number {
  let best = from
  let bestMatch = Number.NEGATIVE_INFINITY
  for (let lag = from; lag <= to; lag += 2) {
    const found = match(samples, end, lag, window, 2)
    if (found > bestMatch) {
      bestMatch = found
      best = lag
    }
  }
  const coarse = best
  bestMatch = Number.NEGATIVE_INFINITY
  for (let lag = Math.max(from, coarse - 1); lag <= Math.min(to, coarse + 1); lag++) {
    const found = match(samples, end, lag, window, 1)
    if (found > bestMatch) {
      bestMatch = found
      best = lag
    }
  }
  return best
}
