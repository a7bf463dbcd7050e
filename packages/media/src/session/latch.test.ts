import { describe, expect, it } from 'vitest'
import { emptyRtpHeader } from '../rtp/rtp-packet.ts'
import { Latch, type Latitude } from './latch.ts'

const said = { address: '198.51.100.7', port: 4000 }
const packet = (sequence: number, ssrc = 7) => ({ ...emptyRtpHeader(), sequence: sequence & 0xffff, ssrc })
const open = (latitude: Latitude = 'address') => new Latch(said, latitude, 0)

/** So many packets from a place, 20 ms apart; the verdicts. */
const send = (latch: Latch, from: { address: string; port: number }, count: number, at = 0, sequence = 100, ssrc = 7, genuine = false) =>
  Array.from({ length: count }, (_, i) => latch.judge(from.address, from.port, packet(sequence + i, ssrc), at + i * 20, genuine))

const router = { address: '203.0.113.9', port: 61_000 }
const stranger = { address: '192.0.2.66', port: 5555 }

describe('the place of the other side', () => {
  it('is where the signalling says, until something else is learned', () => {
    const latch = open()
    expect(latch.place).toEqual(said)
    expect(send(latch, said, 2)).toEqual(['ours', 'ours'])
  })

  it('is not moved by one packet, nor by packets that do not follow each other', () => {
    const latch = open()
    expect(latch.judge(router.address, router.port, packet(1), 0)).toBe('waiting')
    expect(latch.judge(router.address, router.port, packet(3), 20)).toBe('waiting')
    expect(latch.judge(router.address, router.port, packet(5), 40)).toBe('waiting')
    expect(latch.place).toEqual(said)
  })

  it('is learned from three packets in a row behind a router', () => {
    const latch = open()
    expect(send(latch, router, 4)).toEqual(['waiting', 'waiting', 'learned', 'ours'])
    expect(latch.place).toEqual(router)
  })

  it('is not taken by somebody who sends to our port, while the call speaks', () => {
    const latch = open()
    send(latch, router, 50)
    expect(new Set(send(latch, stranger, 20, 1000))).toEqual(new Set(['stranger']))
    expect(new Set(send(latch, stranger, 20, 1000, 150))).toEqual(new Set(['stranger']))
    expect(latch.place).toEqual(router)
  })

  it('is not taken after silence by another source, nor by one that does not go on where the call was', () => {
    const latch = open()
    send(latch, router, 50)
    expect(new Set(send(latch, stranger, 20, 5000, 200, 99))).toEqual(new Set(['stranger']))
    expect(new Set(send(latch, stranger, 20, 5000, 40_000))).toEqual(new Set(['stranger']))
    expect(new Set(send(latch, stranger, 20, 5000, 20))).toEqual(new Set(['stranger']))
  })

  it('moves with a telephone from Wi-Fi to mobile, across the turn of the sequence number', () => {
    const latch = open()
    send(latch, router, 50, 0, 65_480)
    const mobile = { address: '203.0.113.80', port: 1025 }
    expect(send(latch, mobile, 3, 3000, 65_600)).toEqual(['waiting', 'waiting', 'learned'])
    expect(latch.place).toEqual(mobile)
  })

  it('moves at once with packets whose tag is right', () => {
    const latch = open('none')
    send(latch, said, 10)
    expect(send(latch, router, 1, 200, 110, 7, true)).toEqual(['learned'])
  })

  it('is learned only in the first seconds', () => {
    expect(new Set(send(open(), router, 10, 9000))).toEqual(new Set(['stranger']))
  })

  it('is not learned once the place that was said has spoken', () => {
    const latch = open()
    send(latch, said, 1)
    expect(new Set(send(latch, router, 10, 20))).toEqual(new Set(['stranger']))
  })

  it('stays within its latitude', () => {
    const otherPort = { ...said, port: 9999 }
    expect(new Set(send(open('none'), otherPort, 5))).toEqual(new Set(['stranger']))
    expect(send(open('port'), otherPort, 3).at(-1)).toBe('learned')
    expect(new Set(send(open('port'), router, 5))).toEqual(new Set(['stranger']))
  })

  it('is forgotten when the signalling says a new one, and kept when it says the same', () => {
    const latch = open()
    send(latch, router, 5)
    latch.renew(said, 1000)
    expect(latch.place).toEqual(router)
    const moved = { address: '198.51.100.8', port: 4002 }
    latch.renew(moved, 2000)
    expect(latch.place).toEqual(moved)
    expect(send(latch, stranger, 3, 2100).at(-1)).toBe('learned')
  })
})
