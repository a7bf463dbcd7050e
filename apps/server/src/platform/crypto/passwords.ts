import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Keys } from './keys.ts'
import { normalPassword } from './password-rules.ts'
import { hmac } from './primitives.ts'

const pbkdf2Async = promisify(pbkdf2)

/** Too many people sign in at once. Nothing was checked; trying again in a few seconds works. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy'
  constructor() {
    super('Too many sign-ins at this moment. Please try again in a few seconds.')
  }
}

export type Passwords = {
  /** The password as it is stored: PBKDF2-HMAC-SHA-256 under a pepper, in PHC form. Throws `RangeError` for what `judgePassword` finds too long or unreadable. */
  hash(password: string): Promise<string>
  /**
   * Compares. Give null when there is no such account: it takes as long, so that nobody learns which accounts exist.
   * `rehash` asks the caller to store `hash(password)` anew, because the parameters were raised or the pepper changed.
   */
  verify(password: string, stored: string | null): Promise<{ readonly matches: boolean; readonly rehash: boolean }>
}

export type PasswordSettings = {
  /** Rounds of PBKDF2. 600,000 is OWASP's figure for HMAC-SHA-256. */
  readonly iterations?: number
  /** How many are hashed at once; each keeps one thread of Node's pool of four. */
  readonly atOnce?: number
  /** How many may wait their turn before the next is refused. */
  readonly waiting?: number
}

const saltBytes = 16
const hashBytes = 32
const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
const phc = /^\$pbkdf2-sha256\$i=(\d{1,8}),l=(\d{1,2}),keyid=([a-z0-9]{4})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** PBKDF2-HMAC-SHA-256 (RFC 8018 §5.2), 32 bytes, on a thread of Node's pool. */
export const stretchPassword = (password: string, salt: Uint8Array, iterations: number): Promise<Buffer> =>
  pbkdf2Async(password, salt, iterations, hashBytes, 'sha256')

type Stored = { readonly iterations: number; readonly keyId: string; readonly salt: Buffer; readonly hash: Buffer }

function parse(stored: string): Stored {
  const [, iterations, length, keyId, salt, hash] = phc.exec(stored) ?? []
  if (!iterations || !length || !keyId || !salt || !hash || Buffer.from(hash, 'base64').length !== Number(length)) {
    throw new Error('A stored password is not of the form that Frontdesk writes. Its owner can set a new one by mail.')
  }
  return { iterations: Number(iterations), keyId, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

/** Lets `limit` works run at once and `waiting` wait; refuses what is beyond. */
function bounded(limit: number, waiting: number) {
  let running = 0
  const queue: (() => void)[] = []
  return async function run<T>(work: () => Promise<T>): Promise<T> {
    if (running >= limit) {
      if (queue.length >= waiting) throw new PasswordsBusy()
      await new Promise<void>((start) => queue.push(start))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running -= 1
    }
  }
}

/** Hashes and compares passwords off the event loop, a bounded number at once. */
export function openPasswords(keys: Keys, { iterations = 600_000, atOnce = 2, waiting = 40 }: PasswordSettings = {}): Passwords {
  const run = bounded(atOnce, waiting)
  const pepper = (keyId?: string) => keys.subkey('pepper', 'passwords', keyId)

  const stretch = (password: string, salt: Buffer, rounds: number, key: Buffer) =>
    run(async () => hmac(key, await stretchPassword(password, salt, rounds)))

  return {
    async hash(password) {
      const normal = normalPassword(password)
      if (normal === undefined) throw new RangeError('This password is too long, or holds characters that are no text.')
      const salt = randomBytes(saltBytes)
      const { keyId, key } = pepper()
      const hash = await stretch(normal, salt, iterations, key)
      return `$pbkdf2-sha256$i=${iterations},l=${hashBytes},keyid=${keyId}$${base64(salt)}$${base64(hash)}`
    },
    async verify(password, stored) {
      const normal = normalPassword(password)
      if (normal === undefined) return { matches: false, rehash: false }
      if (stored === null) {
        await stretch(normal, Buffer.alloc(saltBytes), iterations, pepper().key)
        return { matches: false, rehash: false }
      }
      const known = parse(stored)
      const hash = await stretch(normal, known.salt, known.iterations, pepper(known.keyId).key)
      const matches = known.hash.length === hash.length && timingSafeEqual(hash, known.hash)
      return { matches, rehash: matches && (known.iterations < iterations || known.keyId !== keys.currentKeyId('pepper')) }
    },
  }
}
