/** A sine of `hertz`, its peak at `amplitude`. */
export const sine = (hertz: number, seconds: number, amplitude = 10_000, rate = 8000): Int16Array =>
  Int16Array.from({ length: Math.round(seconds * rate) }, (_, i) => Math.round(amplitude * Math.sin((2 * Math.PI * hertz * i) / rate)))

/** Sounds together. The result is as long as the longest. */
export const together = (...sounds: readonly Int16Array[]): Int16Array =>
  Int16Array.from({ length: Math.max(...sounds.map((sound) => sound.length)) }, (_, i) =>
    Math.max(
      -32768,
      Math.min(
        32767,
        sounds.reduce((sum, sound) => sum + (sound[i] ?? 0), 0),
      ),
    ),
  )

/** Sounds one after the other. */
export const inTurn = (...sounds: readonly Int16Array[]): Int16Array => Int16Array.from(sounds.flatMap((sound) => [...sound]))

/** Nothing to be heard. */
export const quiet = (seconds: number, rate = 8000): Int16Array => new Int16Array(Math.round(seconds * rate))

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** White noise with the given root mean square. */
export function noise(seconds: number, rms: number, seed = 1, rate = 8000): Int16Array {
  const roll = dice(seed)
  // The sum of twelve rolls is nearly Gaussian, with a deviation of 1.
  return Int16Array.from({ length: Math.round(seconds * rate) }, () =>
    Math.round(rms * (Array.from({ length: 12 }, roll).reduce((sum, x) => sum + x, 0) - 6)),
  )
}

/** The peak amplitude of one frequency in a sound, by a Hann-windowed correlation; a sine of amplitude 10 000 answers 10 000. */
export function amplitudeAt(sound: Int16Array, hertz: number, rate = 8000): number {
  let real = 0
  let imaginary = 0
  let weights = 0
  for (let i = 0; i < sound.length; i++) {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / sound.length)
    const angle = (2 * Math.PI * hertz * i) / rate
    real += weight * (sound[i] ?? 0) * Math.cos(angle)
    imaginary += weight * (sound[i] ?? 0) * Math.sin(angle)
    weights += weight
  }
  return (2 * Math.hypot(real, imaginary)) / weights
}

/** The ratio of two amplitudes in decibels. */
export const decibels = (amplitude: number, against: number): number => 20 * Math.log10(amplitude / against)

/** The pieces of a sound that a stream would bring, one every `milliseconds`; an incomplete last one is left. */
export function frames(sound: Int16Array, milliseconds = 20, rate = 8000): Int16Array[] {
  const size = (rate * milliseconds) / 1000
  return Array.from({ length: Math.floor(sound.length / size) }, (_, i) => sound.subarray(i * size, (i + 1) * size))
}

/** How alike two sounds are, 0 to 1: the normalised correlation. */
export function likeness(one: Int16Array, other: Int16Array): number {
  let cross = 0
  let first = 0
  let second = 0
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    cross += (one[i] ?? 0) * (other[i] ?? 0)
    first += (one[i] ?? 0) ** 2
    second += (other[i] ?? 0) ** 2
  }
  return cross / Math.sqrt(first * second || 1)
}
