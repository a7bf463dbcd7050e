import { createCipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { masterBytes } from './suite.ts'

/** The keys of one direction and one kind, RTP or RTCP. */
export type SessionKeys = {
  readonly cipher: Uint8Array
  readonly salt: Uint8Array
  readonly auth: KeyObject
  readonly authBytes: Uint8Array
}

/** The labels of RFC 3711 §4.3.2. */
const labels = { rtp: { cipher: 0, auth: 1, salt: 2 }, rtcp: { cipher: 3, auth: 4, salt: 5 } } as const

/** The key stream of AES in counter mode (RFC 3711 §4.1.1), so many bytes from the counter block `iv`. */
export const keyStream = (key: Uint8Array, iv: Uint8Array, length: number): Uint8Array =>
  new Uint8Array(createCipheriv('aes-128-ctr', key, iv).update(new Uint8Array(length)))

/** One key from the master key, with a derivation rate of zero: the label is mixed into the salt, and the key stream from there is the key (§4.3.1, §4.3.3). */
export function deriveKey(masterKey: Uint8Array, masterSalt: Uint8Array, label: number, length: number): Uint8Array {
  const iv = new Uint8Array(16)
  iv.set(masterSalt)
  iv[7] = (iv[7] ?? 0) ^ label
  return keyStream(masterKey, iv, length)
}

/** The session keys for one kind of packet from a master key with its salt; throws a RangeError where they are not thirty bytes. */
export function sessionKeys(master: Uint8Array, kind: 'rtp' | 'rtcp'): SessionKeys {
  if (master.length !== masterBytes) throw new RangeError(`A master key with its salt has ${masterBytes} bytes, not ${master.length}.`)
  const key = master.subarray(0, 16)
  const salt = master.subarray(16)
  const authBytes = deriveKey(key, salt, labels[kind].auth, 20)
  return {
    cipher: deriveKey(key, salt, labels[kind].cipher, 16),
    salt: deriveKey(key, salt, labels[kind].salt, 14),
    auth: createSecretKey(authBytes),
    authBytes,
  }
}
