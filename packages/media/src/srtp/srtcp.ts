import { sessionKeys } from './key-derivation.ts'
import { ReplayWindow } from './replay-window.ts'
import type { SrtpFault } from './srtp.ts'
import { rtcpTagBytes } from './suite.ts'
import { Transform } from './transform.ts'

/** Header and SSRC of the first part stay readable (RFC 3711 §3.4). */
const plainBytes = 8
const indexBytes = 4
const overhead = indexBytes + rtcpTagBytes
const mostPackets = 2 ** 31
const encrypted = 0x8000_0000
const ssrcOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4)

/** Protects the reports of one direction. Each gets a number of its own, which travels with it. */
export class SrtcpSender {
  readonly #transform: Transform
  #index = 0

  constructor(master: Uint8Array) {
    this.#transform = new Transform(sessionKeys(master, 'rtcp'))
  }

  /** A protected copy of a compound packet, or why there is none. */
  protect(packet: Uint8Array): Uint8Array | SrtpFault {
    if (packet.length < plainBytes) return 'too_short'
    if (this.#index + 1 >= mostPackets) return 'replayed' // the key has served its time (§9.2)
    const index = ++this.#index
    const bytes = new Uint8Array(packet.length + overhead)
    bytes.set(packet)
    if (!this.#transform.crypt(bytes, plainBytes, packet.length, ssrcOf(packet), index)) return 'too_long'
    const view = new DataView(bytes.buffer)
    view.setUint32(packet.length, encrypted + index)
    const signed = bytes.subarray(0, packet.length + indexBytes)
    bytes.set(this.#transform.tag(signed, undefined).subarray(0, rtcpTagBytes), signed.length)
    return bytes
  }
}

/** Opens the reports of one direction. */
export class SrtcpReceiver {
  readonly #transform: Transform
  readonly #window = new ReplayWindow()

  constructor(master: Uint8Array) {
    this.#transform = new Transform(sessionKeys(master, 'rtcp'))
  }

  /** A plain copy of a protected packet, or why it was refused. One without encryption is opened too: only its tag counts then (§3.4). */
  unprotect(packet: Uint8Array): Uint8Array | SrtpFault {
    if (packet.length < plainBytes + overhead) return 'too_short'
    const signed = packet.subarray(0, packet.length - rtcpTagBytes)
    const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
    const trailer = view.getUint32(signed.length - indexBytes)
    const index = trailer % encrypted
    if (!this.#window.isNew(index)) return 'replayed'
    if (!this.#transform.isGenuine(signed, undefined, packet.subarray(signed.length))) return 'forged'
    const bytes = packet.slice(0, signed.length - indexBytes)
    if (trailer >= encrypted && !this.#transform.crypt(bytes, plainBytes, bytes.length, ssrcOf(packet), index)) return 'too_long'
    this.#window.remember(index)
    return bytes
  }
}
