/** An authenticator in software, for tests: makes and uses discoverable ES256 passkeys as WebAuthn Level 3 §6 describes, CBOR written by hand. */
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest()
const b64 = (data: Uint8Array) => Buffer.from(data).toString('base64url')

/** CBOR (RFC 8949) of the few kinds that are needed: integers, byte strings, text and maps. */
type Cbor = number | string | Uint8Array | readonly (readonly [Cbor, Cbor])[]

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length])
  if (length < 256) return Buffer.from([(major << 5) | 24, length])
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255])
}

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.length), ...value.flatMap(([key, content]) => [cbor(key), cbor(content)])])
}

const UP = 0x01
const UV = 0x04
const BE = 0x08
const BS = 0x10
const AT = 0x40

type Key = { readonly id: Buffer; readonly privateKey: KeyObject; readonly userHandle: Buffer; counter: number }

/** What may be changed about an honest authenticator, to see it refused. */
export type Dishonesty = {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly withoutVerification?: boolean
  readonly counter?: number
  readonly brokenSignature?: boolean
}

export class SoftwareAuthenticator {
  readonly #origin: string
  readonly #keys: Key[] = []

  constructor(origin: string) {
    this.#origin = origin
  }

  /** Answers `navigator.credentials.create`. */
  create(options: Record<string, unknown>, lie: Dishonesty = {}) {
    const { challenge, rp, user } = options as { challenge: string; rp: { id: string }; user: { id: string } }
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const cose = cbor([
      [1, 2], // kty: EC2
      [3, -7], // alg: ES256
      [-1, 1], // crv: P-256
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ])
    const id = randomBytes(32)
    this.#keys.push({ id, privateKey, userHandle: Buffer.from(user.id, 'base64url'), counter: 0 })
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.length)
    const data = Buffer.concat([this.#data(lie.rpId ?? rp.id, AT, 0, lie), Buffer.alloc(16), length, id, cose])
    const attestationObject = cbor([
      ['fmt', 'none'],
      ['attStmt', []],
      ['authData', data],
    ])
    return {
      id: b64(id),
      rawId: b64(id),
      type: 'public-key' as const,
      response: {
        clientDataJSON: this.#clientData('webauthn.create', challenge, lie),
        attestationObject: b64(attestationObject),
        transports: ['internal', 'hybrid'],
      },
      clientExtensionResults: {},
    }
  }

  /** Answers `navigator.credentials.get` with the newest passkey. */
  get(options: Record<string, unknown>, lie: Dishonesty = {}) {
    const { challenge, rpId } = options as { challenge: string; rpId: string }
    const key = this.#keys.at(-1)
    if (!key) throw new Error('There is no passkey on this authenticator.')
    key.counter = lie.counter ?? key.counter + 1
    const data = this.#data(lie.rpId ?? rpId, 0, key.counter, lie)
    const clientDataJSON = this.#clientData('webauthn.get', challenge, lie)
    const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    const signature = createSign('sha256')
      .update(lie.brokenSignature ? randomBytes(64) : signed)
      .sign(key.privateKey)
    return {
      id: b64(key.id),
      rawId: b64(key.id),
      type: 'public-key' as const,
      response: { clientDataJSON, authenticatorData: b64(data), signature: b64(signature), userHandle: b64(key.userHandle) },
      clientExtensionResults: {},
    }
  }

  #clientData(type: string, challenge: string, lie: Dishonesty): string {
    return b64(
      Buffer.from(JSON.stringify({ type, challenge: lie.challenge ?? challenge, origin: lie.origin ?? this.#origin, crossOrigin: false })),
    )
  }

  #data(rpId: string, more: number, counter: number, lie: Dishonesty): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([UP | (lie.withoutVerification ? 0 : UV) | BE | BS | more]), count])
  }
}
