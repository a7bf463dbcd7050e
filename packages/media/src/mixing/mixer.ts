import { clampSample } from '../audio/pcm.ts'

/** What somebody in a conference may do: talk with all, only listen (a supervisor, or who is muted), speak to one alone, or neither hear nor be heard. */
export type Seat =
  | { readonly kind: 'speaks' }
  | { readonly kind: 'listens' }
  | { readonly kind: 'whispers'; readonly to: string }
  | { readonly kind: 'held' }

type Place = { seat: Seat; readonly heard: Int16Array; readonly says: Int16Array; fresh: boolean }

/** More than so many in one conference are refused: each of them costs all the others. */
const mostPlaces = 32

/**
 * Mixes a conference: everybody hears all who speak except herself, and whispers reach one ear only. A supervisor listens, whispers, or joins in by a
 * change of seat. Frames are 20 ms at 8 kHz; nothing is made anew for a frame.
 */
export class Mixer {
  readonly #frameSize: number
  readonly #sum: Int32Array
  readonly #places = new Map<string, Place>()

  constructor(frameSize = 160) {
    this.#frameSize = frameSize
    this.#sum = new Int32Array(frameSize)
  }

  /** Who is in it. */
  get ids(): readonly string[] {
    return [...this.#places.keys()]
  }

  /** Lets somebody in, or changes her seat. Answers false where the conference is full. */
  seat(id: string, seat: Seat): boolean {
    const place = this.#places.get(id)
    if (place) {
      place.seat = seat
      return true
    }
    if (this.#places.size >= mostPlaces) return false
    this.#places.set(id, { seat, heard: new Int16Array(this.#frameSize), says: new Int16Array(this.#frameSize), fresh: false })
    return true
  }

  /** Lets somebody go. Who whispered to her goes on listening. */
  leave(id: string): void {
    this.#places.delete(id)
  }

  /** What somebody says in the coming frame; who says nothing is silent in it. */
  say(id: string, frame: Int16Array): void {
    const place = this.#places.get(id)
    if (!place) return
    place.says.set(frame.length === this.#frameSize ? frame : frame.subarray(0, this.#frameSize))
    place.fresh = true
  }

  /** Mixes the frame for everybody; `hear` has it then. */
  mix(): void {
    const sum = this.#sum
    sum.fill(0)
    for (const place of this.#places.values()) if (this.#isLoud(place)) this.#add(place.says)
    for (const [id, place] of this.#places) this.#mixFor(id, place)
    for (const place of this.#places.values()) place.fresh = false
  }

  /** What somebody hears in this frame, until the next is mixed; undefined for who is not there. */
  hear(id: string): Int16Array | undefined {
    return this.#places.get(id)?.heard
  }

  #isLoud(place: Place): boolean {
    return place.fresh && place.seat.kind === 'speaks'
  }

  #add(frame: Int16Array): void {
    for (let i = 0; i < this.#frameSize; i++) this.#sum[i] = (this.#sum[i] ?? 0) + (frame[i] ?? 0)
  }

  #mixFor(id: string, place: Place): void {
    const { heard, says } = place
    if (place.seat.kind === 'held') {
      heard.fill(0)
      return
    }
    const own = this.#isLoud(place)
    let whisper: Int16Array | undefined
    let more = false
    for (const other of this.#places.values()) {
      if (!other.fresh || other.seat.kind !== 'whispers' || other.seat.to !== id) continue
      more = whisper !== undefined
      whisper ??= other.says
    }
    for (let i = 0; i < this.#frameSize; i++) heard[i] = clampSample((this.#sum[i] ?? 0) - (own ? (says[i] ?? 0) : 0) + (whisper?.[i] ?? 0))
    if (more) this.#addOtherWhispers(id, heard, whisper)
  }

  /** Two who whisper to the same person are rare: the second one is added on its own. */
  #addOtherWhispers(id: string, heard: Int16Array, first: Int16Array | undefined): void {
    for (const other of this.#places.values()) {
      if (!other.fresh || other.seat.kind !== 'whispers' || other.seat.to !== id || other.says === first) continue
      for (let i = 0; i < this.#frameSize; i++) heard[i] = clampSample((heard[i] ?? 0) + (other.says[i] ?? 0))
    }
  }
}
