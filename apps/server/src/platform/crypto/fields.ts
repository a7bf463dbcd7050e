import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Where an encrypted value belongs. It decrypts nowhere else, so that it cannot be moved to another row, column or workspace. */
export type Bound = {
  /** `noWorkspace` for tables that belong to none, such as those of the schema `auth`. */
  readonly workspaceId: string
  readonly table: string
  readonly column: string
  readonly rowId: string
}

/** Stands for the workspace of values that belong to none. */
export const noWorkspace = 'none'

/** An encrypted value cannot be read: its key is gone, it was changed, or it was moved to another place. */
export class CannotDecrypt extends Error {
  override readonly name = 'CannotDecrypt'
  readonly reason: 'malformed' | 'unknown_key' | 'changed'
  constructor(reason: CannotDecrypt['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

const ivBytes = 12
const tagBytes = 16

/** RFC 5869 with SHA-256, as the whole house derives keys: no salt, because the input is already 32 uniformly random bytes. */
export const derive = (secret: Uint8Array, info: string): Buffer => Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), info, 32))

/** AES-256-GCM with a random 96-bit IV (SP 800-38D §8.2.2). At most 2^32 times with one key, which is why keys are per workspace. */
export function seal(key: Uint8Array, plain: Uint8Array, bound: string): { iv: Buffer; sealed: Buffer; tag: Buffer } {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(bound))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return { iv, sealed, tag: cipher.getAuthTag() }
}

/** Undoes `seal`. Throws `CannotDecrypt` when anything differs. */
export function open(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array, tag: Uint8Array, bound: string): Buffer {
  if (iv.length !== ivBytes || tag.length !== tagBytes) throw new CannotDecrypt('malformed', 'An encrypted value is cut short.')
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()])
  } catch {
    throw new CannotDecrypt('changed', 'An encrypted value was changed, or does not belong where it was found.')
  }
}

/** The additional data of a field: `workspace|table|column|row id`. */
export function placeOf(bound: Bound): string {
  const parts = [bound.workspaceId, bound.table, bound.column, bound.rowId]
  if (parts.some((part) => part === '' || part.includes('|'))) {
    throw new TypeError(`A field needs a workspace, table, column and row id, none empty and none with "|": ${parts.join(' ')}`)
  }
  return parts.join('|')
}

/** `v1|key id|iv|ciphertext|tag`, the last three in base64url. */
export const writeRecord = (keyId: string, { iv, sealed, tag }: ReturnType<typeof seal>): string =>
  ['v1', keyId, iv.toString('base64url'), sealed.toString('base64url'), tag.toString('base64url')].join('|')

/** Reads what `writeRecord` wrote. */
export function readRecord(record: string): { keyId: string; iv: Buffer; sealed: Buffer; tag: Buffer } {
  const [version, keyId, iv, sealed, tag, ...more] = record.split('|')
  if (version !== 'v1' || !keyId || iv === undefined || sealed === undefined || tag === undefined || more.length > 0) {
    throw new CannotDecrypt('malformed', 'An encrypted value is not of the form that Frontdesk writes.')
  }
  return { keyId, iv: Buffer.from(iv, 'base64url'), sealed: Buffer.from(sealed, 'base64url'), tag: Buffer.from(tag, 'base64url') }
}
