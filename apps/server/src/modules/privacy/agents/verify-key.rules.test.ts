import { describe, expect, it } from 'vitest'
import { agentKey, signed } from './testing.ts'
import { openSigned, readVerifyKey } from './verify-key.rules.ts'

const bytes = (hex: string) => Buffer.from(hex, 'hex')
const keyOf = (hex: string) => readVerifyKey(bytes(hex).toString('base64'))

// RFC 8032 §7.1, TEST 2 and TEST 3; combined mode puts the signature before the message.
const vectors = [
  {
    name: 'TEST 2',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    name: 'TEST 3',
    key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
] as const

describe('a signed message', () => {
  it.each(vectors)('of RFC 8032 opens: $name', ({ key, message, signature }) => {
    const found = keyOf(key)
    expect(found && openSigned(found, bytes(signature + message))?.toString('hex')).toBe(message)
  })

  it.each(vectors)('of RFC 8032 does not open once a bit is another: $name', ({ key, message, signature }) => {
    const found = keyOf(key)
    if (!found) throw new Error('The key of the vector was not read.')
    for (const at of [0, 31, 32, 63, 64]) {
      const signedBytes = bytes(signature + message)
      signedBytes[at] = (signedBytes[at] ?? 0) ^ 1
      expect(openSigned(found, signedBytes), String(at)).toBeUndefined()
    }
  })

  it('does not open under another key, nor without a message', () => {
    const [own, other] = [agentKey(), agentKey()]
    const text = Buffer.from(signed(own.key, 'Hello'), 'base64')
    const read = (verifyKey: string) => readVerifyKey(verifyKey) ?? expect.fail('The key was not read.')
    expect(openSigned(read(own.verifyKey), text)?.toString()).toBe('Hello')
    expect(openSigned(read(other.verifyKey), text)).toBeUndefined()
    expect(openSigned(read(own.verifyKey), text.subarray(0, 64))).toBeUndefined()
  })
})

describe('a key is refused', () => {
  it.each([
    ['nothing', ''],
    ['hexadecimal', '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'],
    ['31 bytes', Buffer.alloc(31, 7).toString('base64')],
    ['33 bytes', Buffer.alloc(33, 7).toString('base64')],
    ['bits beyond its 32 bytes', `${Buffer.alloc(32, 7).toString('base64').slice(0, 42)}d=`],
  ])('that is %s', (_what, text) => {
    expect(readVerifyKey(text)).toBeUndefined()
  })

  it.each([
    ['the identity', '0100000000000000000000000000000000000000000000000000000000000000'],
    ['the identity with the sign bit', '0100000000000000000000000000000000000000000000000000000000000080'],
    ['the point of order 2', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['a point of order 4', '0000000000000000000000000000000000000000000000000000000000000000'],
    ['a point of order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
    ['the identity written otherwise', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ])('under which anybody could sign: %s', (_what, hex) => {
    expect(keyOf(hex)).toBeUndefined()
  })
})
