/** Bins of 5 ms, up to half a second. */
const binMs = 5
const bins = 100
/** A packet's weight after the first few hundred: what happened six seconds ago counts a third. */
const slowest = 1 / 300
/** So many of the packets are to come in time. */
const inTime = 0.98
/** The fastest packets are looked for in two windows of three seconds, so that clocks that drift apart are followed. */
const window = 150
/** From so few packets, a second of them, nothing can be told yet. */
const fewest = 50

/** How long packets must wait so that nearly all of them come in time, learned from how late each one was against the fastest. Fixed size. */
export class DelayTarget {
  readonly #share = new Float64Array(bins)
  #count = 0
  #fastest = 0
  #fastestBefore = Number.POSITIVE_INFINITY
  #inWindow = 0

  /** The transit of the fastest packets of late, in ms of the same unknown origin as what is learned. */
  get fastest(): number {
    return Math.min(this.#fastest, this.#fastestBefore)
  }

  get isSure(): boolean {
    return this.#count >= fewest
  }

  /** Learns from one packet's transit: when it came against when it was sent, in ms, with any constant origin. */
  learn(transitMs: number): void {
    if (this.#count === 0 || transitMs < this.#fastest) this.#fastest = transitMs
    if (++this.#inWindow === window) {
      this.#fastestBefore = this.#fastest
      this.#fastest = transitMs
      this.#inWindow = 0
    }
    const late = transitMs - this.fastest
    const bin = Math.min(bins - 1, Math.floor(late / binMs))
    const weight = Math.max(slowest, 1 / (++this.#count + 1))
    for (let i = 0; i < bins; i++) this.#share[i] = (this.#share[i] ?? 0) * (1 - weight)
    this.#share[bin] = (this.#share[bin] ?? 0) + weight
  }

  /** How long a packet that came as fast as any should wait, in ms. */
  get waitMs(): number {
    let seen = 0
    let total = 0
    for (let i = 0; i < bins; i++) total += this.#share[i] ?? 0
    if (total === 0) return 0
    for (let i = 0; i < bins; i++) {
      seen += this.#share[i] ?? 0
      if (seen >= inTime * total) return (i + 1) * binMs
    }
    return bins * binMs
  }

  /** Forgets everything: another stream begins. */
  reset(): void {
    this.#share.fill(0)
    this.#count = 0
    this.#fastest = 0
    this.#fastestBefore = Number.POSITIVE_INFINITY
    this.#inWindow = 0
  }
}
