import { describe, expect, it } from 'vitest'
import { type ReportBlock, readRtcp, writeRtcp } from './rtcp-packet.ts'
import { compactNtp, ntpTime, roundTripMs } from './wall-clock.ts'

const hex = (text: string) => Uint8Array.fromHex(text.replaceAll(' ', ''))
const emptyReport = '80 c9 00 01 00 00 00 01'
const block: ReportBlock = {
  ssrc: 0xdead_beef,
  fractionLost: 13,
  lost: -2,
  highest: 0x0001_fffe,
  jitter: 44,
  lastReport: 0xb705_2000,
  delaySinceLast: 0x0005_4000,
}

describe('an RTCP packet', () => {
  it.each([
    ['four bytes', '80 c9 00 00', 'too_short'],
    ['version 3', 'c0 c9 00 01 00 00 00 01', 'wrong_version'],
    ['one that begins with a BYE', '81 cb 00 01 00 00 00 01', 'no_report_first'],
    ['longer than the datagram', '80 c9 00 02 00 00 00 01', 'wrong_length'],
    ['shorter than the datagram', `${emptyReport} 80`, 'wrong_length'],
    ['a report of two sources with room for none', '82 c9 00 01 00 00 00 01', 'wrong_length'],
    ['a sender report without what the sender says', '80 c8 00 01 00 00 00 01', 'wrong_length'],
    ['a BYE of three with room for one', `${emptyReport} 83 cb 00 01 00 00 00 01`, 'wrong_length'],
    ['a description whose text runs out', `${emptyReport} 81 ca 00 02 00 00 00 01 01 09 41 42`, 'wrong_length'],
    ['padded before the last part', `a0 c9 00 02 00 00 00 01 00 00 00 04 ${emptyReport}`, 'padding_inside'],
    ['padded by more than it holds', 'a0 c9 00 02 00 00 00 01 00 00 00 10', 'bad_padding'],
    ['padded by an odd count', 'a0 c9 00 02 00 00 00 01 00 00 00 03', 'bad_padding'],
  ])('is not %s', (_, bytes, fault) => {
    expect(readRtcp(hex(bytes))).toEqual({ ok: false, fault })
  })

  it('steps over what it does not know', () => {
    expect(readRtcp(hex(`${emptyReport} 80 cf 00 02 00 00 00 01 00 00 00 00`))).toMatchObject({
      ok: true,
      parts: [{ kind: 'report' }, { kind: 'other', type: 207 }],
    })
  })

  it('reads a padded report', () => {
    expect(readRtcp(hex('a0 c9 00 02 00 00 00 01 00 00 00 04'))).toEqual({
      ok: true,
      parts: [{ kind: 'report', ssrc: 1, blocks: [] }],
    })
  })

  it('comes back as it was written: sender report, description and BYE', () => {
    const sender = { ntp: { seconds: 0xb44d_b705, fraction: 0x2000_0000 }, timestamp: 4_000_000_000, packets: 7, octets: 1120 }
    const bytes = writeRtcp({ ssrc: 0x1234_5678, cname: 'p3x9Qé', sender, blocks: [block], bye: true })
    expect(bytes.length % 4).toBe(0)
    expect(readRtcp(bytes)).toEqual({
      ok: true,
      parts: [
        { kind: 'report', ssrc: 0x1234_5678, sender, blocks: [block] },
        { kind: 'description', ssrc: 0x1234_5678, cname: 'p3x9Qé' },
        { kind: 'bye', ssrcs: [0x1234_5678] },
      ],
    })
  })

  it('keeps a count of losses within its 24 bits (RFC 3550 Appendix A.3)', () => {
    const bytes = writeRtcp({ ssrc: 1, cname: 'a', blocks: [{ ...block, lost: 20_000_000 }] })
    expect(readRtcp(bytes)).toMatchObject({ parts: [{ blocks: [{ lost: 0x7f_ffff, fractionLost: 13 }] }, {}] })
  })

  it('tells of 31 sources at most', () => {
    const bytes = writeRtcp({ ssrc: 1, cname: 'a', blocks: Array.from({ length: 40 }, () => block) })
    const reading = readRtcp(bytes)
    expect(reading.ok && reading.parts[0]?.kind === 'report' && reading.parts[0].blocks.length).toBe(31)
  })
})

describe('the clocks of reports', () => {
  it('count from 1900', () => {
    expect(ntpTime(0)).toEqual({ seconds: 2_208_988_800, fraction: 0 })
    expect(ntpTime(1500)).toEqual({ seconds: 2_208_988_801, fraction: 0x8000_0000 })
    // The first era ends on 7 February 2036, and the next begins with 0.
    expect(ntpTime(Date.UTC(2036, 1, 7, 6, 28, 16)).seconds).toBe(0)
  })

  it('give the round trip of the example in RFC 3550, Figure 2', () => {
    // A = b710:8000, LSR = b705:2000, DLSR = 0005.4000: 6.125 s.
    const arrival = ((0xb44d_b710 + 0.5 - 2_208_988_800) % 2 ** 32) * 1000
    expect(compactNtp(ntpTime(arrival))).toBe(0xb710_8000)
    expect(roundTripMs(arrival, 0xb705_2000, 0x0005_4000)).toBe(6125)
  })

  it('give none where no report was seen, or the answer cannot be true', () => {
    expect(roundTripMs(1_000_000, 0, 0)).toBeUndefined()
    expect(roundTripMs(1_000_000, compactNtp(ntpTime(900_000)), 0)).toBeUndefined()
    expect(roundTripMs(1_000_000, compactNtp(ntpTime(1_000_000)), 65_536)).toBeUndefined()
    expect(roundTripMs(1_000_000, compactNtp(ntpTime(1_000_000)), 100)).toBe(0)
  })
})
