import { expandG711, type Law } from '../audio/g711.ts'
import { timestampDistance } from '../rtp/sequence.ts'
import { Concealer } from './concealer.ts'
import { DelayTarget } from './delay-target.ts'
import { bestLag } from './pitch.ts'

/** What became of a packet that was put in. */
export type PutResult = 'kept' | 'duplicate' | 'late' | 'restarted' | 'not_audio'

/** What a pulled frame holds: voice, at least partly made-up voice, or nothing because nothing has come yet. */
export type Pulled = 'voice' | 'concealed' | 'waiting'

/** Counters since the beginning; samples are of 1/8000 s. */
export type PlayoutCounts = {
  readonly kept: number
  readonly duplicates: number
  readonly late: number
  readonly restarts: number
  readonly playedSamples: number
  readonly concealedSamples: number
  /** Samples that were left out or repeated to change the delay. */
  readonly shiftedSamples: number
}

/** Bounds of the delay in ms. */
export type PlayoutBounds = { readonly leastMs: number; readonly mostMs: number; readonly startMs: number }

const perMs = 8
/** About a second, as a power of two. */
const ringLength = 8192
const mask = ringLength - 1
const longestPayload = 960
/** A change of delay leaves out or repeats so many samples at once, 5 to 20 ms. */
const shortestShift = 40
const longestShift = 160
const fade = 80
/** How far the delay may be off before it is changed, in samples: too short hurts at once, too long only in the long run. */
const tooShort = 40
const tooLong = 160
/** Frames between two changes, so that none is heard. */
const framesBetween = 4
/** A frame, because packets and frames do not fall on the same moments: the last sample of a frame must be there when its first one is played. */
const marginMs = 20

const standard: PlayoutBounds = { leastMs: 20, mostMs: 300, startMs: 60 }

/**
 * Turns packets that come unevenly, twice, in the wrong order or not at all into an even stream of frames. It waits just long enough for nearly all
 * packets; the wait changes by leaving out or repeating a pitch period, and gaps are filled. G.711 at 8 kHz, any packet length; the clock is the caller's.
 */
export class JitterBuffer {
  readonly #law: Law
  readonly #bounds: PlayoutBounds
  readonly #ring = new Int16Array(ringLength)
  readonly #filled = new Uint8Array(ringLength)
  readonly #payload = new Int16Array(longestPayload)
  readonly #passage = new Float32Array(longestShift + fade)
  readonly #concealer = new Concealer()
  readonly #target = new DelayTarget()
  #begun = false
  /** The timestamp that is played next, and the one after the newest that has come. */
  #play = 0
  #newest = 0
  /** Transits are counted from the first packet's. */
  #origin = 0
  #sinceShift = 0
  readonly #counts = { kept: 0, duplicates: 0, late: 0, restarts: 0, playedSamples: 0, concealedSamples: 0, shiftedSamples: 0 }

  constructor(law: Law, bounds: Partial<PlayoutBounds> = {}) {
    this.#law = law
    this.#bounds = { ...standard, ...bounds }
  }

  get counts(): PlayoutCounts {
    return this.#counts
  }

  /** How long a packet waits that came as fast as any, at `nowMs`. */
  delayMs(nowMs: number): number {
    return this.#begun ? this.#transit(this.#play, nowMs) / perMs - this.#target.fastest : 0
  }

  /** How long it should wait. */
  get targetMs(): number {
    const { leastMs, mostMs, startMs } = this.#bounds
    return Math.max(this.#target.isSure ? leastMs : startMs, Math.min(mostMs, this.#target.waitMs + marginMs))
  }

  /** Puts in the payload of one packet, `from` to `to` of `bytes`, that arrived at `nowMs`. */
  put(timestamp: number, bytes: Uint8Array, from: number, to: number, nowMs: number): PutResult {
    const count = to - from
    if (count <= 0 || count > longestPayload) return 'not_audio'
    const restarted = this.#begun && Math.abs(timestampDistance(this.#play, timestamp)) > ringLength - 2 * longestPayload
    if (!this.#begun || restarted) this.#begin(timestamp, nowMs)
    this.#target.learn(this.#transit(timestamp, nowMs) / perMs)
    if (timestampDistance(this.#play, timestamp) + count <= 0) {
      this.#counts.late++
      return 'late'
    }
    if (this.#filled[timestamp & mask]) {
      this.#counts.duplicates++
      return 'duplicate'
    }
    this.#store(timestamp, bytes, from, count)
    this.#counts.kept++
    if (restarted) this.#counts.restarts++
    return restarted ? 'restarted' : 'kept'
  }

  #begin(timestamp: number, nowMs: number): void {
    this.#begun = true
    this.#filled.fill(0)
    this.#target.reset()
    this.#origin = Math.round(nowMs * perMs) - timestamp
    this.#play = (timestamp - this.#bounds.startMs * perMs) >>> 0
    this.#newest = timestamp
  }

  #store(timestamp: number, bytes: Uint8Array, from: number, count: number): void {
    const whole = from === 0 && count === bytes.length
    expandG711(this.#law, whole ? bytes : bytes.subarray(from, from + count), this.#payload)
    for (let i = 0; i < count; i++) {
      const at = (timestamp + i) & mask
      this.#ring[at] = this.#payload[i] ?? 0
      this.#filled[at] = 1
    }
    const end = (timestamp + count) >>> 0
    if (timestampDistance(this.#newest, end) > 0) this.#newest = end
  }

  #transit(timestamp: number, nowMs: number): number {
    return (Math.round(nowMs * perMs) - timestamp - this.#origin) | 0
  }

  /** Fills `frame` with what is to be heard next; call it evenly, once a frame. */
  pull(frame: Int16Array, nowMs: number): Pulled {
    if (!this.#begun) {
      frame.fill(0)
      return 'waiting'
    }
    const excess = Math.round((this.delayMs(nowMs) - this.targetMs) * perMs)
    if (!this.#isFilled(this.#play)) {
      const ahead = timestampDistance(this.#play, this.#newest)
      if (ahead <= 0 && this.delayMs(nowMs) < this.#bounds.mostMs) return this.#hold(frame)
      if (excess > 0) this.#skipGap(Math.min(excess, ahead))
    }
    this.#adapt(excess, frame.length)
    return this.#take(frame)
  }

  /** Nothing newer has come: the voice waits where it is, and what comes late is still heard. */
  #hold(frame: Int16Array): Pulled {
    this.#concealer.fill(frame)
    this.#counts.concealedSamples += frame.length
    return 'concealed'
  }

  #isFilled(timestamp: number): boolean {
    return this.#filled[timestamp & mask] === 1
  }

  /** While nothing is there to be heard the delay can shrink unheard. */
  #skipGap(most: number): void {
    let skipped = 0
    while (skipped < most && !this.#isFilled(this.#play + skipped)) skipped++
    this.#play = (this.#play + skipped) >>> 0
  }

  #take(frame: Int16Array): Pulled {
    let concealed = 0
    for (let i = 0; i < frame.length; ) {
      const filled = this.#isFilled(this.#play + i)
      let end = i
      while (end < frame.length && this.#isFilled(this.#play + end) === filled) {
        const at = (this.#play + end) & mask
        frame[end] = this.#ring[at] ?? 0
        this.#filled[at] = 0
        end++
      }
      if (filled) this.#concealer.hear(frame, i, end)
      else this.#concealer.fill(frame, i, end)
      concealed += filled ? 0 : end - i
      // What was made up is kept, so that a repeat of it does not bring back the sound of a second ago.
      if (!filled) for (let k = i; k < end; k++) this.#ring[(this.#play + k) & mask] = frame[k] ?? 0
      i = end
    }
    this.#play = (this.#play + frame.length) >>> 0
    this.#counts.playedSamples += frame.length - concealed
    this.#counts.concealedSamples += concealed
    return concealed > 0 ? 'concealed' : 'voice'
  }

  /** Brings the delay nearer to what it should be, by at most one pitch period every few frames. */
  #adapt(excess: number, frameLength: number): void {
    this.#sinceShift++
    if (this.#sinceShift < framesBetween || (excess > -tooShort && excess < tooLong)) return
    const ahead = timestampDistance(this.#play, this.#newest)
    if (excess > 0 ? ahead < longestShift + fade + frameLength : ahead < fade || this.#counts.playedSamples < ringLength / 2) return
    if (!this.#isWhole(excess > 0 ? longestShift + fade : fade)) return
    this.#shift(excess > 0)
    this.#sinceShift = 0
  }

  #isWhole(count: number): boolean {
    for (let i = 0; i < count; i++) if (!this.#isFilled(this.#play + i)) return false
    return true
  }

  /**
   * Leaves out a pitch period of what comes next, or says the last one again: both sides of the seam sound alike and fade into each other over 10 ms.
   */
  #shift(forward: boolean): void {
    const base = forward ? this.#play : this.#play - longestShift
    const passage = this.#passage
    for (let i = 0; i < passage.length; i++) passage[i] = this.#ring[(base + i) & mask] ?? 0
    // The last 10 ms of the passage are where the sound goes on, or goes on from; `lag` earlier it is most like that.
    const lag = bestLag(passage, passage.length, fade, shortestShift, longestShift)
    const seam = longestShift
    const alike = longestShift - lag
    if (forward) {
      for (let i = 0; i < alike; i++) this.#ring[(base + lag + i) & mask] = passage[i] ?? 0
      for (let i = 0; i < fade; i++) this.#ring[(base + seam + i) & mask] = this.#mixed(alike + i, seam + i, i)
      for (let i = 0; i < lag; i++) this.#filled[(base + i) & mask] = 0
      this.#play = (this.#play + lag) >>> 0
    } else {
      for (let i = 0; i < fade; i++) this.#ring[(base + alike + i) & mask] = this.#mixed(seam + i, alike + i, i)
      for (let i = 0; i < lag; i++) this.#filled[(base + alike + i) & mask] = 1
      this.#play = (this.#play - lag) >>> 0
    }
    this.#counts.shiftedSamples += lag
  }

  /** One sample on the way from one place in the passage to another. */
  #mixed(from: number, to: number, i: number): number {
    const weight = (i + 1) / (fade + 1)
    return Math.round((this.#passage[from] ?? 0) * (1 - weight) + (this.#passage[to] ?? 0) * weight)
  }
}
