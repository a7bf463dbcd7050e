import { describe, expect, it } from 'vitest'
import { ReceivedStream } from './reception.ts'
import { emptyRtpHeader, type RtpHeader, readRtp } from './rtp-packet.ts'
import { packetFor, reportIntervalMs, SentStream } from './sending.ts'

/** The packets of a stream, 20 ms each, from a sequence number and a timestamp. */
const packet = (index: number, { sequence = 100, timestamp = 0, ssrc = 7 } = {}): RtpHeader => ({
  ...emptyRtpHeader(),
  ssrc,
  sequence: (sequence + index) & 0xffff,
  timestamp: (timestamp + index * 160) >>> 0,
})

function received(indexes: readonly number[], from = {}): ReceivedStream {
  const stream = new ReceivedStream(8000)
  for (const index of indexes) stream.take(packet(index, from), index * 20)
  return stream
}
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)

describe('a stream that is received', () => {
  it('proves itself by two packets in a row before it counts', () => {
    const stream = new ReceivedStream(8000)
    expect(stream.take(packet(0), 0)).toBe('on_probation')
    expect(stream.take(packet(5), 20)).toBe('on_probation')
    expect(stream.quality).toMatchObject({ received: 0, expected: 0, lost: 0 })
    expect(stream.take(packet(6), 40)).toBe('taken')
    expect(stream.quality).toMatchObject({ received: 1, expected: 1, lost: 0 })
  })

  it('leaves out a packet from far off, and starts anew when the next follows it', () => {
    const stream = received(upTo(10))
    expect(stream.take(packet(20_000), 200)).toBe('too_far')
    expect(stream.take(packet(10), 200)).toBe('taken')
    expect(stream.take(packet(30_000), 220)).toBe('too_far')
    expect(stream.take(packet(30_001), 240)).toBe('taken')
    expect(stream.quality).toMatchObject({ received: 1, expected: 1, lost: 0 })
  })

  it('counts what is lost across the turn of the sequence number', () => {
    const stream = received(
      upTo(1000).filter((index) => index % 10 !== 9),
      { sequence: 65_000 },
    )
    expect(stream.quality).toMatchObject({ received: 899, expected: 998, lost: 99 })
    expect(stream.report(0)).toMatchObject({ highest: 65_536 + ((65_000 + 998) & 0xffff), lost: 99 })
  })

  it('counts duplicates against losses, as the RFC says', () => {
    expect(received([0, 1, 2, 2, 2, 3]).quality).toMatchObject({ received: 5, expected: 3, lost: -2 })
  })

  it('tells the share lost since the last report only', () => {
    const stream = received(upTo(101))
    expect(stream.report(0).fractionLost).toBe(0)
    for (const index of upTo(200).slice(101)) if (index % 2 === 1) stream.take(packet(index), index * 20)
    expect(stream.report(0).fractionLost).toBe(Math.floor((49 * 256) / 99))
    expect(stream.report(0).fractionLost).toBe(0)
  })

  it('finds no jitter where packets come as evenly as they were sent, across the turn of the timestamp', () => {
    expect(received(upTo(300), { timestamp: 0xffff_ff00 }).quality.jitterMs).toBe(0)
  })

  it('finds the jitter of the formula in RFC 3550 §6.4.1', () => {
    const stream = new ReceivedStream(8000)
    let expected = 0
    const late = [0, 0, 5, 0, 12, 3, 3, 40, 0, 7]
    for (const [index, delay] of late.entries()) {
      stream.take(packet(index), index * 20 + delay)
      // The first packet is on probation; differences count from the third on.
      if (index >= 2) expected += (Math.abs(delay - (late[index - 1] ?? 0)) * 8 - expected) / 16
    }
    expect(stream.quality.jitterMs).toBeCloseTo(expected / 8, 10)
    expect(stream.report(0).jitter).toBe(Math.floor(expected))
  })

  it('leaves packets without a time of their own out of the jitter', () => {
    const stream = received(upTo(50))
    stream.take({ ...packet(50), timestamp: 49 * 160 }, 5000, false)
    expect(stream.quality).toMatchObject({ jitterMs: 0, received: 50 })
  })

  it('starts all over when the source changes', () => {
    const stream = received(upTo(50))
    stream.take(packet(0, { ssrc: 9, sequence: 9000 }), 1000)
    stream.take(packet(1, { ssrc: 9, sequence: 9000 }), 1020)
    expect(stream.quality).toEqual({ received: 1, expected: 1, lost: 0, jitterMs: 0 })
    expect(stream.ssrc).toBe(9)
  })

  it('tells how long ago it heard a sender report', () => {
    const stream = received(upTo(5))
    expect(stream.report(500)).toMatchObject({ lastReport: 0, delaySinceLast: 0 })
    stream.heardReport(0xb705_2000, 1000)
    expect(stream.report(6250)).toMatchObject({ lastReport: 0xb705_2000, delaySinceLast: 0x0005_4000 })
  })
})

describe('a stream that is sent', () => {
  it('numbers its packets from where it begins, and reports itself', () => {
    const stream = new SentStream({ ssrc: 42, sequence: 65_535, timestamp: 0xffff_ffff }, 8000)
    expect(stream.report(0, 0)).toBeUndefined()
    const bytes = packetFor(160)
    const header = emptyRtpHeader()
    stream.stamp(bytes, 160, 0, 160, 0, true)
    readRtp(bytes, header)
    expect(header).toMatchObject({ ssrc: 42, sequence: 65_535, timestamp: 0xffff_ffff, marker: true, payloadType: 0 })
    stream.skip(800)
    stream.stamp(bytes, 160, 0, 160, 120)
    readRtp(bytes, header)
    expect(header).toMatchObject({ sequence: 0, timestamp: 959, marker: false })
    // 20 ms after the last packet the stream's time is 160 samples further on.
    expect(stream.report(140, 1_800_000_000_000)).toMatchObject({ packets: 2, octets: 320, timestamp: 959 + 160 + 160 })
  })

  it('gives packets of one event the same timestamp without moving on', () => {
    const stream = new SentStream({ ssrc: 1, sequence: 0, timestamp: 500 }, 8000)
    const bytes = packetFor(4)
    stream.stampAt(bytes, 4, 101, 500, true)
    expect(stream.timestamp).toBe(500)
    stream.stampAt(bytes, 4, 101, 500, false)
    const header = emptyRtpHeader()
    readRtp(bytes, header)
    expect(header).toMatchObject({ sequence: 1, timestamp: 500, payloadType: 101 })
  })

  it('reports about every five seconds, sooner at first, never exactly', () => {
    expect(reportIntervalMs(0.5, false)).toBeCloseTo(5000 / 1.21828, 0)
    expect(reportIntervalMs(0, true)).toBeCloseTo(1026, 0)
    expect(reportIntervalMs(1, false)).toBeCloseTo(6156, 0)
  })
})
