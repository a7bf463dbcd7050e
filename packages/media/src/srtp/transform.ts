import { type Cipheriv, createCipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import type { SessionKeys } from './key-derivation.ts'

const aesBlock = 16
/** Longer than any datagram of sound: 96 blocks of key stream. */
const mostBlocks = 96

/** Encrypts and signs with the keys of one direction. The cipher is made once: a new one for each packet would cost more than the encryption. */
export class Transform {
  readonly #salt: Uint8Array
  readonly #keys: SessionKeys
  readonly #cipher: Cipheriv
  readonly #counters = new Uint8Array(mostBlocks * aesBlock)

  constructor(keys: SessionKeys) {
    this.#keys = keys
    this.#salt = keys.salt
    // Counter mode is the block cipher itself on the counters (RFC 3711 §4.1.1).
    this.#cipher = createCipheriv('aes-128-ecb', keys.cipher, null)
    this.#cipher.setAutoPadding(false)
  }

  /** Encrypts or decrypts a payload in place. IV = salt · 2¹⁶ ⊕ SSRC · 2⁶⁴ ⊕ index · 2¹⁶ (§4.1.1). Answers false for what is longer than any sound. */
  crypt(bytes: Uint8Array, from: number, to: number, ssrc: number, index: number): boolean {
    const blocks = Math.ceil((to - from) / aesBlock)
    if (blocks > mostBlocks) return false
    if (blocks <= 0) return true
    const counters = this.#counters
    this.#firstCounter(counters, ssrc, index)
    for (let block = 1; block < blocks; block++) {
      counters.copyWithin(block * aesBlock, 0, 14)
      counters[block * aesBlock + 14] = block >> 8
      counters[block * aesBlock + 15] = block
    }
    const stream = this.#cipher.update(blocks * aesBlock === counters.length ? counters : counters.subarray(0, blocks * aesBlock))
    for (let i = from; i < to; i++) bytes[i] = (bytes[i] ?? 0) ^ (stream[i - from] ?? 0)
    return true
  }

  #firstCounter(counters: Uint8Array, ssrc: number, index: number): void {
    for (let i = 0; i < 14; i++) counters[i] = this.#salt[i] ?? 0
    counters[14] = 0
    counters[15] = 0
    const high = Math.floor(index / 0x1_0000)
    for (let i = 0; i < 4; i++) {
      counters[4 + i] = (counters[4 + i] ?? 0) ^ (ssrc >>> (24 - 8 * i))
      counters[8 + i] = (counters[8 + i] ?? 0) ^ (high >>> (24 - 8 * i))
    }
    counters[12] = (counters[12] ?? 0) ^ ((index >>> 8) & 0xff)
    counters[13] = (counters[13] ?? 0) ^ (index & 0xff)
  }

  /** The tag of a packet, whose last part is given apart where it does not travel (§4.2, §4.2.1). */
  tag(packet: Uint8Array, rollover: Uint8Array | undefined): Uint8Array {
    const hmac = createHmac('sha1', this.#keys.auth).update(packet)
    return rollover ? hmac.update(rollover).digest() : hmac.digest()
  }

  /** Whether a tag is that of a packet, told in the same time wherever they differ. */
  isGenuine(packet: Uint8Array, rollover: Uint8Array | undefined, tag: Uint8Array): boolean {
    return timingSafeEqual(this.tag(packet, rollover).subarray(0, tag.length), tag)
  }
}
