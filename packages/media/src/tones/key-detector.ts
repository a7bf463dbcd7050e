import { columnHertz, digitAt, rowHertz } from './digits.ts'
import { blockPower, tonePower } from './goertzel.ts'
import type { PressedKey } from './telephone-event.ts'

/** 25.5 ms at 8 kHz: long enough that a voice, whose pitch glides, does not look like two steady tones. Looked at four times in its length. */
const window = 204
const hop = window / 4
/** Below this there is no key: about −39 dBm0 for both tones together, as mean square. */
const leastPower = 45_000
/** The column may be 4 dB louder than the row, the row 8 dB louder than the column (Q.24, Table A-1), a little more for noise. */
const mostNormalTwist = 10 ** 0.9
const mostReverseTwist = 10 ** 0.5
/** Both tones must be nearly all there is, or it is a voice. */
const purity = 0.94
/** Tones may be so far off: all of ±1.5 % must be heard, nothing beyond ±3.5 % (Q.24, Table A-1). */
const offsets = [0.985, 0.9925, 1.0075, 1.015] as const
/** The second harmonic of a row that lies so near the column cannot be told from it. */
const tooNear = 100
/** A tone stands out from its neighbours by so much power. */
const aboveNeighbours = 6
/** And from its second harmonic, of which voices have plenty. */
const aboveHarmonic = 20
/** Looks in a row that must agree: a key of 45 ms is heard, and most of Q.24's shortest of 40 ms. */
const looksToBegin = 3
const looksToEnd = 4
/** While a key is pressed its power stays the same, within 2.5 dB; a voice swells and fades. */
const mostSwell = 1.8

/** Hears keys in the voice itself, as lines without telephone events carry them. 8 kHz, mono; frames of any length, fixed size. */
export class KeyDetector {
  readonly #window = new Float32Array(window)
  readonly #rows = new Float64Array(rowHertz.length)
  readonly #columns = new Float64Array(columnHertz.length)
  #fresh = 0
  #candidate = -1
  #agreeing = 0
  #power = 0
  #least = 0
  #most = 0
  #pressed = -1
  #missing = 0
  #lasted = 0

  /** Whether a key is being heard now, so that a recording or a listener can be spared its tones. */
  get hearing(): boolean {
    return this.#pressed >= 0
  }

  /** Listens to a frame; answers a key when it is over. At most one key ends in a frame of up to 50 ms. */
  hear(frame: Int16Array): PressedKey | undefined {
    let ended: PressedKey | undefined
    for (let i = 0; i < frame.length; i++) {
      this.#window[window - hop + this.#fresh++] = frame[i] ?? 0
      if (this.#fresh < hop) continue
      this.#fresh = 0
      ended = this.#judge(this.#keyInWindow()) ?? ended
      this.#window.copyWithin(0, hop)
    }
    return ended
  }

  /** Counts how many looks in a row say the same; a key that changes without a pause is two keys. */
  #judge(key: number): PressedKey | undefined {
    const goesOn = key === this.#candidate && this.#isSteady()
    this.#agreeing = goesOn ? this.#agreeing + 1 : 1
    this.#candidate = key
    if (!goesOn) {
      this.#least = this.#power
      this.#most = this.#power
    }
    if (this.#pressed >= 0) {
      this.#lasted++
      this.#missing = key === this.#pressed ? 0 : this.#missing + 1
      if (this.#missing < looksToEnd) return undefined
      const digit = digitAt(this.#pressed >> 2, this.#pressed & 3)
      const samples = window + (this.#lasted - this.#missing - 1) * hop
      this.#pressed = -1
      if (key >= 0 && this.#agreeing >= looksToBegin) this.#press(key)
      return digit && { digit, samples, how: 'tone' }
    }
    if (key >= 0 && this.#agreeing >= looksToBegin) this.#press(key)
    return undefined
  }

  #isSteady(): boolean {
    const least = Math.min(this.#least, this.#power)
    const most = Math.max(this.#most, this.#power)
    if (most > least * mostSwell) return false
    this.#least = least
    this.#most = most
    return true
  }

  #press(key: number): void {
    this.#pressed = key
    this.#missing = 0
    this.#lasted = this.#agreeing
  }

  /** The key in the window, as row × 4 + column, or −1. */
  #keyInWindow(): number {
    const total = blockPower(this.#window, 0, window)
    this.#power = total
    if (total < leastPower) return -1
    const row = this.#strongest(rowHertz, this.#rows)
    const column = this.#strongest(columnHertz, this.#columns)
    if (row < 0 || column < 0) return -1
    const rowTone = rowHertz[row] ?? 0
    const columnTone = columnHertz[column] ?? 0
    const low = this.#best(rowTone, this.#rows[row] ?? 0)
    const high = this.#best(columnTone, this.#columns[column] ?? 0)
    if (low + high < purity * total) return -1
    if (low > high * mostNormalTwist || high > low * mostReverseTwist) return -1
    if (Math.abs(2 * rowTone - columnTone) > tooNear && this.#hasHarmonic(rowTone, low)) return -1
    return this.#hasHarmonic(columnTone, high) ? -1 : row * 4 + column
  }

  /** The power of a tone that may be a little off. */
  #best(hertz: number, exact: number): number {
    let best = exact
    for (let i = 0; i < offsets.length; i++) best = Math.max(best, tonePower(this.#window, 0, window, hertz * (offsets[i] ?? 1)))
    return best
  }

  #strongest(frequencies: readonly number[], powers: Float64Array): number {
    let best = 0
    for (let i = 0; i < frequencies.length; i++) {
      powers[i] = tonePower(this.#window, 0, window, frequencies[i] ?? 0)
      if ((powers[i] ?? 0) > (powers[best] ?? 0)) best = i
    }
    for (let i = 0; i < frequencies.length; i++) if (i !== best && (powers[i] ?? 0) * aboveNeighbours > (powers[best] ?? 0)) return -1
    return best
  }

  #hasHarmonic(hertz: number, power: number): boolean {
    return tonePower(this.#window, 0, window, 2 * hertz) * aboveHarmonic > power
  }
}
