import { compressG711 } from '../audio/g711.ts'
import { writePcm16 } from '../audio/pcm.ts'
import { blockSize, type WavFormat } from '../wav/wav-header.ts'
import { type WriteAt, wavWriter } from '../wav/write-wav.ts'

/** A stretch that was left out, in ms of the recording. */
export type RecordingGap = { readonly fromMs: number; readonly toMs: number }

/** What a recording came to. */
export type Recording = { readonly ms: number; readonly bytes: number; readonly gaps: readonly RecordingGap[]; readonly full: boolean }

/** So much is collected before it is written. */
const collectedMs = 1000

/**
 * Records both sides of a call into one WAV file: who called us in the first channel, our side in the second. Its time is that of the clock that
 * feeds it, so that both stay together. While it is paused it writes silence: what card data were spoken is nowhere, and every later second keeps its place.
 */
export class Recorder {
  readonly #format: WavFormat
  readonly #writer: ReturnType<typeof wavWriter>
  readonly #frame: Int16Array
  readonly #bytes: Uint8Array
  readonly #gaps: RecordingGap[] = []
  #collected = 0
  #samples = 0
  #pausedAt: number | undefined
  #full = false

  /** `frameSize` is the count of samples that each side brings at once. */
  constructor(
    write: WriteAt,
    { encoding = 'pcm16', mostBytes, frameSize = 160 }: { encoding?: WavFormat['encoding']; mostBytes?: number; frameSize?: number } = {},
  ) {
    this.#format = { encoding, channels: 2, rate: 8000 }
    this.#writer = wavWriter(this.#format, write, mostBytes)
    this.#frame = new Int16Array(2 * frameSize)
    this.#bytes = new Uint8Array(Math.ceil((collectedMs * 8) / frameSize) * frameSize * blockSize(this.#format))
  }

  /** Adds one frame of both sides; a side that is missing is silent. Answers false once the recording is full or closed. */
  add(theirs: Int16Array | undefined, ours: Int16Array | undefined): boolean {
    if (this.#full) return false
    const frame = this.#frame
    const paused = this.#pausedAt !== undefined
    const count = frame.length >> 1
    for (let i = 0; i < count; i++) {
      frame[2 * i] = paused ? 0 : (theirs?.[i] ?? 0)
      frame[2 * i + 1] = paused ? 0 : (ours?.[i] ?? 0)
    }
    const size = count * blockSize(this.#format)
    const into = this.#bytes.subarray(this.#collected, this.#collected + size)
    if (this.#format.encoding === 'pcm16') writePcm16(frame, into, 'little')
    else compressG711(this.#format.encoding, frame, into)
    this.#collected += size
    this.#samples += count
    if (this.#collected + size > this.#bytes.length) this.#flush()
    return !this.#full
  }

  /** Leaves out what is spoken from now on. */
  pause(): void {
    this.#pausedAt ??= this.#ms
  }

  /** Goes on recording. */
  resume(): void {
    if (this.#pausedAt === undefined) return
    this.#gaps.push({ fromMs: this.#pausedAt, toMs: this.#ms })
    this.#pausedAt = undefined
  }

  /** Writes what is left and brings the header up to date. */
  close(): Recording {
    this.resume()
    this.#flush()
    this.#writer.close()
    const full = this.#full
    this.#full = true
    return { ms: this.#writer.size / blockSize(this.#format) / 8, bytes: this.#writer.size, gaps: this.#gaps, full }
  }

  get #ms(): number {
    return this.#samples / 8
  }

  #flush(): void {
    if (this.#collected === 0) return
    const taken = this.#writer.append(this.#bytes.slice(0, this.#collected))
    if (taken < this.#collected) this.#full = true
    this.#collected = 0
  }
}
