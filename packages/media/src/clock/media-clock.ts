/** What a clock stands on: a steady time in ms, and one timer that can be set again and again. */
export type ClockSource = {
  readonly now: () => number
  /** Calls `wake` once, in about so many ms; what it answers takes the timer back. */
  readonly wakeIn: (ms: number, wake: () => void) => () => void
}

/** One stream's turn, 20 ms after its last: `dueMs` is when it should be, whenever it really is. */
export type Turn = (dueMs: number) => void

/** How well a process keeps time. */
export type ClockHealth = {
  readonly turns: number
  /** Turns that came more than 10 ms late. */
  readonly late: number
  readonly worstMs: number
  /** How often the process stood still for longer than can be caught up with, and for how long altogether. */
  readonly stalls: number
  readonly stalledMs: number
  /** Streams whose turn threw, and were taken off. */
  readonly failed: number
}

const periodMs = 20
/** Streams are spread over four moments of 5 ms, so that their packets do not all leave at once. */
const slots = 4
const slotMs = periodMs / slots
const lateMs = 10
/** What was missed for up to 200 ms is caught up with; after a longer stop the time is let go. */
const mostBehindMs = 200

/**
 * The one clock of all streams of a process. It counts from its beginning, so that no delay adds up, and has one timer: with one for each stream a
 * process collapses at a few hundred. A stream is called once in 20 ms; one whose turn throws is taken off, and the others go on.
 */
export class MediaClock {
  readonly #source: ClockSource
  readonly #fail: (error: unknown) => void
  readonly #streams: readonly Set<Turn>[] = Array.from({ length: slots }, () => new Set<Turn>())
  #startMs = 0
  #ticks = 0
  #cancel: (() => void) | undefined
  readonly #health = { turns: 0, late: 0, worstMs: 0, stalls: 0, stalledMs: 0, failed: 0 }

  constructor(source: ClockSource, fail: (error: unknown) => void) {
    this.#source = source
    this.#fail = fail
  }

  get health(): ClockHealth {
    return { ...this.#health }
  }

  /** How many streams there are. */
  get size(): number {
    return this.#streams.reduce((sum, slot) => sum + slot.size, 0)
  }

  /** Adds a stream to the emptiest slot; what it answers takes it off. The clock runs while there are streams. */
  add(turn: Turn): () => void {
    const slot = this.#streams.reduce((least, each) => (each.size < least.size ? each : least))
    // The same function may stand for two streams.
    const own: Turn = (dueMs) => turn(dueMs)
    slot.add(own)
    if (!this.#cancel) this.#start()
    return () => {
      slot.delete(own)
      if (this.size === 0) this.#stop()
    }
  }

  #start(): void {
    this.#startMs = this.#source.now()
    this.#ticks = 0
    this.#sleep()
  }

  #stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #sleep(): void {
    const dueMs = this.#startMs + (this.#ticks + 1) * slotMs
    this.#cancel = this.#source.wakeIn(Math.max(0, dueMs - this.#source.now()), this.#wake)
  }

  readonly #wake = (): void => {
    const behindMs = this.#source.now() - this.#startMs - (this.#ticks + 1) * slotMs
    if (behindMs > mostBehindMs) {
      const lost = Math.floor(behindMs / periodMs) * periodMs
      this.#startMs += lost
      this.#health.stalls++
      this.#health.stalledMs += lost
    }
    while (this.size > 0) {
      const dueMs = this.#startMs + (this.#ticks + 1) * slotMs
      const now = this.#source.now()
      if (now < dueMs) break
      this.#ticks++
      this.#tick(this.#streams[this.#ticks % slots], dueMs, now - dueMs)
    }
    if (this.size > 0) this.#sleep()
    else this.#cancel = undefined
  }

  #tick(slot: Set<Turn> | undefined, dueMs: number, delayMs: number): void {
    if (!slot) return
    this.#health.turns += slot.size
    if (delayMs > lateMs) this.#health.late += slot.size
    this.#health.worstMs = Math.max(this.#health.worstMs, slot.size > 0 ? delayMs : 0)
    for (const turn of slot) {
      try {
        turn(dueMs)
      } catch (error) {
        slot.delete(turn)
        this.#health.failed++
        this.#fail(error)
      }
    }
  }
}
