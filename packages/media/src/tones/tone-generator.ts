import { clampSample } from '../audio/pcm.ts'
import { type Digit, hertzOf } from './digits.ts'
import type { TonePlan, ToneStep } from './plan.ts'

/** Peak of one frequency, about −13 dBm0 each: two together are as loud as a network's own. */
const standardAmplitude = 5000
/** Tones begin and end softly, so that they do not click. */
const rampSamples = 16

/** Makes a tone frame after frame, at 8 kHz; pieces fit together without a step. */
export class ToneGenerator {
  readonly #steps: readonly ToneStep[]
  readonly #repeat: boolean
  readonly #amplitude: number
  #step = 0
  #at = 0
  #time = 0

  constructor({ steps, repeat }: TonePlan, amplitude = standardAmplitude) {
    this.#steps = steps
    this.#repeat = repeat && steps.some(({ ms }) => ms > 0)
    this.#amplitude = amplitude
  }

  /** Fills a frame and answers whether there is more to come. After the end there is silence. */
  fill(frame: Int16Array): boolean {
    for (let i = 0; i < frame.length; i++) frame[i] = this.#next()
    return this.#step < this.#steps.length
  }

  #next(): number {
    for (let skipped = 0; skipped <= this.#steps.length; skipped++) {
      const step = this.#steps[this.#step]
      if (!step) return 0
      const length = step.ms * 8
      if (this.#at < length) return this.#sample(step, length)
      this.#at = 0
      this.#step++
      if (this.#repeat && this.#step === this.#steps.length) this.#step = 0
    }
    return 0
  }

  #sample({ hertz }: ToneStep, length: number): number {
    const at = this.#at++
    const time = this.#time++
    if (hertz.length === 0) return 0
    const ramp = Math.min(1, (at + 1) / rampSamples, (length - at) / rampSamples)
    let sum = 0
    for (let i = 0; i < hertz.length; i++) sum += Math.sin((2 * Math.PI * (hertz[i] ?? 0) * time) / 8000)
    return clampSample(Math.round(sum * ramp * this.#amplitude))
  }
}

/** Keys as tones, for lines without telephone events: 100 ms each, with as much pause (ITU-T Q.24: at least 40 ms of either). */
export const keyTones = (keys: readonly Digit[], pressMs = 100, pauseMs = 100): TonePlan => ({
  steps: keys.flatMap((digit) => [
    { hertz: hertzOf(digit), ms: pressMs },
    { hertz: [], ms: pauseMs },
  ]),
  repeat: false,
})

/** The beep before a recording: 1400 Hz for half a second. */
export const recordBeep: TonePlan = { steps: [{ hertz: [1400], ms: 500 }], repeat: false }
