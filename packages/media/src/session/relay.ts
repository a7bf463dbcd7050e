import { emptyRtpHeader, isRtcp, type RtpHeader, readRtp, rtpHeaderBytes, writeRtpHeader } from '../rtp/rtp-packet.ts'
import type { StreamStart } from '../rtp/sending.ts'
import { sequenceDistance, sequencePlus, timestampPlus } from '../rtp/sequence.ts'
import { SrtpReceiver, SrtpSender } from '../srtp/srtp.ts'
import { type Drop, DropCounter } from './drops.ts'
import { Latch, type MediaAddress } from './latch.ts'
import type { RtpAgreement } from './rtp-port.ts'

/** What one side of a relay was told, and how to reach it. */
export type RelaySide = {
  readonly remote: MediaAddress
  readonly latitude: RtpAgreement['latitude']
  readonly srtp?: RtpAgreement['srtp']
  /** Payload types that may come from this side, and what each is called on the other one. All others are dropped. */
  readonly payloadTypes: ReadonlyMap<number, number>
  /** Random numbers of the stream to this side. */
  readonly start: StreamStart
  /** Sends a datagram; it must be copied or gone before this returns the buffer to the socket that brought it. */
  readonly send: (bytes: Uint8Array, to: MediaAddress) => void
}

const roomForTag = 10
const longestPacket = 1500
/** A new source of a stream goes on one frame after the old one. */
const frameSamples = 160

/**
 * One side of a call that passes through without being decoded. Each side sees one stream of ours, whatever changes behind it: a transfer brings a new
 * source, whose numbers are moved so that they go on where the old one's were. Contributing sources and header extensions stay behind.
 */
export class RelayLeg {
  readonly #side: RelaySide
  readonly #latch: Latch
  readonly #header = emptyRtpHeader()
  readonly #out = emptyRtpHeader()
  readonly #drops = new DropCounter()
  readonly #protect: SrtpSender | undefined
  readonly #open: SrtpReceiver | undefined
  /** Only a protected packet grows, and needs room that the socket's buffer does not have. */
  readonly #room: Uint8Array | undefined
  readonly #types = new Uint8Array(128).fill(255)
  #peer: RelayLeg | undefined
  #source = -1
  #sourceLatch: Latch | undefined
  #sequenceShift = 0
  #timestampShift = 0
  #relayed = 0
  #heardMs: number

  constructor(side: RelaySide, nowMs: number) {
    this.#side = side
    this.#latch = new Latch(side.remote, side.latitude, nowMs)
    this.#out.ssrc = side.start.ssrc >>> 0
    this.#out.sequence = side.start.sequence & 0xffff
    this.#out.timestamp = side.start.timestamp >>> 0
    this.#heardMs = nowMs
    for (const [here, there] of side.payloadTypes) this.#types[here & 127] = there & 127
    if (!side.srtp) return
    this.#protect = new SrtpSender(side.srtp.suite, side.srtp.ours)
    this.#open = new SrtpReceiver(side.srtp.suite, side.srtp.theirs)
    this.#room = new Uint8Array(longestPacket + roomForTag)
  }

  get drops(): DropCounter['all'] {
    return this.#drops.all
  }

  /** Packets that went on to the other side. */
  get relayed(): number {
    return this.#relayed
  }

  get place(): MediaAddress {
    return this.#latch.place
  }

  /** For how long nothing genuine has come from this side, in ms. */
  silentMs(nowMs: number): number {
    return nowMs - this.#heardMs
  }

  /** Says who hears this side from now on; nobody, while it is on hold. */
  leadTo(peer: RelayLeg | undefined): void {
    this.#peer = peer
  }

  /** Takes a datagram from this side and passes it on. The datagram is changed where it stands. Reports end here: each side gets its own. */
  receive(datagram: Uint8Array, address: string, port: number, nowMs: number): void {
    if (isRtcp(datagram)) return
    const drop = this.#take(datagram, address, port, nowMs)
    if (drop) this.#drops.count(drop)
  }

  #take(datagram: Uint8Array, address: string, port: number, nowMs: number): Drop | undefined {
    const length = this.#open ? this.#open.unprotect(datagram, datagram.length) : datagram.length
    if (typeof length === 'string') return length
    const bytes = length === datagram.length ? datagram : datagram.subarray(0, length)
    const header = this.#header
    const fault = readRtp(bytes, header)
    if (fault) return fault
    const type = this.#types[header.payloadType] ?? 255
    if (type > 127) return 'other_payload'
    const verdict = this.#latch.judge(address, port, header, nowMs, this.#open !== undefined)
    if (verdict === 'stranger' || verdict === 'waiting') return verdict
    this.#heardMs = nowMs
    if (!this.#peer) return undefined
    this.#relayed++
    this.#peer.#passOn(bytes, header, type, this.#latch)
    return undefined
  }

  #passOn(bytes: Uint8Array, from: Readonly<RtpHeader>, payloadType: number, source: Latch): void {
    const out = this.#out
    if (from.ssrc !== this.#source || source !== this.#sourceLatch) {
      this.#source = from.ssrc
      this.#sourceLatch = source
      this.#sequenceShift = sequencePlus(out.sequence, 1 - from.sequence)
      this.#timestampShift = timestampPlus(out.timestamp, frameSamples - from.timestamp)
    }
    const sequence = sequencePlus(from.sequence, this.#sequenceShift)
    const timestamp = timestampPlus(from.timestamp, this.#timestampShift)
    const { sequence: newest, timestamp: newestTime } = out
    out.sequence = sequence
    out.timestamp = timestamp
    out.payloadType = payloadType
    out.marker = from.marker
    if (from.start > rtpHeaderBytes) bytes.copyWithin(rtpHeaderBytes, from.start, from.end)
    const length = rtpHeaderBytes + from.end - from.start
    this.#write(bytes, length)
    // A late packet is passed on late; where the stream goes on does not move back for it.
    if (sequenceDistance(newest, sequence) >= 0) return
    out.sequence = newest
    out.timestamp = newestTime
  }

  #write(bytes: Uint8Array, length: number): void {
    writeRtpHeader(bytes, this.#out)
    const plain = length === bytes.length ? bytes : bytes.subarray(0, length)
    if (!this.#protect || !this.#room) this.#side.send(plain, this.#latch.place)
    else this.#writeProtected(plain, this.#protect, this.#room)
  }

  #writeProtected(plain: Uint8Array, protect: SrtpSender, room: Uint8Array): void {
    if (plain.length <= longestPacket) room.set(plain)
    const grown = plain.length <= longestPacket ? protect.protect(room, plain.length) : 'too_long'
    if (typeof grown === 'string') this.#drops.count(grown)
    // Copied, because the socket may read it later than the next packet is written.
    else this.#side.send(room.slice(0, grown), this.#latch.place)
  }
}

/** Lets two sides hear each other. */
export function bridge(one: RelayLeg, other: RelayLeg): void {
  one.leadTo(other)
  other.leadTo(one)
}
