/** How much of a sound was heard, in samples of 1/8000 s. */
export type Heard = { readonly id: string; readonly played: number; readonly length: number }

/** What a player tells: a sound has been heard to its end, or a mark was reached (`heard`), or was dropped with what stood before it. */
export type PlayerEvent =
  | ({ readonly kind: 'finished' } & Heard)
  | { readonly kind: 'mark'; readonly name: string; readonly heard: boolean }

type Entry =
  | { readonly kind: 'sound'; readonly id: string; readonly pieces: Int16Array[]; readonly loop: boolean; played: number; length: number }
  | { readonly kind: 'mark'; readonly name: string }

/** What is cut off fades within 8 ms, so that it does not click. */
const fadeSamples = 64

/** Plays sounds one after the other, tells how far each was heard, and reaches marks between them. Fed frame by frame; 8 kHz, mono. */
export class Player {
  readonly #tell: (event: PlayerEvent) => void
  readonly #queue: Entry[] = []
  readonly #tail = new Int16Array(fadeSamples)
  #tailLeft = 0
  /** Where in the first sound's pieces the playing is. */
  #piece = 0
  #at = 0

  constructor(tell: (event: PlayerEvent) => void) {
    this.#tell = tell
  }

  /** Whether anything waits to be heard. */
  get busy(): boolean {
    return this.#queue.length > 0
  }

  /** What waits, in ms; a sound that repeats counts once. */
  get waitingMs(): number {
    return this.#queue.reduce((sum, entry) => sum + (entry.kind === 'sound' ? Math.max(0, entry.length - entry.played) : 0), 0) / 8
  }

  /** Appends a sound, or one more piece of the sound that stands last, as speech that is still being made arrives. A loop plays until it is cleared. */
  say(id: string, samples: Int16Array, loop = false): void {
    if (samples.length === 0) return
    const last = this.#queue.at(-1)
    if (last?.kind === 'sound' && last.id === id && !last.loop && !loop) {
      last.pieces.push(samples)
      last.length += samples.length
    } else this.#queue.push({ kind: 'sound', id, pieces: [samples], loop, played: 0, length: samples.length })
  }

  /** A mark after everything that waits; it is told when the playing reaches it. */
  mark(name: string): void {
    this.#queue.push({ kind: 'mark', name })
  }

  /** Drops everything, because the other side has begun to speak: answers how much of each sound was heard, and tells the marks as not reached. */
  clear(): readonly Heard[] {
    this.#keepTail()
    const dropped = this.#queue.splice(0)
    this.#piece = 0
    this.#at = 0
    for (const entry of dropped) if (entry.kind === 'mark') this.#tell({ kind: 'mark', name: entry.name, heard: false })
    return dropped.flatMap((entry) => (entry.kind === 'sound' ? [{ id: entry.id, played: entry.played, length: entry.length }] : []))
  }

  /** Fills a frame and answers how many of its samples are sound; the rest is silence. */
  fill(frame: Int16Array): number {
    let filled = this.#tailLeft > 0 ? this.#playTail(frame) : 0
    while (filled < frame.length) {
      this.#passMarks()
      const entry = this.#queue[0]
      if (entry?.kind !== 'sound') break
      filled = this.#play(entry, frame, filled)
    }
    // A mark that stands at the end of this frame is reached with it, not a frame later.
    this.#passMarks()
    frame.fill(0, filled)
    return filled
  }

  #passMarks(): void {
    for (let entry = this.#queue[0]; entry?.kind === 'mark'; entry = this.#queue[0]) {
      this.#queue.shift()
      this.#tell({ kind: 'mark', name: entry.name, heard: true })
    }
  }

  #play(entry: Extract<Entry, { kind: 'sound' }>, frame: Int16Array, from: number): number {
    const piece = entry.pieces[this.#piece]
    let filled = from
    if (piece) {
      const count = Math.min(piece.length - this.#at, frame.length - from)
      for (let i = 0; i < count; i++) frame[filled++] = piece[this.#at + i] ?? 0
      this.#at += count
      entry.played += count
      if (this.#at < piece.length) return filled
    }
    this.#at = 0
    this.#piece++
    if (this.#piece < entry.pieces.length) return filled
    this.#piece = 0
    if (entry.loop) return filled
    this.#queue.shift()
    this.#tell({ kind: 'finished', id: entry.id, played: entry.played, length: entry.length })
    return filled
  }

  #keepTail(): void {
    const entry = this.#queue[0]
    this.#tailLeft = 0
    if (entry?.kind !== 'sound' || entry.played === 0) return
    const piece = entry.pieces[this.#piece]
    for (let i = 0; i < fadeSamples; i++) this.#tail[i] = Math.round((piece?.[this.#at + i] ?? 0) * (1 - (i + 1) / fadeSamples))
    this.#tailLeft = fadeSamples
  }

  #playTail(frame: Int16Array): number {
    const count = Math.min(this.#tailLeft, frame.length)
    for (let i = 0; i < count; i++) frame[i] = this.#tail[fadeSamples - this.#tailLeft + i] ?? 0
    this.#tailLeft -= count
    return count
  }
}
