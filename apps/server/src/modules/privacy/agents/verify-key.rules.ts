import { createPublicKey, type KeyObject, verify } from 'node:crypto'

const KEY = /^[A-Za-z0-9+/]{43}=$/
const SIGNATURE_BYTES = 64

/**
 * Points of small order of the curve, with and without the sign bit: under them a signature proves nothing. libsodium, which agents use, refuses the same
 * (ge25519_has_small_order), OpenSSL does not.
 */
const smallOrder = new Set(
  [
    '0100000000000000000000000000000000000000000000000000000000000000',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '0000000000000000000000000000000000000000000000000000000000000000',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ].flatMap((hex) => [hex, withSignBit(hex)]),
)

function withSignBit(hex: string): string {
  const bytes = Buffer.from(hex, 'hex')
  bytes[31] = (bytes[31] ?? 0) | 0x80
  return bytes.toString('hex')
}

/** The key that an agent signs with: 32 bytes of Ed25519 in base64, as libsodium writes it. Undefined for what is none, or would let anybody sign. */
export function readVerifyKey(text: string): KeyObject | undefined {
  if (!KEY.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text || smallOrder.has(bytes.toString('hex'))) return undefined
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' })
  } catch {
    return undefined
  }
}

/** Opens what `crypto_sign` of libsodium made: the signature, and right behind it the message. Undefined where it is not signed with this key. */
export function openSigned(key: KeyObject, signed: Buffer): Buffer | undefined {
  if (signed.length <= SIGNATURE_BYTES) return undefined
  const message = signed.subarray(SIGNATURE_BYTES)
  return verify(null, message, key, signed.subarray(0, SIGNATURE_BYTES)) ? message : undefined
}
