import { describe, expect, it } from 'vitest'
import { emptyRtpHeader, readRtp } from '../rtp/rtp-packet.ts'
import { SentStream } from '../rtp/sending.ts'
import { SrtpReceiver, SrtpSender } from '../srtp/srtp.ts'
import { bridge, RelayLeg, type RelaySide } from './relay.ts'

const customer = { address: '192.0.2.1', port: 4000 }
const agent = { address: '192.0.2.2', port: 5000 }
const third = { address: '192.0.2.3', port: 6000 }

/** A side of a relay that keeps what is sent to it. */
function side(remote = customer, more: Partial<RelaySide> = {}) {
  const sent: Uint8Array[] = []
  const leg = new RelayLeg(
    {
      remote,
      latitude: 'none',
      payloadTypes: new Map([
        [0, 0],
        [101, 101],
      ]),
      start: { ssrc: 77, sequence: 65_533, timestamp: 0xffff_ff00 },
      send: (bytes) => sent.push(bytes.slice()),
      ...more,
    },
    0,
  )
  return { leg, sent }
}
const stream = (ssrc = 5, sequence = 10) => new SentStream({ ssrc, sequence, timestamp: 1000 }, 8000)
function packet(from: SentStream, payloadType = 0): Uint8Array {
  const bytes = new Uint8Array(172).fill(0x55)
  from.stamp(bytes, 160, payloadType, 160, 0)
  return bytes
}
const headersOf = (sent: readonly Uint8Array[]) =>
  sent.map((bytes) => {
    const header = emptyRtpHeader()
    expect(readRtp(bytes, header)).toBeUndefined()
    return header
  })

describe('a relay', () => {
  it('passes on nothing from strangers, of other payloads, or while nobody hears', () => {
    const one = side()
    const other = side(agent)
    one.leg.receive(packet(stream()), customer.address, customer.port, 0)
    expect(one.leg.relayed).toBe(0)
    bridge(one.leg, other.leg)
    one.leg.receive(packet(stream()), third.address, third.port, 0)
    one.leg.receive(packet(stream(), 96), customer.address, customer.port, 0)
    one.leg.receive(new Uint8Array(3), customer.address, customer.port, 0)
    one.leg.receive(Uint8Array.of(0x80, 200, 0, 0), customer.address, customer.port, 0)
    expect(other.sent).toEqual([])
    expect(one.leg.drops).toEqual({ stranger: 1, other_payload: 1, too_short: 1 })
  })

  it('gives each side one stream of its own, from where that began, across the turn of its numbers', () => {
    const one = side()
    const other = side(agent)
    bridge(one.leg, other.leg)
    const from = stream()
    for (let i = 0; i < 5; i++) one.leg.receive(packet(from), customer.address, customer.port, i * 20)
    const headers = headersOf(other.sent)
    expect(headers.map(({ ssrc }) => ssrc)).toEqual(Array(5).fill(77))
    expect(headers.map(({ sequence }) => sequence)).toEqual([65_534, 65_535, 0, 1, 2])
    expect(headers.map(({ timestamp }) => timestamp)).toEqual([0xffff_ffa0, 64, 224, 384, 544])
    expect(other.sent[0]?.subarray(12)).toEqual(new Uint8Array(160).fill(0x55))
  })

  it('keeps gaps and late packets as they are: the receiver must see them', () => {
    const one = side()
    const other = side(agent)
    bridge(one.leg, other.leg)
    const from = stream()
    const packets = Array.from({ length: 6 }, () => packet(from))
    for (const index of [0, 1, 4, 3, 5]) one.leg.receive(packets[index] ?? new Uint8Array(), customer.address, customer.port, 0)
    expect(headersOf(other.sent).map(({ sequence }) => (sequence - 65_534) & 0xffff)).toEqual([0, 1, 4, 3, 5])
  })

  it('goes on where it was when a transfer brings another voice', () => {
    const one = side()
    const two = side(third)
    const other = side(agent)
    bridge(one.leg, other.leg)
    const from = stream()
    for (let i = 0; i < 3; i++) one.leg.receive(packet(from), customer.address, customer.port, i * 20)
    one.leg.leadTo(undefined)
    bridge(two.leg, other.leg)
    const next = stream(900, 40_000)
    for (let i = 0; i < 2; i++) two.leg.receive(packet(next), third.address, third.port, i * 20)
    const headers = headersOf(other.sent)
    expect(headers.map(({ sequence }) => (sequence - 65_534) & 0xffff)).toEqual([0, 1, 2, 3, 4])
    const steps = headers.slice(1).map(({ timestamp }, i) => (timestamp - (headers[i]?.timestamp ?? 0)) >>> 0)
    expect(steps).toEqual([160, 160, 160, 160])
  })

  it('renames payload types, and leaves extensions behind', () => {
    const browser = side(customer, {
      payloadTypes: new Map([
        [0, 0],
        [126, 101],
      ]),
    })
    const other = side(agent)
    bridge(browser.leg, other.leg)
    browser.leg.receive(Uint8Array.fromHex(`90fe00010000006400000007bede0001aabbccdd050001a0`), customer.address, customer.port, 0)
    const [header] = headersOf(other.sent)
    expect(header).toMatchObject({ payloadType: 101, marker: true, start: 12, end: 16 })
    expect(other.sent[0]?.subarray(12).toHex()).toBe('050001a0')
  })

  it('opens what one side protects, and protects it anew for the other', () => {
    const suite = 'AES_CM_128_HMAC_SHA1_80'
    const key = (value: number) => new Uint8Array(30).fill(value)
    const one = side(customer, { srtp: { suite, ours: key(1), theirs: key(2) } })
    const other = side(agent, { srtp: { suite, ours: key(3), theirs: key(4) } })
    bridge(one.leg, other.leg)
    const bytes = new Uint8Array(182)
    bytes.set(packet(stream()))
    const plain = bytes.slice(12, 172)
    new SrtpSender(suite, key(2)).protect(bytes, 172)
    one.leg.receive(bytes.slice(), customer.address, customer.port, 0)
    one.leg.receive(bytes.slice(), customer.address, customer.port, 0)
    expect(one.leg.drops).toEqual({ replayed: 1 })
    const [sent = new Uint8Array()] = other.sent
    expect(new SrtpReceiver(suite, key(3)).unprotect(sent, sent.length)).toBe(172)
    expect(sent.slice(12, 172)).toEqual(plain)
  })
})
