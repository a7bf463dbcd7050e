import { bestLag } from './pitch.ts'

/** Ten milliseconds at 8 kHz, the step in which ITU-T G.711 Appendix I counts a loss. */
const step = 80
/** Three of the longest periods and a quarter of one (§I.2.1). */
const historyLength = 390
/** The pitch is sought in the last 20 ms (§I.2.2). */
const pitchWindow = 160
/** From the second step on it fades by a fifth a step; after six there is silence (§I.2.7). */
const fadePerStep = 0.2
const mostPeriods = 3

/**
 * Fills gaps in a voice with its own last pitch periods, as ITU-T G.711 Appendix I does: one period for 10 ms, then two, then three, fading to silence
 * at 60 ms, with a soft passage back. Unlike the Appendix it does not hold the sound back by 3.75 ms to smooth the way in. 8 kHz, mono.
 */
export class Concealer {
  readonly #history = new Int16Array(historyLength)
  readonly #before = new Float32Array(historyLength)
  readonly #segments = [new Float32Array(historyLength), new Float32Array(historyLength), new Float32Array(historyLength)] as const
  #pitch = 0
  #erased = 0

  /** Samples since the voice was last heard. */
  get erased(): number {
    return this.#erased
  }

  /** Remembers good samples, `from` to `to` of `sound`, and softens the first of them after a gap. */
  hear(sound: Int16Array, from = 0, to = sound.length): void {
    if (this.#erased > 0) this.#fadeBack(sound, from, to)
    this.#remember(sound, from, to)
  }

  /** Fills `sound` from `from` to `to` with what the voice might have said. */
  fill(sound: Int16Array, from = 0, to = sound.length): void {
    if (this.#erased === 0) this.#prepare()
    for (let i = from; i < to; i++) sound[i] = Math.round(this.#next())
    this.#remember(sound, from, to)
  }

  #remember(sound: Int16Array, from: number, to: number): void {
    const history = this.#history
    const count = Math.min(to - from, historyLength)
    history.copyWithin(0, count)
    for (let i = 0; i < count; i++) history[historyLength - count + i] = sound[to - count + i] ?? 0
  }

  /** Cuts one, two and three periods from the end of what was heard; each one's last quarter period leads over to its beginning (§I.2.3 to I.2.5). */
  #prepare(): void {
    this.#before.set(this.#history)
    const end = historyLength
    this.#pitch = bestLag(this.#before, end, pitchWindow)
    const quarter = this.#pitch >> 2
    for (let periods = 1; periods <= mostPeriods; periods++) {
      const segment = this.#segments[periods - 1] ?? this.#segments[0]
      const length = periods * this.#pitch
      for (let i = 0; i < length; i++) segment[i] = this.#before[end - length + i] ?? 0
      for (let i = 0; i < quarter; i++) {
        const weight = (i + 1) / (quarter + 1)
        const lead = this.#before[end - length - quarter + i] ?? 0
        segment[length - quarter + i] = (segment[length - quarter + i] ?? 0) * (1 - weight) + lead * weight
      }
    }
  }

  #at(periods: number, index: number): number {
    const segment = this.#segments[periods - 1] ?? this.#segments[0]
    return segment[index % (periods * this.#pitch)] ?? 0
  }

  /** The next made-up sample. Where one more period joins in, the old ones fade over a quarter period. */
  #next(): number {
    const at = this.#erased++
    const steps = Math.floor(at / step)
    const gain = steps === 0 ? 1 : 1 - (fadePerStep * (at - step)) / step
    if (gain <= 0) return 0
    const periods = Math.min(steps + 1, mostPeriods)
    const value = this.#at(periods, at)
    const quarter = this.#pitch >> 2
    const since = at - (periods - 1) * step
    if (periods === 1 || since >= quarter) return value * gain
    const weight = (since + 1) / (quarter + 1)
    return (value * weight + this.#at(periods - 1, at) * (1 - weight)) * gain
  }

  /** A quarter period, and 4 ms more for each 10 ms that were lost, 10 ms at most (§I.2.8). */
  #fadeBack(sound: Int16Array, from: number, to: number): void {
    const lost = Math.floor(this.#erased / step)
    const overlap = Math.min(to - from, step, (this.#pitch >> 2) + 32 * Math.max(0, lost - 1))
    for (let i = 0; i < overlap; i++) {
      const weight = (i + 1) / (overlap + 1)
      sound[from + i] = Math.round((sound[from + i] ?? 0) * weight + this.#next() * (1 - weight))
    }
    this.#erased = 0
  }
}
