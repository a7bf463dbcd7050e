import type { SenderInfo } from './rtcp-packet.ts'
import { emptyRtpHeader, rtpHeaderBytes, writeRtpHeader } from './rtp-packet.ts'
import { sequencePlus, timestampPlus } from './sequence.ts'
import { ntpTime } from './wall-clock.ts'

/** Where a stream begins. All three are to be random, so that nobody can guess them (RFC 3550 §5.1). */
export type StreamStart = { readonly ssrc: number; readonly sequence: number; readonly timestamp: number }

/** Numbers the packets of one stream that we send, and counts them for its reports. */
export class SentStream {
  readonly #header = emptyRtpHeader()
  readonly #rate: number
  #packets = 0
  #octets = 0
  #sentMs = 0

  constructor(start: StreamStart, rate: number) {
    this.#header.ssrc = start.ssrc >>> 0
    this.#header.sequence = start.sequence & 0xffff
    this.#header.timestamp = start.timestamp >>> 0
    this.#rate = rate
  }

  get ssrc(): number {
    return this.#header.ssrc
  }

  /** The timestamp of the next packet. */
  get timestamp(): number {
    return this.#header.timestamp
  }

  /** Time in which nothing is sent still passes: the next packet is marked by the caller as the first of a talkspurt (RFC 3551 §4.1). */
  skip(samples: number): void {
    this.#header.timestamp = timestampPlus(this.#header.timestamp, samples)
  }

  /** Writes the header of the next packet in front of a payload of `octets` that lies at byte 12, and moves on by `samples`. */
  stamp(packet: Uint8Array, octets: number, payloadType: number, samples: number, nowMs: number, marker = false): void {
    this.stampAt(packet, octets, payloadType, this.#header.timestamp, marker)
    this.#sentMs = nowMs
    this.skip(samples)
  }

  /** The same with a timestamp of its own, and without moving on: the packets of one telephone event share its beginning (RFC 4733 §2.5.1.2). */
  stampAt(packet: Uint8Array, octets: number, payloadType: number, timestamp: number, marker: boolean): void {
    const header = this.#header
    const { timestamp: current } = header
    header.payloadType = payloadType
    header.marker = marker
    header.timestamp = timestamp
    writeRtpHeader(packet, header)
    header.timestamp = current
    header.sequence = sequencePlus(header.sequence, 1)
    this.#packets = (this.#packets + 1) >>> 0
    this.#octets = (this.#octets + octets) >>> 0
  }

  /** What a sender report says, at `nowMs` of the steady clock and `epochMs` of the wall clock; undefined before the first packet. */
  report(nowMs: number, epochMs: number): SenderInfo | undefined {
    if (this.#packets === 0) return undefined
    const since = Math.round(((nowMs - this.#sentMs) * this.#rate) / 1000)
    return { ntp: ntpTime(epochMs), timestamp: timestampPlus(this.#header.timestamp, since), packets: this.#packets, octets: this.#octets }
  }
}

/** A packet with room for a payload, whose first 12 bytes are for the header. */
export const packetFor = (payloadBytes: number): Uint8Array => new Uint8Array(rtpHeaderBytes + payloadBytes)

/** When the next report is due, for two who talk: about every 5 seconds, scattered so that they never fall into step (RFC 3550 §6.2, §6.3.1). */
export const reportIntervalMs = (random: number, first: boolean): number => ((first ? 2500 : 5000) * (random + 0.5)) / (Math.E - 1.5)
