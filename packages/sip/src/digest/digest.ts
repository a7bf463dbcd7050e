import { createHash } from 'node:crypto'
import type { AuthorizationValue } from '../messages/header-values.ts'

/** RFC 8760 §2.1. The `-sess` variants hash the client's nonce into the secret, RFC 7616 §3.4.2. */
export type Algorithm = 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess' | 'SHA-512-256' | 'SHA-512-256-sess'

const hashes: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256', 'sha-512-256': 'sha512-256' }
const spelled: readonly Algorithm[] = ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256', 'SHA-512-256-sess']

/** The algorithm that a challenge or credentials name; MD5 where they name none, undefined where it is none that we know. */
export function algorithmOf({ scheme, values }: AuthorizationValue): Algorithm | undefined {
  if (scheme.toLowerCase() !== 'digest') return undefined
  const name = (values.get('algorithm') ?? 'MD5').toLowerCase()
  return spelled.find((one) => one.toLowerCase() === name)
}

const hash = (algorithm: Algorithm, data: string | Uint8Array): string =>
  createHash(hashes[algorithm.toLowerCase().replace(/-sess$/, '')] ?? 'md5')
    .update(data)
    .digest('hex')

/** What a server may keep instead of a password, RFC 7616 §3.4.2: it is as good as the password for that realm and algorithm. */
export const secretHash = (algorithm: Algorithm, username: string, realm: string, password: string): string =>
  hash(algorithm, `${username}:${realm}:${password}`)

/** What a response is calculated from. */
export type DigestInput = {
  readonly algorithm: Algorithm
  /** H(username:realm:password). */
  readonly secret: string
  readonly nonce: string
  readonly method: string
  /** As it stands in the credentials. */
  readonly uri: string
  readonly qop?: { readonly kind: 'auth' | 'auth-int'; readonly count: string; readonly clientNonce: string; readonly body: Uint8Array }
  /** For `-sess` without qop. */
  readonly clientNonce?: string
}

/** RFC 7616 §3.4.1, and RFC 2617 §3.2.2.1 where there is no qop. */
export function digestResponse({ algorithm, secret, nonce, method, uri, qop, clientNonce }: DigestInput): string {
  const ownNonce = qop?.clientNonce ?? clientNonce ?? ''
  const a1 = algorithm.endsWith('-sess') ? hash(algorithm, `${secret}:${nonce}:${ownNonce}`) : secret
  const a2 = hash(algorithm, qop?.kind === 'auth-int' ? `${method}:${uri}:${hash(algorithm, qop.body)}` : `${method}:${uri}`)
  return hash(algorithm, qop ? `${a1}:${nonce}:${qop.count}:${ownNonce}:${qop.kind}:${a2}` : `${a1}:${nonce}:${a2}`)
}
