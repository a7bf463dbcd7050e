import { describe, expect, it } from 'vitest'
import { packetFor, SentStream } from '../rtp/sending.ts'
import { dice } from '../signals.fixture.ts'
import { deriveKey, keyStream } from './key-derivation.ts'
import { ReplayWindow } from './replay-window.ts'
import { SrtcpReceiver, SrtcpSender } from './srtcp.ts'
import { packetIndex, SrtpReceiver, SrtpSender } from './srtp.ts'

const hex = (text: string) => Uint8Array.fromHex(text.replaceAll(/\s/g, ''))
const toHex = (bytes: Uint8Array) => bytes.toHex()
/** The master key and salt of RFC 3711 Appendix B.3. */
const master = hex('e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6')
const other = master.slice().reverse()

describe('the published vectors', () => {
  it('of the key stream (RFC 3711 Appendix B.2)', () => {
    const iv = hex('f0f1f2f3f4f5f6f7f8f9fafbfcfd0000')
    expect(toHex(keyStream(hex('2b7e151628aed2a6abf7158809cf4f3c'), iv, 48))).toBe(
      'e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0',
    )
  })

  it('of key derivation (RFC 3711 Appendix B.3)', () => {
    const derive = (label: number, length: number) => toHex(deriveKey(master.subarray(0, 16), master.subarray(16), label, length))
    expect(derive(0, 16)).toBe('c61e7a93744f39ee10734afe3ff7a087')
    expect(derive(2, 14)).toBe('30cbbc08863d8c85d49db34a9ae1')
    expect(derive(1, 94)).toBe(
      'cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbcee049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc256d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2',
    )
  })

  it('of a whole packet and a whole report, as libsrtp publishes them for this key', () => {
    const plain = hex('800f1234decafbadcafebabe abababababababababababababababab')
    const bytes = new Uint8Array(38)
    bytes.set(plain)
    expect(new SrtpSender('AES_CM_128_HMAC_SHA1_80', master).protect(bytes, 28)).toBe(38)
    expect(toHex(bytes)).toBe('800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb')
    const report = new SrtcpSender(master).protect(hex('81c8000bcafebabe abababababababababababababababab'))
    expect(typeof report === 'string' ? report : toHex(report)).toBe(
      '81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798',
    )
  })
})

const suites = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const
describe.each(suites)('RTP under %s', (suite) => {
  const tag = suite.endsWith('80') ? 10 : 4

  /** So many protected packets of 160 bytes, and what was in them. */
  function protectedPackets(count: number, sequence = 65_500) {
    const stream = new SentStream({ ssrc: 0xcafe_babe, sequence, timestamp: 0 }, 8000)
    const sender = new SrtpSender(suite, master)
    return Array.from({ length: count }, (_, i) => {
      const bytes = new Uint8Array(172 + sender.overhead)
      stream.stamp(bytes, 160, 0, 160, 0)
      bytes.fill(i, 12, 172)
      const plain = bytes.slice(0, 172)
      expect(sender.protect(bytes, 172)).toBe(172 + tag)
      return { plain, bytes }
    })
  }

  it('refuses what is changed anywhere, and leaves it as it came', () => {
    const receiver = new SrtpReceiver(suite, master)
    const [{ bytes } = { bytes: new Uint8Array() }] = protectedPackets(1)
    for (const at of [1, 2, 5, 13, 171, 172, bytes.length - 1]) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      const before = changed.slice()
      expect([at, receiver.unprotect(changed, changed.length)]).toEqual([at, 'forged'])
      expect(changed).toEqual(before)
    }
  })

  it('refuses what another key has made, what is too short, and what is no RTP', () => {
    const [{ bytes } = { bytes: new Uint8Array() }] = protectedPackets(1)
    expect(new SrtpReceiver(suite, other).unprotect(bytes.slice(), bytes.length)).toBe('forged')
    expect(new SrtpReceiver(suite, master).unprotect(bytes.slice(0, 15), 15)).toBe('too_short')
    expect(new SrtpReceiver(suite, master).unprotect(new Uint8Array(60), 60)).toBe('not_rtp')
  })

  it('opens each packet once, in any order, across the turn of the sequence number', () => {
    const receiver = new SrtpReceiver(suite, master)
    const packets = protectedPackets(80)
    const order = packets.map((_, i) => (i % 4 === 3 ? i : i % 4 === 0 ? i + 2 : i % 4 === 1 ? i : i - 2))
    for (const index of order) {
      const { plain, bytes } = packets[index] ?? { plain: new Uint8Array(), bytes: new Uint8Array() }
      const copy = bytes.slice()
      expect([index, receiver.unprotect(copy, copy.length)]).toEqual([index, 172])
      expect(copy.subarray(0, 172)).toEqual(plain)
      expect(receiver.unprotect(bytes.slice(), bytes.length)).toBe('replayed')
    }
  })

  it('opens what comes after a gap of thousands', () => {
    const packets = protectedPackets(20_001)
    const receiver = new SrtpReceiver(suite, master)
    for (const index of [0, 1, 20_000]) {
      const { bytes, plain } = packets[index] ?? { bytes: new Uint8Array(), plain: new Uint8Array() }
      expect(receiver.unprotect(bytes, bytes.length)).toBe(172)
      expect(bytes.subarray(0, 172)).toEqual(plain)
    }
  })

  it('opens a packet with padding, which is encrypted as well', () => {
    const plain = hex('a00012340000000100000007 0102030405060003')
    const bytes = new Uint8Array(plain.length + tag)
    bytes.set(plain)
    new SrtpSender(suite, master).protect(bytes, plain.length)
    expect(new SrtpReceiver(suite, master).unprotect(bytes, bytes.length)).toBe(plain.length)
    expect(bytes.subarray(0, plain.length)).toEqual(plain)
  })

  it('keeps counters of eight sources at most', () => {
    const sender = new SrtpSender(suite, master)
    const results = Array.from({ length: 10 }, (_, ssrc) => {
      const bytes = new Uint8Array(172 + tag)
      new SentStream({ ssrc, sequence: 1, timestamp: 0 }, 8000).stamp(bytes, 160, 0, 160, 0)
      return sender.protect(bytes, 172)
    })
    expect(results.slice(7)).toEqual([172 + tag, 'too_many_sources', 'too_many_sources'])
  })

  it('never throws on garbage, and opens none of it', () => {
    const roll = dice(3711)
    const receiver = new SrtpReceiver(suite, master)
    for (let i = 0; i < 5000; i++) {
      const bytes = Uint8Array.from({ length: Math.floor(roll() * 200) }, (_, at) => (at === 0 ? 0x80 | (roll() * 64) : roll() * 256))
      expect(typeof receiver.unprotect(bytes, bytes.length)).toBe('string')
    }
  })
})

describe('the index of a packet (RFC 3711 §3.3.1)', () => {
  it.each([
    [-1, 500, 500],
    [65_535, 0, 65_536],
    [65_536, 65_535, 65_535],
    [10, 65_000, -536],
    [3 * 65_536 + 40_000, 100, 4 * 65_536 + 100],
    [3 * 65_536 + 100, 40_000, 2 * 65_536 + 40_000],
  ])('after %i, sequence number %i is %i', (newest, sequence, index) => {
    expect(packetIndex(newest, sequence)).toBe(index)
  })
})

describe('reports', () => {
  const report = hex('80c90001000000070001020304050607')

  it('are opened once each, and refused when they are changed, replayed, too old or too short', () => {
    const sender = new SrtcpSender(master)
    const receiver = new SrtcpReceiver(master)
    const packets = Array.from({ length: 200 }, () => sender.protect(report)).filter((packet) => typeof packet !== 'string')
    expect(receiver.unprotect(packets[5] ?? report)).toEqual(report)
    expect(receiver.unprotect(packets[5] ?? report)).toBe('replayed')
    expect(receiver.unprotect(packets[4] ?? report)).toEqual(report)
    expect(receiver.unprotect((packets[6] ?? report).with(9, 0))).toBe('forged')
    expect(receiver.unprotect(packets[199] ?? report)).toEqual(report)
    expect(receiver.unprotect(packets[50] ?? report)).toBe('replayed')
    expect(receiver.unprotect(report)).toBe('too_short')
  })
})

describe('the replay window', () => {
  it('knows 128 packets back', () => {
    const window = new ReplayWindow()
    window.remember(1000)
    expect([872, 873, 999, 1000, 1001].map((index) => window.isNew(index))).toEqual([false, true, true, false, true])
  })
})

describe('a packet to be sent', () => {
  it('needs room for its tag', () => {
    const bytes = packetFor(160)
    new SentStream({ ssrc: 1, sequence: 1, timestamp: 0 }, 8000).stamp(bytes, 160, 0, 160, 0)
    expect(new SrtpSender('AES_CM_128_HMAC_SHA1_80', master).protect(bytes, 172)).toBe('too_long')
  })
})
