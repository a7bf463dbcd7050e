import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { Keys } from '../../../platform/crypto/index.ts'

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex') // RFC 8410 §7: the seed follows
const COMPONENTS = ['@method', '@target-uri', 'content-digest', 'content-length', 'content-type'] as const

/** One hand-over as it is signed. */
export type SignedPush = {
  readonly url: string
  readonly contentType: string
  readonly contentLength: number
  /** Of the whole body (RFC 9530). */
  readonly contentDigest: string
  /** Where the other side finds the key. */
  readonly keysAt: string
  /** The same for every try, so that nobody takes it twice. */
  readonly id: string
  readonly now: Temporal.Instant
}

/** `Content-Digest` of a body. */
export async function digestOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of body) hash.update(chunk)
  return `sha-256=:${hash.digest('base64')}:`
}

/** The headers with which a push proves who sends it and that nothing of it was changed: HTTP Message Signatures (RFC 9421) with Ed25519. */
export function signedHeaders(keys: Keys, push: SignedPush): Readonly<Record<string, string>> {
  const { keyId, key } = signingKey(keys)
  const values: Readonly<Record<(typeof COMPONENTS)[number], string>> = {
    '@method': 'POST',
    '@target-uri': push.url,
    'content-digest': push.contentDigest,
    'content-length': String(push.contentLength),
    'content-type': push.contentType,
  }
  const created = Math.floor(push.now.epochMilliseconds / 1000)
  const parameters = `(${COMPONENTS.map((name) => `"${name}"`).join(' ')});created=${created};keyid="${keyId}";alg="ed25519";tag="data-hand-over"`
  const base = [...COMPONENTS.map((name) => `"${name}": ${values[name]}`), `"@signature-params": ${parameters}`].join('\n')
  return {
    'content-type': push.contentType,
    'content-length': String(push.contentLength),
    'content-digest': push.contentDigest,
    'idempotency-key': push.id,
    'signature-agent': `"${push.keysAt}"`,
    'signature-input': `sig1=${parameters}`,
    signature: `sig1=:${sign(null, Buffer.from(base), key).toString('base64')}:`,
    'user-agent': 'Frontdesk',
  }
}

/** The public key for whoever wants to check a push, as a JSON Web Key Set. */
export function publicKeys(keys: Keys): { readonly keys: readonly Readonly<Record<string, string>>[] } {
  const { keyId, key } = signingKey(keys)
  return {
    keys: [{ kty: 'OKP', crv: 'Ed25519', x: createPublicKey(key).export({ format: 'jwk' }).x ?? '', kid: keyId, use: 'sig', alg: 'EdDSA' }],
  }
}

function signingKey(keys: Keys): { readonly keyId: string; readonly key: KeyObject } {
  const seed = keys.subkey('link', 'data hand-over')
  return { keyId: seed.keyId, key: createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed.key]), format: 'der', type: 'pkcs8' }) }
}
