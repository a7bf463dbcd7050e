import { compressG711 } from '../audio/g711.ts'
import { dice, frames } from '../signals.fixture.ts'
import { JitterBuffer, type PlayoutBounds, type Pulled } from './jitter-buffer.ts'

/** What a network does to the packets of one stream. Shares are 0 to 1. */
export type Weather = {
  readonly loss?: number
  /** Each packet is late by 0 to so many ms, evenly spread. */
  readonly jitterMs?: number
  readonly duplicates?: number
  /** Shares of packets that change places with the next. */
  readonly swaps?: number
  /** How much faster the sender's clock runs, such as 0.0002. */
  readonly drift?: number
  readonly packetMs?: number
  readonly bounds?: Partial<PlayoutBounds>
  /** The first packet's timestamp. */
  readonly timestamp?: number
}

/** What was heard at the other end, and how. */
export type Heard = {
  readonly sound: Int16Array
  readonly kinds: readonly Pulled[]
  readonly delays: readonly number[]
  readonly buffer: JitterBuffer
}

/** Sends a sound through such a network into a jitter buffer, on a clock of our own, and plays it in frames of 20 ms. */
export function sendThrough(sound: Int16Array, weather: Weather): Heard {
  const roll = dice(7)
  const { loss = 0, jitterMs = 0, duplicates = 0, swaps = 0, drift = 0, packetMs = 20, timestamp = 0xffff_f000 } = weather
  const arrivals: { at: number; timestamp: number; bytes: Uint8Array }[] = []
  for (const [index, piece] of frames(sound, packetMs).entries()) {
    const bytes = new Uint8Array(piece.length)
    compressG711('PCMU', piece, bytes)
    const packet = {
      at: (index * packetMs) / (1 + drift) + 30 + roll() * jitterMs,
      timestamp: (timestamp + index * piece.length) >>> 0,
      bytes,
    }
    if (roll() < loss) continue
    if (roll() < swaps) packet.at += packetMs + 5
    arrivals.push(packet)
    if (roll() < duplicates) arrivals.push({ ...packet, at: packet.at + roll() * 30 })
  }
  arrivals.sort((one, other) => one.at - other.at)
  const buffer = new JitterBuffer('PCMU', weather.bounds)
  const count = Math.floor(sound.length / 160)
  const out = new Int16Array(count * 160)
  const kinds: Pulled[] = []
  const delays: number[] = []
  for (let k = 0, next = 0; k < count; k++) {
    const now = k * 20 + 7
    for (let packet = arrivals[next]; packet && packet.at <= now; packet = arrivals[++next])
      buffer.put(packet.timestamp, packet.bytes, 0, packet.bytes.length, packet.at)
    kinds.push(buffer.pull(out.subarray(k * 160, (k + 1) * 160), now))
    delays.push(buffer.delayMs(now))
  }
  return { sound: out, kinds, delays, buffer }
}
