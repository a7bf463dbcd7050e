import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AuthorizationValue } from '../messages/header-values.ts'
import type { SipRequest } from '../messages/message.ts'
import { parseUri, sameUri, writeUri } from '../messages/uri.ts'
import { type Algorithm, algorithmOf, digestResponse, secretHash } from './digest.ts'

/** What a server asks for. */
export type DigestRealm = {
  readonly realm: string
  /** In the order of preference, strongest first, RFC 8760 §2.3. */
  readonly algorithms: readonly Algorithm[]
  /** Signs nonces, so that none has to be kept that was not used. At least 32 bytes, and another in each process: what was used is known to one alone. */
  readonly key: Uint8Array
  /** How long a nonce may be used. */
  readonly nonceMs: number
}

/** What is known of a user: the password, or for each algorithm `secretHash` of it. */
export type KnownSecret = { readonly password: string } | { readonly hashes: Readonly<Partial<Record<Algorithm, string>>> }

/** Who asks, or why it is not known. `stale`: the password was right, and the nonce too old or used. */
export type Verdict =
  | { readonly ok: true; readonly username: string }
  | { readonly ok: false; readonly why: 'missing' | 'malformed' | 'unknown user' | 'wrong password' | 'stale' }

const mostNonces = 10_000

/** Checks credentials of requests, §22 and RFC 8760. */
export class DigestServer {
  readonly #realm: DigestRealm
  /** Two challenges of one millisecond must not share their nonce: each is counted by itself. */
  #made = 0
  /** The highest count of each used nonce, in the order of first use, RFC 7616 §3.4.5: a count that does not grow is a replay. */
  readonly #counts = new Map<string, number>()

  constructor(realm: DigestRealm) {
    this.#realm = realm
  }

  /** The challenges of a 401 or 407, one for each algorithm, each with a field of its own. */
  challenges(now: number, stale = false): readonly AuthorizationValue[] {
    const { realm, algorithms } = this.#realm
    const nonce = this.#nonce(now)
    return algorithms.map((algorithm) => ({
      scheme: 'Digest',
      values: new Map([
        ['realm', realm],
        ['nonce', nonce],
        ['algorithm', algorithm],
        ['qop', 'auth,auth-int'],
        ...(stale ? [['stale', 'true'] as const] : []),
      ]),
    }))
  }

  /** Who sent a request. `offered` are its Authorization (or Proxy-Authorization) values. */
  verify(
    request: SipRequest,
    offered: readonly AuthorizationValue[] | undefined,
    secretOf: (username: string) => KnownSecret | undefined,
    now: number,
  ): Verdict {
    const { realm, algorithms } = this.#realm
    const mine = offered?.find(({ values }) => values.get('realm') === realm)
    if (!mine) return { ok: false, why: 'missing' }
    const algorithm = algorithmOf(mine)
    const value = (name: string) => mine.values.get(name) ?? ''
    const kind = value('qop').toLowerCase()
    if (!algorithm || !algorithms.includes(algorithm) || (kind !== 'auth' && kind !== 'auth-int')) return { ok: false, why: 'malformed' }
    if (!isSameTarget(value('uri'), request)) return { ok: false, why: 'malformed' }
    const username = value('username')
    const known = secretOf(username)
    // An unknown user costs the same work as a wrong password.
    const secret = known ? secretFrom(known, algorithm, username, realm) : undefined
    const expected = digestResponse({
      algorithm,
      secret: secret ?? secretHash(algorithm, username, realm, value('nonce')),
      nonce: value('nonce'),
      method: request.method,
      uri: value('uri'),
      qop: { kind, count: value('nc'), clientNonce: value('cnonce'), body: request.body },
    })
    const isRight = same(expected, value('response').toLowerCase())
    if (!secret) return { ok: false, why: 'unknown user' }
    if (!isRight) return { ok: false, why: 'wrong password' }
    return this.#use(value('nonce'), Number.parseInt(value('nc'), 16), now) ? { ok: true, username } : { ok: false, why: 'stale' }
  }

  #nonce(now: number): string {
    this.#made++
    const text = `${Math.floor(now).toString(36)}.${this.#made.toString(36)}`
    return `${text}.${this.#sign(text)}`
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#realm.key).update(`${this.#realm.realm}:${text}`).digest('base64url')
  }

  /** Whether the nonce is ours, young enough, and its count higher than any before. */
  #use(nonce: string, count: number, now: number): boolean {
    const [time = '', number = '', signature = ''] = nonce.split('.')
    if (!same(this.#sign(`${time}.${number}`), signature)) return false
    const made = Number.parseInt(time, 36)
    if (!(made <= now && now - made < this.#realm.nonceMs)) return false
    if (!(count > (this.#counts.get(nonce) ?? 0))) return false
    for (const old of this.#counts.keys()) {
      if (now - Number.parseInt(old, 36) < this.#realm.nonceMs) break
      this.#counts.delete(old)
    }
    // A nonce that is forgotten while it is young could be replayed: rather none is taken that is new.
    if (this.#counts.size >= mostNonces && !this.#counts.has(nonce)) return false
    this.#counts.set(nonce, count)
    return true
  }
}

const secretFrom = (known: KnownSecret, algorithm: Algorithm, username: string, realm: string): string | undefined =>
  'password' in known ? secretHash(algorithm, username, realm, known.password) : known.hashes[algorithm]

function same(one: string, other: string): boolean {
  const first = Buffer.from(one)
  const second = Buffer.from(other)
  return first.length === second.length && timingSafeEqual(first, second)
}

/** The URI of the credentials is that of the request, as text or in meaning, RFC 7616 §3.4.6. */
function isSameTarget(uri: string, request: SipRequest): boolean {
  if (uri === writeUri(request.uri)) return true
  try {
    return sameUri(parseUri(uri, 'uri'), request.uri)
  } catch {
    return false
  }
}
