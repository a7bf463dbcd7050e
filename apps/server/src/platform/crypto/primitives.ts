import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** An encrypted value cannot be read: its key is gone, it was changed, or it was moved to another place. */
export class CannotDecrypt extends Error {
  override readonly name = 'CannotDecrypt'
  readonly reason: 'malformed' | 'unknown_key' | 'changed'
  constructor(reason: CannotDecrypt['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

/** What AES-256-GCM gives: a 96-bit IV, the ciphertext, a 128-bit tag. */
export type Sealed = { readonly iv: Buffer; readonly sealed: Buffer; readonly tag: Buffer }

const ivBytes = 12
const tagBytes = 16

/** RFC 5869 with SHA-256, as the whole house derives keys. It needs no salt where the secret is uniformly random and `info` says what for. */
export const derive = (secret: Uint8Array, info: string, salt: Uint8Array = Buffer.alloc(0)): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, 32))

/** HMAC-SHA-256 (RFC 2104). */
export const hmac = (key: Uint8Array, data: string | Uint8Array): Buffer => createHmac('sha256', key).update(data).digest()

/** AES-256-GCM with a random 96-bit IV (SP 800-38D §8.2.2). At most 2^32 times with one key, which is why keys are per workspace. */
export function seal(key: Uint8Array, plain: Uint8Array, bound: string): Sealed {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(bound))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return { iv, sealed, tag: cipher.getAuthTag() }
}

/** Undoes `seal`. Throws `CannotDecrypt` when anything differs. */
export function open(key: Uint8Array, { iv, sealed, tag }: Sealed, bound: string | Uint8Array): Buffer {
  if (iv.length !== ivBytes || tag.length !== tagBytes) throw new CannotDecrypt('malformed', 'An encrypted value is cut short.')
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
  decipher.setAAD(typeof bound === 'string' ? Buffer.from(bound) : bound)
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()])
  } catch {
    throw new CannotDecrypt('changed', 'An encrypted value was changed, or does not belong where it was found.')
  }
}
