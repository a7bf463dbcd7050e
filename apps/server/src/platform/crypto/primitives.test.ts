import { describe, expect, it } from 'vitest'
import { CannotDecrypt, derive, hmac, open, seal } from './primitives.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')

// The AES-256 cases of McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, as submitted to NIST; test case 15 has no additional data.
const nistKey = hex('feffe9928665731c6d6a8f9467308308 feffe9928665731c6d6a8f9467308308')
const nistPlain = hex(
  'd9313225f88406e5a55909c5aff5269a 86a7a9531534f7da2e4c303d8a318a72 1c3c0c95956809532fcf0e2449a6b525 b16aedf5aa0de657ba637b391aafd255',
)
const nistSealed = hex(
  '522dc1f099567d07f47f37a32a84427d 643a8cdcbfe5c0c97598a2bd2555d1aa 8cb08e48590dbb3da7b08b1056828838 c5f61e6393ba7a0abcc9f662898015ad',
)
const nistIv = hex('cafebabefacedbaddecaf888')
const nistBound = hex('feedfacedeadbeeffeedfacedeadbeefabaddad2')

describe('AES-256-GCM', () => {
  it.each([
    ['NIST GCM test case 13', Buffer.alloc(32), Buffer.alloc(12), '', '530f8afbc74536b9a963b4f1c4cb738b', Buffer.alloc(0), ''],
    [
      'NIST GCM test case 14',
      Buffer.alloc(32),
      Buffer.alloc(12),
      'cea7403d4d606b6e074ec5d3baf39d18',
      'd0d1c8a799996bf0265b98b5d48ab919',
      Buffer.alloc(16),
      '',
    ],
    ['NIST GCM test case 15', nistKey, nistIv, nistSealed.toString('hex'), 'b094dac5d93471bdec1a502270e3cc6c', nistPlain, ''],
    [
      'NIST GCM test case 16',
      nistKey,
      nistIv,
      nistSealed.subarray(0, 60).toString('hex'),
      '76fc6ece0f4e1768cddf8853bb2d551b',
      nistPlain.subarray(0, 60),
      nistBound,
    ],
  ])('opens %s', (_name, key, iv, sealed, tag, plain, bound) => {
    expect(open(key, { iv, sealed: hex(sealed), tag: hex(tag) }, bound)).toEqual(plain)
  })

  it('refuses NIST GCM test case 16 with one bit of anything changed', () => {
    const sealed = nistSealed.subarray(0, 60)
    const tag = hex('76fc6ece0f4e1768cddf8853bb2d551b')
    const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 3 ? byte ^ 0x10 : byte)))
    expect(() => open(nistKey, { iv: nistIv, sealed: flip(sealed), tag }, nistBound)).toThrow(CannotDecrypt)
    expect(() => open(nistKey, { iv: nistIv, sealed, tag: flip(tag) }, nistBound)).toThrow(CannotDecrypt)
    expect(() => open(nistKey, { iv: flip(nistIv), sealed, tag }, nistBound)).toThrow(CannotDecrypt)
    expect(() => open(flip(nistKey), { iv: nistIv, sealed, tag }, nistBound)).toThrow(CannotDecrypt)
    expect(() => open(nistKey, { iv: nistIv, sealed, tag }, flip(nistBound))).toThrow(CannotDecrypt)
  })

  it('refuses a shortened tag, which would be easier to guess', () => {
    const tag = hex('76fc6ece0f4e1768cddf8853')
    expect(() => open(nistKey, { iv: nistIv, sealed: nistSealed.subarray(0, 60), tag }, nistBound)).toThrow('cut short')
  })

  it('opens what it sealed, each time with another IV', () => {
    const one = seal(nistKey, nistPlain, 'here')
    const two = seal(nistKey, nistPlain, 'here')
    expect(one.iv).not.toEqual(two.iv)
    expect(open(nistKey, one, 'here')).toEqual(nistPlain)
    expect(open(nistKey, two, 'here')).toEqual(nistPlain)
  })
})

it('derives keys as RFC 5869 A.3 (no salt, no info)', () => {
  const key = derive(Buffer.alloc(22, 0x0b), '')
  expect(key.toString('hex')).toBe('8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d')
})

it.each([
  [
    'RFC 4231 test case 1',
    Buffer.alloc(20, 0x0b),
    Buffer.from('Hi There'),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  ],
  [
    'RFC 4231 test case 2',
    Buffer.from('Jefe'),
    Buffer.from('what do ya want for nothing?'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    'RFC 4231 test case 3',
    Buffer.alloc(20, 0xaa),
    Buffer.alloc(50, 0xdd),
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  ],
  [
    'RFC 4231 test case 6',
    Buffer.alloc(131, 0xaa),
    Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First'),
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
])('hashes with a key as %s', (_name, key, data, hash) => {
  expect(hmac(key, data).toString('hex')).toBe(hash)
})
