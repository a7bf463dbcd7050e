/** The sample rates between which speech travels here: telephone, wideband, browser. */
export type Rate = 8000 | 16000 | 48000

/** Changes the rate of one stream, frame after frame; what lies between two frames is kept. */
export type Resampler = {
  /** How much later a sound comes out, in seconds. */
  readonly delay: number
  /** Resamples `input` into `output` and answers how many samples were written. `output` must have room for `input.length × to / from`, rounded up. */
  readonly process: (input: Int16Array, output: Int16Array) => number
}

/** Half the filter's length in samples of the lower rate. With this window it passes to 0.425 of that rate and stops from 0.575 on. */
const halfLength = 15
/** Kaiser's shape parameter for about 75 dB of attenuation (Oppenheim and Schafer, Discrete-Time Signal Processing, §7.5.3). */
const beta = 0.1102 * (75 - 8.7)

/** The modified Bessel function of the first kind and order zero, by its series. */
function bessel0(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

/** A low-pass at half the lower rate, for a stream at `ratio` times that rate; the coefficients' sum is 1. */
function lowPass(ratio: number): Float32Array {
  const half = halfLength * ratio
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, i) => {
    const x = (i - half) / ratio
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
    return sinc * bessel0(beta * Math.sqrt(1 - ((i - half) / half) ** 2))
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return Float32Array.from(taps, (tap) => tap / sum)
}

/** Samples that were heard so far, the newest last; each is stored twice, so that the last `size` are always in one piece. */
class History {
  readonly #samples: Float32Array
  readonly #size: number
  #next = 0

  constructor(size: number) {
    this.#size = size
    this.#samples = new Float32Array(2 * size)
  }

  push(sample: number): void {
    this.#samples[this.#next] = sample
    this.#samples[this.#next + this.#size] = sample
    this.#next = this.#next + 1 === this.#size ? 0 : this.#next + 1
  }

  /** Convolves the newest samples with every `step`-th tap from `first` on. */
  convolve(taps: Float32Array, first: number, step: number): number {
    let sum = 0
    for (let tap = first, at = this.#next + this.#size - 1; tap < taps.length; tap += step, at--)
      sum += (taps[tap] ?? 0) * (this.#samples[at] ?? 0)
    return sum
  }
}

const rounded = (value: number) => (value > 32767 ? 32767 : value < -32768 ? -32768 : Math.round(value))

/** Makes a resampler between two of the rates: a polyphase filter with a Kaiser window, its images and aliases more than 60 dB below the sound. */
export function resampler(from: Rate, to: Rate): Resampler {
  if (from === to) return { delay: 0, process: copy }
  const ratio = Math.max(from, to) / Math.min(from, to)
  const taps = lowPass(ratio)
  const delay = halfLength / Math.min(from, to)
  if (to > from) {
    const history = new History(2 * halfLength + 1)
    const process = (input: Int16Array, output: Int16Array) => {
      for (let i = 0; i < input.length; i++) {
        history.push(input[i] ?? 0)
        for (let phase = 0; phase < ratio; phase++) output[i * ratio + phase] = rounded(ratio * history.convolve(taps, phase, ratio))
      }
      return input.length * ratio
    }
    return { delay, process }
  }
  const history = new History(taps.length)
  let phase = 0
  const process = (input: Int16Array, output: Int16Array) => {
    let written = 0
    for (let i = 0; i < input.length; i++) {
      history.push(input[i] ?? 0)
      if (phase === 0) output[written++] = rounded(history.convolve(taps, 0, 1))
      phase = phase + 1 === ratio ? 0 : phase + 1
    }
    return written
  }
  return { delay, process }
}

function copy(input: Int16Array, output: Int16Array): number {
  output.set(input)
  return input.length
}
