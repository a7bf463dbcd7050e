import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { ReceivedStream } from '../../packages/media/src/rtp/reception.ts'
import { readRtcp } from '../../packages/media/src/rtp/rtcp-packet.ts'
import { emptyRtpHeader, readRtp } from '../../packages/media/src/rtp/rtp-packet.ts'
import { packetFor, SentStream } from '../../packages/media/src/rtp/sending.ts'
import { RtpPort } from '../../packages/media/src/session/rtp-port.ts'
import { dice } from '../../packages/media/src/signals.fixture.ts'
import { sized } from '../setup/sizes.ts'

const packets = sized(20_000, 1_000_000)
const hex = (text: string) => Uint8Array.fromHex(text.replaceAll(' ', ''))

/** Good packets of every shape, from which the bad ones are made. */
const rtpModels = [
  `80 00 00 01  00 00 00 a0  00 00 00 07  ${'ff'.repeat(160)}`,
  '80 e5 00 02  00 00 01 40  00 00 00 07  05 0a 00 a0',
  `b2 08 00 03  00 00 01 e0  00 00 00 07  00 00 00 04  00 00 00 05  be de 00 01  10 aa 00 00  ${'d5'.repeat(80)} 00 02`,
].map(hex)
const rtcpModels = [
  '81 c8 00 0c  00 00 00 07  e9 00 00 00 80 00 00 00  00 00 0f a0  00 00 00 64  00 00 3e 80  00 00 00 09  0d ff ff fe  00 01 ff fe  00 00 00 2c  b7 05 20 00  00 05 40 00  81 ca 00 03 00 00 00 07 01 04 61 62 63 64 00 00',
  '80 c9 00 01 00 00 00 07  81 ca 00 02 00 00 00 07 01 01 61 00  81 cb 00 01 00 00 00 07',
  'a0 c9 00 02 00 00 00 01 00 00 00 04',
].map(hex)

/** A packet with a few bytes or bits changed, cut, or made longer. */
function mutated(model: Uint8Array, roll: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(roll() * limit)
  const length = roll() < 0.3 ? below(model.length + 9) : model.length
  const bytes = new Uint8Array(length)
  bytes.set(model.subarray(0, length))
  for (let changes = below(5); changes >= 0 && length > 0; changes--) {
    // Where lengths and counts stand, a change does most.
    const at = below(roll() < 0.5 ? Math.min(length, 32) : length)
    bytes[at] = roll() < 0.5 ? below(256) : (bytes[at] ?? 0) ^ (1 << below(8))
  }
  return bytes
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
const heap = () => {
  collect()
  return process.memoryUsage().heapUsed
}

describe(`${packets.toLocaleString('en')} mutated packets`, () => {
  it('of RTP never throw, are counted by what is wrong with them, and leave nothing behind', () => {
    const roll = dice(3550)
    const header = emptyRtpHeader()
    const stream = new ReceivedStream(8000)
    const counts = new Map<string, number>()
    const take = (packet: Uint8Array, index: number) => {
      const fault = readRtp(packet, header)
      const name = fault ?? stream.take(header, index * 20)
      counts.set(name, (counts.get(name) ?? 0) + 1)
      if (fault) return
      if (header.start < 12 || header.start > header.end || header.end > packet.length)
        throw new Error('The payload lies outside the packet.')
      const { expected, jitterMs } = stream.quality
      if (expected < 0 || !Number.isFinite(jitterMs)) throw new Error('A packet made the counts senseless.')
    }
    for (let i = 0; i < 5000; i++) take(mutated(rtpModels[i % rtpModels.length]!, roll), i)
    const before = heap()
    for (let i = 0; i < packets; i++) take(mutated(rtpModels[i % rtpModels.length]!, roll), i)
    expect(heap() - before).toBeLessThan(2_000_000)
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(packets + 5000)
    for (const fault of ['bad_padding', 'is_rtcp', 'too_short', 'truncated', 'wrong_version']) expect(counts.get(fault)).toBeGreaterThan(0)
    console.log(Object.fromEntries(counts))
  })

  it('of RTCP never throw, are counted by what is wrong with them, and leave nothing behind', () => {
    const roll = dice(3551)
    const counts = new Map<string, number>()
    const take = (packet: Uint8Array) => {
      const reading = readRtcp(packet)
      const name = reading.ok ? 'taken' : reading.fault
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    for (let i = 0; i < 5000; i++) take(mutated(rtcpModels[i % rtcpModels.length]!, roll))
    const before = heap()
    for (let i = 0; i < packets; i++) take(mutated(rtcpModels[i % rtcpModels.length]!, roll))
    expect(heap() - before).toBeLessThan(2_000_000)
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(packets + 5000)
    for (const fault of ['too_short', 'wrong_version', 'no_report_first', 'padding_inside', 'bad_padding', 'wrong_length'])
      expect([fault, counts.get(fault) ?? 0]).not.toEqual([fault, 0])
    console.log(Object.fromEntries(counts))
  })

  it('sent to a call never throw, never become more than a call, and leave nothing behind', () => {
    const roll = dice(3552)
    const from = { address: '192.0.2.7', port: 4000 }
    let told = 0
    const port = new RtpPort(
      { law: 'PCMU', payloadType: 0, eventType: 101, remote: from, latitude: 'address' },
      {
        start: { ssrc: 99, sequence: 1, timestamp: 1 },
        cname: 'proof',
        random: () => 0.5,
        epochMs: () => 1_800_000_000_000,
        send: () => undefined,
        tell: () => told++,
      },
      0,
    )
    const frame = new Int16Array(160)
    const good = packetFor(160)
    const voice = new SentStream({ ssrc: 7, sequence: 1, timestamp: 1 }, 8000)
    const models = [...rtpModels, ...rtcpModels]
    const take = (index: number) => {
      const nowMs = index * 5
      port.receive(mutated(models[index % models.length]!, roll), from.address, index % 3 === 0 ? 4001 : from.port, nowMs)
      if (index % 4 !== 0) return
      voice.stamp(good, 160, 0, 160, nowMs)
      port.receive(good, from.address, from.port, nowMs)
      port.read(frame, nowMs)
      port.write(frame, nowMs)
    }
    for (let i = 0; i < 5000; i++) take(i)
    const before = heap()
    for (let i = 5000; i < packets + 5000; i++) take(i)
    expect(heap() - before).toBeLessThan(2_000_000)
    expect(port.place).toEqual(from)
    const { mos, jitterMs } = port.quality(packets * 5)
    expect(mos).toBeGreaterThanOrEqual(1)
    expect(Number.isFinite(jitterMs)).toBe(true)
    expect(Object.keys(port.drops).length).toBeGreaterThan(8)
    console.log(port.drops, `${told} events`)
  })
})
