import { describe, expect, it } from 'vitest'
import { acceptCrypto, chooseCrypto, readCrypto, writeCrypto } from './sdes.ts'

/** The key of the examples in RFC 4568 §7.1. */
const key = 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz'

describe('a crypto attribute (RFC 4568)', () => {
  it.each([
    ['nothing', '', 'malformed'],
    ['no tag', `x AES_CM_128_HMAC_SHA1_80 inline:${key}`, 'malformed'],
    ['no key', '1 AES_CM_128_HMAC_SHA1_80', 'malformed'],
    ['another way to carry the key', `1 AES_CM_128_HMAC_SHA1_80 uri:${key}`, 'malformed'],
    ['letters that are not base64', '1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19z_W1jdGwgKCkgewkyMjA7fQp9CnVubGVz', 'malformed'],
    ['a suite not spoken here', `1 F8_128_HMAC_SHA1_80 inline:${key}`, 'unknown_suite'],
    ['a key too short', '1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwg', 'wrong_key_length'],
    ['a key identifier', `1 AES_CM_128_HMAC_SHA1_80 inline:${key}|2^20|1:4`, 'key_identifier'],
    ['two keys', `1 AES_CM_128_HMAC_SHA1_80 inline:${key}|2^20|1:4;inline:${key}|2^20|2:4`, 'key_identifier'],
    ['a lifetime that is none', `1 AES_CM_128_HMAC_SHA1_80 inline:${key}|for ever`, 'malformed'],
    ['no encryption', `1 AES_CM_128_HMAC_SHA1_80 inline:${key} UNENCRYPTED_SRTP`, 'unknown_parameter'],
    ['a key derivation rate', `1 AES_CM_128_HMAC_SHA1_80 inline:${key} KDR=1`, 'unknown_parameter'],
  ])('is refused with %s', (_, value, fault) => {
    expect(readCrypto(value)).toEqual({ ok: false, fault })
  })

  it.each([
    `1 AES_CM_128_HMAC_SHA1_80 inline:${key}`,
    `1 AES_CM_128_HMAC_SHA1_80 inline:${key}|2^20`,
    ` 1  AES_CM_128_HMAC_SHA1_80\tinline:${key}|1048576 WSH=128`,
  ])('is read: %s', (value) => {
    const reading = readCrypto(value)
    expect(reading.ok && writeCrypto(reading.line)).toBe(`1 AES_CM_128_HMAC_SHA1_80 inline:${key}`)
  })

  it('is chosen from an offer in its order', () => {
    const offer = [`1 AEAD_AES_256_GCM inline:${key}`, `2 AES_CM_128_HMAC_SHA1_32 inline:${key}`, `3 AES_CM_128_HMAC_SHA1_80 inline:${key}`]
    expect(chooseCrypto(offer)).toMatchObject({ tag: 2, suite: 'AES_CM_128_HMAC_SHA1_32' })
    expect(chooseCrypto(offer.slice(0, 1))).toBeUndefined()
  })

  it('is taken in an answer only with tag and suite as offered', () => {
    const offered = [{ tag: 4, suite: 'AES_CM_128_HMAC_SHA1_80', master: new Uint8Array(30) }] as const
    expect(acceptCrypto(offered, `4 AES_CM_128_HMAC_SHA1_80 inline:${key}`).ok).toBe(true)
    expect(acceptCrypto(offered, `1 AES_CM_128_HMAC_SHA1_80 inline:${key}`)).toEqual({ ok: false, fault: 'malformed' })
    expect(acceptCrypto(offered, `4 AES_CM_128_HMAC_SHA1_32 inline:${key}`)).toEqual({ ok: false, fault: 'malformed' })
  })
})
