/** The byte order of 16-bit samples: `network` in RTP (L16, RFC 3551 §4.5.11), `little` in WAV files and most programs. */
export type ByteOrder = 'network' | 'little'

/** The nearest value that a 16-bit sample can hold. */
export const clampSample = (value: number): number => (value > 32767 ? 32767 : value < -32768 ? -32768 : value)

/** Reads 16-bit samples from bytes; an odd byte at the end is left. Answers how many samples were read. */
export function readPcm16(bytes: Uint8Array, samples: Int16Array, order: ByteOrder): number {
  const count = Math.min(bytes.length >> 1, samples.length)
  const high = order === 'network' ? 0 : 1
  for (let i = 0; i < count; i++) samples[i] = ((bytes[2 * i + high] ?? 0) << 8) | (bytes[2 * i + 1 - high] ?? 0)
  return count
}

/** Writes 16-bit samples as bytes. Answers how many samples were written, as many as the bytes have room for. */
export function writePcm16(samples: Int16Array, bytes: Uint8Array, order: ByteOrder): number {
  const count = Math.min(bytes.length >> 1, samples.length)
  const high = order === 'network' ? 0 : 1
  for (let i = 0; i < count; i++) {
    const sample = samples[i] ?? 0
    bytes[2 * i + high] = sample >> 8
    bytes[2 * i + 1 - high] = sample
  }
  return count
}

/** Adds `from` times `gain` to `into`; what would overflow stays at the limit instead of turning over. */
export function addSamples(into: Int16Array, from: Int16Array, gain = 1): void {
  const count = Math.min(into.length, from.length)
  for (let i = 0; i < count; i++) into[i] = clampSample(Math.round((into[i] ?? 0) + (from[i] ?? 0) * gain))
}

/** Makes samples louder or softer in place. */
export function scaleSamples(samples: Int16Array, gain: number): void {
  for (let i = 0; i < samples.length; i++) samples[i] = clampSample(Math.round((samples[i] ?? 0) * gain))
}

/** The root mean square of samples, 0 to 32768. */
export function rmsOf(samples: Int16Array): number {
  let sum = 0
  for (let i = 0; i < samples.length; i++) sum += (samples[i] ?? 0) ** 2
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length)
}

/** The level in dBov, 0 for the loudest square wave and at least −127 (RFC 6464 §3, RFC 6465 Appendix A.1). */
export const levelDbov = (samples: Int16Array): number => Math.max(-127, 20 * Math.log10(rmsOf(samples) / 32768 || Number.MIN_VALUE))
