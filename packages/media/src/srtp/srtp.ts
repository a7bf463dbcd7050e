import { emptyRtpHeader, readRtp } from '../rtp/rtp-packet.ts'
import { sessionKeys } from './key-derivation.ts'
import { ReplayWindow } from './replay-window.ts'
import { rtpTagBytes, type SrtpSuite } from './suite.ts'
import { Transform } from './transform.ts'

/** Why a protected packet was not opened. */
export type SrtpFault = 'not_rtp' | 'too_short' | 'too_long' | 'replayed' | 'forged' | 'too_many_sources'

/** Sources whose counters are kept: one call has one, and perhaps another after a transfer. Only genuine packets make one. */
const mostSources = 8
/** A key must not serve for more packets (RFC 3711 §9.2). */
const mostPackets = 2 ** 48

/** The turns of the sequence number, as four bytes at the end of what is signed (§4.2). */
function writeRollover(into: Uint8Array, index: number): void {
  const rollover = Math.floor(index / 0x1_0000)
  for (let i = 0; i < 4; i++) into[i] = rollover >>> (24 - 8 * i)
}

/** The packet's index nearest to the newest one of its source (§3.3.1, Appendix A); below zero for one from before the first turn. */
export function packetIndex(newest: number, sequence: number): number {
  if (newest < 0) return sequence
  const rollover = Math.floor(newest / 0x1_0000)
  const last = newest % 0x1_0000
  if (last < 0x8000) return (sequence - last > 0x8000 ? rollover - 1 : rollover) * 0x1_0000 + sequence
  return (last - 0x8000 > sequence ? rollover + 1 : rollover) * 0x1_0000 + sequence
}

/** Protects the RTP of one direction with the key that we have told the other side. */
export class SrtpSender {
  readonly #transform: Transform
  readonly #tagBytes: number
  readonly #header = emptyRtpHeader()
  readonly #rollover = new Uint8Array(4)
  readonly #newest = new Map<number, number>()

  constructor(suite: SrtpSuite, master: Uint8Array) {
    this.#transform = new Transform(sessionKeys(master, 'rtp'))
    this.#tagBytes = rtpTagBytes[suite]
  }

  /** Bytes that a packet grows by. */
  get overhead(): number {
    return this.#tagBytes
  }

  /** Encrypts and signs the first `length` bytes in place; behind them there must be room for the tag. Answers the protected packet's length. */
  protect(bytes: Uint8Array, length: number): number | SrtpFault {
    const fault = readRtp(bytes.subarray(0, length), this.#header)
    if (fault) return 'not_rtp'
    const { ssrc, sequence, start } = this.#header
    const newest = this.#newest.get(ssrc) ?? -1
    if (newest < 0 && this.#newest.size >= mostSources) return 'too_many_sources'
    const index = packetIndex(newest, sequence)
    if (index < 0 || index >= mostPackets) return 'replayed'
    if (length + this.#tagBytes > bytes.length || !this.#transform.crypt(bytes, start, length, ssrc, index)) return 'too_long'
    writeRollover(this.#rollover, index)
    const tag = this.#transform.tag(bytes.subarray(0, length), this.#rollover)
    for (let i = 0; i < this.#tagBytes; i++) bytes[length + i] = tag[i] ?? 0
    if (index > newest) this.#newest.set(ssrc, index)
    return length + this.#tagBytes
  }
}

/** Opens the RTP of one direction with the key that the other side has told us. */
export class SrtpReceiver {
  readonly #transform: Transform
  readonly #tagBytes: number
  readonly #header = emptyRtpHeader()
  readonly #rollover = new Uint8Array(4)
  readonly #sources = new Map<number, ReplayWindow>()

  constructor(suite: SrtpSuite, master: Uint8Array) {
    this.#transform = new Transform(sessionKeys(master, 'rtp'))
    this.#tagBytes = rtpTagBytes[suite]
  }

  /** Checks and decrypts the first `length` bytes in place. Answers the plain packet's length, or why it was refused; then it is as it came. */
  unprotect(bytes: Uint8Array, length: number): number | SrtpFault {
    const plain = length - this.#tagBytes
    if (plain < 12) return 'too_short'
    // Padding lies inside what is encrypted: the header is read as if there were none.
    const padded = (bytes[0] ?? 0) & 0x20
    bytes[0] = (bytes[0] ?? 0) & ~0x20
    const fault = readRtp(bytes.subarray(0, plain), this.#header)
    bytes[0] = (bytes[0] ?? 0) | padded
    if (fault) return 'not_rtp'
    const { ssrc, sequence, start } = this.#header
    const known = this.#sources.get(ssrc)
    const index = packetIndex(known?.newest ?? -1, sequence)
    if (index < 0 || (known && !known.isNew(index))) return 'replayed'
    writeRollover(this.#rollover, index)
    if (!this.#transform.isGenuine(bytes.subarray(0, plain), this.#rollover, bytes.subarray(plain, length))) return 'forged'
    const window = known ?? this.#begin(ssrc)
    if (!window) return 'too_many_sources'
    if (!this.#transform.crypt(bytes, start, plain, ssrc, index)) return 'too_long'
    window.remember(index)
    return plain
  }

  #begin(ssrc: number): ReplayWindow | undefined {
    if (this.#sources.size >= mostSources) return undefined
    const window = new ReplayWindow()
    this.#sources.set(ssrc, window)
    return window
  }
}
