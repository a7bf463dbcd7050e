import { randomBytes, randomInt } from 'node:crypto'
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createDurably, writeDurably } from './durable-write.ts'

/** What a ring of keys is for. A key never serves two purposes. */
export const keyPurposes = ['field', 'hash', 'link', 'session', 'file', 'pepper', 'audit', 'backup'] as const
export type KeyPurpose = (typeof keyPurposes)[number]

/** One key: 32 random bytes. A retired key still decrypts, verifies and is compared with; nothing new is made with it. */
export type StoredKey = {
  readonly id: string
  readonly createdAt: string
  readonly retiredAt: string | null
  readonly secret: Buffer
}

/** The keys of one purpose, oldest first. Exactly one is not retired. */
export type KeyRing = readonly StoredKey[]

/** A key as an operator may see it. */
export type KeyDescription = {
  readonly purpose: KeyPurpose
  readonly id: string
  readonly createdAt: string
  readonly retiredAt: string | null
}

/** The key store is damaged, unreadable or busy. The message says which file and what to do. */
export class KeyStoreError extends Error {
  override readonly name = 'KeyStoreError'
}

const idLetters = 'abcdefghijkmnpqrstuvwxyz23456789'
const idLength = 4

function newKey(taken: KeyRing, now: Temporal.Instant): StoredKey {
  for (;;) {
    const id = Array.from({ length: idLength }, () => idLetters[randomInt(idLetters.length)]).join('')
    if (!taken.some((key) => key.id === id)) return { id, createdAt: now.toString(), retiredAt: null, secret: randomBytes(32) }
  }
}

const ringPath = (folder: string, purpose: KeyPurpose) => join(folder, `${purpose}.json`)

const written = (purpose: KeyPurpose, ring: KeyRing) =>
  `${JSON.stringify({ purpose, keys: ring.map((key) => ({ ...key, secret: key.secret.toString('base64url') })) }, null, 2)}\n`

function isStored(value: unknown): value is { id: string; createdAt: string; retiredAt: string | null; secret: string } {
  if (typeof value !== 'object' || value === null) return false
  const key = value as Record<string, unknown>
  return (
    typeof key.id === 'string' &&
    /^[a-z0-9]{4}$/.test(key.id) &&
    typeof key.createdAt === 'string' &&
    (key.retiredAt === null || typeof key.retiredAt === 'string') &&
    typeof key.secret === 'string' &&
    Buffer.from(key.secret, 'base64url').length === 32
  )
}

/** Reads what `written` wrote, or says what is wrong with it. */
export function parseRing(purpose: KeyPurpose, text: string, where: string): KeyRing {
  const damaged = (what: string) =>
    new KeyStoreError(
      `The key file ${where} ${what}. Put back its copy (npm run restore -- --keys <file>) and start again; nothing was changed.`,
    )
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw damaged('cannot be read as JSON')
  }
  if (typeof parsed !== 'object' || parsed === null || !('keys' in parsed) || !Array.isArray(parsed.keys)) throw damaged('holds no keys')
  if (!('purpose' in parsed) || parsed.purpose !== purpose) throw damaged(`was made for another purpose than "${purpose}"`)
  if (!parsed.keys.every(isStored)) throw damaged('holds a damaged key')
  const ring = parsed.keys.map((key) => ({
    id: key.id,
    createdAt: key.createdAt,
    retiredAt: key.retiredAt,
    secret: Buffer.from(key.secret, 'base64url'),
  }))
  if (ring.filter((key) => key.retiredAt === null).length !== 1) throw damaged('does not have exactly one key in use')
  return ring
}

/** Writes a ring as the key store keeps it. Used by restore. */
export function writeRing(folder: string, purpose: KeyPurpose, ring: KeyRing): void {
  writeDurably(ringPath(folder, purpose), written(purpose, ring))
}

/** Makes the folder, for this account's eyes only. */
export function prepareKeyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
}

/** Reads a ring, or makes it with its first key. Safe when several processes start at once: all of them end with the same key. */
export function loadRing(folder: string, purpose: KeyPurpose, now: Temporal.Instant): KeyRing {
  const path = ringPath(folder, purpose)
  if (!existsSync(path)) createDurably(path, written(purpose, [newKey([], now)]))
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
  return parseRing(purpose, readFileSync(path, 'utf8'), path)
}

/** Changes whenever the ring's file was replaced; cheap enough to ask before each unknown key. */
export function ringStamp(folder: string, purpose: KeyPurpose): string {
  const { ino, mtimeMs, size } = statSync(ringPath(folder, purpose))
  return `${ino} ${mtimeMs} ${size}`
}

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Changes a ring on disk while no other process does. */
function changeRing(folder: string, purpose: KeyPurpose, change: (ring: KeyRing) => KeyRing): KeyRing {
  const lock = join(folder, 'changing.lock')
  const take = () => {
    const handle = openSync(lock, 'wx', 0o600)
    writeSync(handle, String(process.pid))
    closeSync(handle)
  }
  try {
    take()
  } catch {
    const holder = Number(readFileSync(lock, 'utf8'))
    if (holder > 0 && isRunning(holder))
      throw new KeyStoreError(`Process ${holder} is changing the keys right now. Try again when it is done.`)
    rmSync(lock, { force: true })
    take()
  }
  try {
    const path = ringPath(folder, purpose)
    const ring = change(parseRing(purpose, readFileSync(path, 'utf8'), path))
    writeRing(folder, purpose, ring)
    return ring
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Adds a key and retires the one that was in use. */
export const rotateRing = (folder: string, purpose: KeyPurpose, now: Temporal.Instant): KeyRing =>
  changeRing(folder, purpose, (ring) => [
    ...ring.map((key) => (key.retiredAt === null ? { ...key, retiredAt: now.toString() } : key)),
    newKey(ring, now),
  ])

/** Takes a retired key out of the ring for good. */
export const dropKey = (folder: string, purpose: KeyPurpose, id: string): KeyRing =>
  changeRing(folder, purpose, (ring) => {
    const key = ring.find((each) => each.id === id)
    if (!key) throw new KeyStoreError(`There is no key ${id} for "${purpose}".`)
    if (key.retiredAt === null) throw new KeyStoreError(`The key ${id} is in use for "${purpose}". Rotate first, then remove it.`)
    return ring.filter((each) => each.id !== id)
  })
