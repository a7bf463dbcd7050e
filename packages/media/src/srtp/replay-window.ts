/** How far behind the newest a packet may be (RFC 3711 §3.3.2 asks for 64 at least). */
const size = 128

/** Which packets of one source have come already. Its size is fixed: each index is remembered until a newer one takes its place. */
export class ReplayWindow {
  readonly #seen = new Float64Array(size).fill(-1)
  #newest = -1

  /** The highest index so far, −1 before the first. */
  get newest(): number {
    return this.#newest
  }

  /** Whether an index is new and not too old. */
  isNew(index: number): boolean {
    return index > this.#newest - size && this.#seen[index % size] !== index
  }

  /** Remembers an index; only after the packet has proved to be genuine (§3.3). */
  remember(index: number): void {
    this.#seen[index % size] = index
    if (index > this.#newest) this.#newest = index
  }
}
