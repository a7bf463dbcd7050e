import { describe, expect, it } from 'vitest'
import { emptyRtpHeader, isRtcp, readRtp, writeRtpHeader } from './rtp-packet.ts'
import { sequenceDistance, sequencePlus, timestampDistance, timestampPlus } from './sequence.ts'

const hex = (text: string) => Uint8Array.fromHex(text.replaceAll(' ', ''))
const plain = '80 00 12 34  00 00 00 a0  ca fe ba be'

describe('an RTP packet', () => {
  it.each([
    ['nothing', '', 'too_short'],
    ['eleven bytes', '80 00 12 34 00 00 00 a0 ca fe ba', 'too_short'],
    ['version 1', '40 00 12 34 00 00 00 a0 ca fe ba be', 'wrong_version'],
    ['STUN, whose first two bits are zero', '00 01 00 00 21 12 a4 42 00 00 00 00 00 00 00 00', 'wrong_version'],
    ['a sender report', '80 c8 00 06 00 00 00 a0 ca fe ba be', 'is_rtcp'],
    ['three contributing sources that are not there', '83 00 12 34 00 00 00 a0 ca fe ba be 00 00 00 01', 'truncated'],
    ['an extension without its length', `90${plain.slice(2)} be`, 'truncated'],
    ['an extension longer than the packet', `90${plain.slice(2)} be de 00 02 00 00 00 00`, 'truncated'],
    ['padding of nothing', `a0${plain.slice(2)} 01 00`, 'bad_padding'],
    ['padding longer than the payload', `a0${plain.slice(2)} 01 03`, 'bad_padding'],
  ])('is not %s', (_, bytes, fault) => {
    const header = emptyRtpHeader()
    expect(readRtp(hex(bytes), header)).toBe(fault)
    expect(header).toEqual(emptyRtpHeader())
  })

  it('is read with its fixed header', () => {
    const header = emptyRtpHeader()
    expect(readRtp(hex('80 e5 ff ff  ff ff ff ff  80 00 00 01  55 56'), header)).toBeUndefined()
    expect(header).toEqual({
      payloadType: 101,
      marker: true,
      sequence: 65_535,
      timestamp: 4_294_967_295,
      ssrc: 0x8000_0001,
      start: 12,
      end: 14,
    })
  })

  it('is read behind contributing sources and an extension, before its padding', () => {
    const header = emptyRtpHeader()
    const bytes = hex('b2 08 00 01  00 00 00 02  00 00 00 03  00 00 00 04  00 00 00 05  be de 00 01  10 aa 00 00  d5 d5 d5 00 02')
    expect(readRtp(bytes, header)).toBeUndefined()
    expect([header.payloadType, header.start, header.end]).toEqual([8, 28, 31])
  })

  it('is written as it is read', () => {
    const bytes = new Uint8Array(12)
    const written = { payloadType: 0, marker: true, sequence: 54_321, timestamp: 0xfedc_ba98, ssrc: 0x8765_4321, start: 12, end: 12 }
    writeRtpHeader(bytes, written)
    const header = emptyRtpHeader()
    expect(readRtp(bytes, header)).toBeUndefined()
    expect(header).toEqual(written)
  })

  it('is told from RTCP on the same port, a marker on a payload type below 64 included (RFC 5761 §4)', () => {
    expect([0x80, 0xc7, 0xc8, 0xdf, 0xe0, 0xe5].map((second) => isRtcp(Uint8Array.of(0x80, second)))).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
    ])
  })
})

describe('numbers that turn over', () => {
  it('have a distance with a sign', () => {
    expect(sequenceDistance(65_535, 1)).toBe(2)
    expect(sequenceDistance(1, 65_535)).toBe(-2)
    expect(sequenceDistance(0, 32_768)).toBe(-32_768)
    expect(timestampDistance(0xffff_ff00, 0x100)).toBe(0x200)
    expect(timestampDistance(0x100, 0xffff_ff00)).toBe(-0x200)
  })

  it('go on from zero', () => {
    expect(sequencePlus(65_535, 1)).toBe(0)
    expect(sequencePlus(0, -1)).toBe(65_535)
    expect(timestampPlus(0xffff_ffff, 160)).toBe(159)
  })
})
