import { rmsOf } from '../audio/pcm.ts'

/** Quieter than this is silence on any line: about −50 dBov. */
const least = 100
/** Louder than this is voice on any line. */
const surely = 3000
/** Voice stands out from the noise of the line by so much, 9 dB. */
const aboveNoise = 2.8
/** The noise is followed slowly upwards, quickly downwards. */
const rise = 1.02
const fall = 0.7

/** Tells voice from the noise of the line, frame by frame, by its loudness alone; the noise is learned on the way. */
export class VoiceActivity {
  #noise = least

  /** The learned noise, as a root mean square. */
  get noise(): number {
    return this.#noise
  }

  /** Whether a frame of 20 ms is louder than the line's noise. */
  hear(frame: Int16Array): boolean {
    const level = rmsOf(frame)
    this.#noise = Math.max(least / 2, level < this.#noise ? this.#noise * fall + level * (1 - fall) : Math.min(level, this.#noise * rise))
    return level > surely || (level > least && level > this.#noise * aboveNoise)
  }
}
