import { blockSize, headerBytes, type WavFormat, wavHeader } from './wav-header.ts'

/** Where a file's bytes go: `at` counts from its beginning. What was written there before is replaced. */
export type WriteAt = (at: number, bytes: Uint8Array) => void

/** A WAV file that grows while it is recorded. */
export type WavWriter = {
  /** Bytes of sound so far. */
  readonly size: number
  /** Appends whole moments; answers how many bytes were taken. Fewer than given means that the file has reached its bound. */
  readonly append: (sound: Uint8Array) => number
  /** Brings the header up to date. No more can be appended. */
  readonly close: () => void
}

/** A header counts in 32 bits. */
const mostDataBytes = 0xffff_ffff - headerBytes

/**
 * Writes a WAV file. The sound is always written before the header that counts it, and the header again after each second of sound: wherever the
 * process dies, what the header promises is there, and `mendWav` finds the rest.
 */
export function wavWriter(format: WavFormat, write: WriteAt, mostBytes = mostDataBytes): WavWriter {
  const block = blockSize(format)
  const bound = Math.min(mostBytes, mostDataBytes)
  const most = bound - (bound % block)
  const second = format.rate * block
  let size = 0
  let counted = 0
  let closed = false
  const count = () => {
    write(0, wavHeader(format, size))
    counted = size
  }
  count()
  return {
    get size() {
      return size
    },
    append(sound) {
      const room = closed ? 0 : Math.min(sound.length, most - size)
      const taken = room - (room % block)
      if (taken === 0) return 0
      write(headerBytes + size, taken === sound.length ? sound : sound.subarray(0, taken))
      size += taken
      if (size - counted >= second) count()
      return taken
    },
    close() {
      if (closed) return
      closed = true
      if (size % 2 === 1) write(headerBytes + size, new Uint8Array(1)) // RIFF chunks have even lengths
      count()
    },
  }
}

/** The header with which a file of ours that was cut off holds all the sound that is there, or undefined where it is right already. */
export function mendWav(format: WavFormat, fileBytes: number, header: Uint8Array): Uint8Array | undefined {
  if (fileBytes < headerBytes) return wavHeader(format, 0)
  const there = Math.min(fileBytes - headerBytes, mostDataBytes)
  const right = wavHeader(format, there - (there % blockSize(format)))
  const same = header.length >= headerBytes && right.every((byte, at) => header[at] === byte)
  return same ? undefined : right
}
