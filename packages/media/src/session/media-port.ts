import type { Pulled } from '../playout/jitter-buffer.ts'
import type { Digit } from '../tones/digits.ts'
import type { PressedKey } from '../tones/telephone-event.ts'
import type { MediaAddress } from './latch.ts'

/** What happens on the other side of a port. */
export type MediaEvent =
  | { readonly kind: 'key'; readonly key: PressedKey }
  /** What was written before the mark has been heard, as far as this port can know. */
  | { readonly kind: 'mark'; readonly name: string }
  /** The voice comes from another place now. */
  | { readonly kind: 'moved'; readonly to: MediaAddress }
  /** The other side has ended its stream. */
  | { readonly kind: 'left' }

/** How a call goes, on the way to us and, as the other side reports, on the way to it. */
export type MediaQuality = {
  readonly lossPercent: number
  readonly jitterMs: number
  /** What of our voice did not arrive; undefined until the other side has reported. */
  readonly theirLossPercent: number | undefined
  readonly roundTripMs: number | undefined
  /** The mean opinion score of what we hear, 1 to 4.5 (ITU-T G.107). */
  readonly mos: number
}

/**
 * One side of a call, whatever carries it: SIP trunk, browser, or a carrier's media stream. Sound goes both ways in frames of 20 ms, 160 samples at
 * 8 kHz, once in a turn of the process's clock; `nowMs` is that clock's time.
 */
export type MediaPort = {
  /** Fills a frame with what is heard next. */
  readonly read: (frame: Int16Array, nowMs: number) => Pulled
  /** Says a frame. */
  readonly write: (frame: Int16Array, nowMs: number) => void
  /** Drops what was written and waits on the far side, because the other one has begun to speak. */
  readonly clear: () => void
  /** Asks to be told when what was written so far has been heard. */
  readonly mark: (name: string) => void
  /** Presses keys, in the way that was agreed. */
  readonly press: (keys: Iterable<Digit>) => void
  /** For how long nothing genuine has come, in ms. */
  readonly silentMs: (nowMs: number) => number
  readonly quality: (nowMs: number) => MediaQuality
  /** Says goodbye. Nothing is sent any more. */
  readonly close: (nowMs: number) => void
}

/** Joins two ports for one turn of the clock: each hears what the other says. Both frames are the caller's, to be used again. */
export function joinPorts(one: MediaPort, other: MediaPort, frames: readonly [Int16Array, Int16Array], nowMs: number): void {
  one.read(frames[0], nowMs)
  other.read(frames[1], nowMs)
  one.write(frames[1], nowMs)
  other.write(frames[0], nowMs)
}
