import { type Bound, placeOf, readRecord, writeRecord } from './fields.ts'
import {
  dropKey,
  type KeyDescription,
  type KeyPurpose,
  type KeyRing,
  KeyStoreError,
  keyPurposes,
  loadRing,
  prepareKeyFolder,
  ringStamp,
  rotateRing,
  type StoredKey,
} from './key-store.ts'
import { type LinkCheck, readLink, type SignedLink, writeLink } from './links.ts'
import { CannotDecrypt, derive, hmac, open, seal } from './primitives.ts'

/** All that is done with the server's own keys. The keys themselves stay inside, but for `subkey`. */
export type Keys = {
  /** Encrypts one field for one place: `v1|key id|iv|ciphertext|tag`. */
  encrypt(plain: string, bound: Bound): string
  /** Reads an encrypted field. Throws `CannotDecrypt` when it was changed, moved, or its key is gone. */
  decrypt(record: string, bound: Bound): string
  /** The field encrypted with the current key, or undefined when it already is. */
  reencryptIfOld(record: string, bound: Bound): string | undefined
  /** A keyed hash for equality and suppression: `key id.HMAC-SHA-256`. Workspaces cannot be linked by it. `kind` is `tel`, `eml` … */
  hash(workspaceId: string, kind: string, value: string): string
  /** The hash under every key of the ring, the current one first. Looking up must try all: a hash cannot be made new without its value. */
  hashes(workspaceId: string, kind: string, value: string): readonly string[]
  /** A token of at most 120 URL-safe characters. Throws when it is already expired. */
  signLink(link: SignedLink, now: Temporal.Instant): string
  /** Checks a token from outside; never throws. */
  verifyLink(token: string, purpose: string, now: Temporal.Instant): LinkCheck
  /** Encrypts bytes, such as a file's own data key, with a key of the given ring. `place` is authenticated and must be the same to open. */
  wrap(purpose: KeyPurpose, bytes: Uint8Array, place: string): string
  /** Undoes `wrap`. Throws `CannotDecrypt`. */
  unwrap(purpose: KeyPurpose, record: string, place: string): Buffer
  /** A key derived for one labelled use, for what has no method here. Without `keyId` the one in use; throws when the id is unknown. */
  subkey(purpose: KeyPurpose, label: string, keyId?: string): { readonly keyId: string; readonly key: Buffer }
  /** The id of the key in use. */
  currentKeyId(purpose: KeyPurpose): string
  /** Every key without its secret, for the operator. */
  describe(): readonly KeyDescription[]
  /** Makes a new key the one in use and keeps the old one for reading. Other processes learn of it by `refresh`. */
  rotate(purpose: KeyPurpose, now: Temporal.Instant): string
  /** Removes a retired key for good, if `countUses` finds nothing that still needs it. */
  removeRetired(purpose: KeyPurpose, keyId: string, countUses: () => Promise<number>): Promise<void>
  /** Reads the rings that other processes changed. */
  refresh(): void
}

const cachedKeys = 4096

/** Opens the key store, and makes the rings that are missing. The folder must never be inside the database or its backups. */
export function openKeys(folder: string, now: Temporal.Instant): Keys {
  prepareKeyFolder(folder)
  const rings = new Map<KeyPurpose, KeyRing>()
  const stamps = new Map<KeyPurpose, string>()
  const derived = new Map<string, Buffer>()

  function load(purpose: KeyPurpose): void {
    rings.set(purpose, loadRing(folder, purpose, now))
    stamps.set(purpose, ringStamp(folder, purpose))
  }
  function refresh(): void {
    for (const purpose of keyPurposes) if (stamps.get(purpose) !== ringStamp(folder, purpose)) load(purpose)
  }
  for (const purpose of keyPurposes) load(purpose)

  const ring = (purpose: KeyPurpose): KeyRing => rings.get(purpose) ?? []

  function current(purpose: KeyPurpose): StoredKey {
    const key = ring(purpose).find((each) => each.retiredAt === null)
    if (!key) throw new KeyStoreError(`There is no key in use for "${purpose}".`)
    return key
  }

  /** Another process may have rotated since: an unknown id is looked for once more on disk, at the cost of one stat. */
  function byId(purpose: KeyPurpose, id: string): StoredKey | undefined {
    const known = ring(purpose).find((key) => key.id === id)
    if (known || stamps.get(purpose) === ringStamp(folder, purpose)) return known
    load(purpose)
    return ring(purpose).find((key) => key.id === id)
  }

  function keyFor(purpose: KeyPurpose, key: StoredKey, label: string): Buffer {
    const name = `${purpose} ${key.id} ${label}`
    const known = derived.get(name)
    if (known) return known
    const made = derive(key.secret, `frontdesk ${purpose} v1 ${label}`)
    for (const oldest of derived.keys()) {
      if (derived.size < cachedKeys) break
      derived.delete(oldest)
    }
    derived.set(name, made)
    return made
  }

  function sealRecord(purpose: KeyPurpose, label: string, plain: Uint8Array, place: string): string {
    const key = current(purpose)
    return writeRecord(key.id, seal(keyFor(purpose, key, label), plain, place))
  }

  function openRecord(purpose: KeyPurpose, label: string, record: string, place: string): Buffer {
    const { keyId, ...sealed } = readRecord(record)
    const key = byId(purpose, keyId)
    if (!key) {
      throw new CannotDecrypt(
        'unknown_key',
        `A value needs the key ${keyId} for "${purpose}", which the key store does not have. Put back the copy of the keys.`,
      )
    }
    return open(keyFor(purpose, key, label), sealed, place)
  }

  const encrypt: Keys['encrypt'] = (plain, bound) =>
    sealRecord('field', `workspace ${bound.workspaceId}`, Buffer.from(plain), placeOf(bound))
  const decrypt: Keys['decrypt'] = (record, bound) =>
    openRecord('field', `workspace ${bound.workspaceId}`, record, placeOf(bound)).toString()

  function hashWith(key: StoredKey, workspaceId: string, kind: string, value: string): string {
    if (kind.includes('|')) throw new TypeError(`The kind of a hash has no "|": ${kind}`)
    return `${key.id}.${hmac(keyFor('hash', key, `workspace ${workspaceId}`), `${kind}|${value}`).toString('base64url')}`
  }

  return {
    encrypt,
    decrypt,
    reencryptIfOld: (record, bound) =>
      readRecord(record).keyId === current('field').id ? undefined : encrypt(decrypt(record, bound), bound),
    hash: (workspaceId, kind, value) => hashWith(current('hash'), workspaceId, kind, value),
    hashes: (workspaceId, kind, value) =>
      ring('hash')
        .map((key) => hashWith(key, workspaceId, kind, value))
        .reverse(),
    signLink(link, at) {
      const key = current('link')
      return writeLink(key.id, keyFor('link', key, 'links'), link, at)
    },
    verifyLink: (token, purpose, at) =>
      readLink(token, purpose, at, (id) => {
        const key = byId('link', id)
        return key && keyFor('link', key, 'links')
      }),
    wrap: (purpose, bytes, place) => sealRecord(purpose, 'wrap', bytes, place),
    unwrap: (purpose, record, place) => openRecord(purpose, 'wrap', record, place),
    subkey(purpose, label, keyId) {
      const key = keyId === undefined ? current(purpose) : byId(purpose, keyId)
      if (!key)
        throw new CannotDecrypt(
          'unknown_key',
          `The key store does not have the key ${keyId} for "${purpose}". Put back the copy of the keys.`,
        )
      return { keyId: key.id, key: keyFor(purpose, key, `subkey ${label}`) }
    },
    currentKeyId: (purpose) => current(purpose).id,
    describe: () =>
      keyPurposes.flatMap((purpose) => ring(purpose).map(({ id, createdAt, retiredAt }) => ({ purpose, id, createdAt, retiredAt }))),
    rotate(purpose, at) {
      rotateRing(folder, purpose, at)
      load(purpose)
      return current(purpose).id
    },
    async removeRetired(purpose, keyId, countUses) {
      const uses = await countUses()
      if (uses > 0) {
        throw new KeyStoreError(
          `The key ${keyId} for "${purpose}" is still needed by ${uses} values. Encrypt them anew first; the key was kept.`,
        )
      }
      dropKey(folder, purpose, keyId)
      load(purpose)
    },
    refresh,
  }
}
