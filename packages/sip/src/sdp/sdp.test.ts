import { describe, expect, it } from 'vitest'
import { codecsOf, type Direction, directionOf, keysOf, narrower } from './media.ts'
import { answerOffer, type LocalAudio, makeNextOffer, makeOffer, readAnswer } from './offer-answer.ts'
import { parseSdp, type Sdp, writeSdp } from './sdp.ts'

const head = ['v=0', 'o=alice 2890844526 2890844526 IN IP4 host.atlanta.example.com', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0']
const bytes = (...lines: readonly string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`)
function read(...lines: readonly string[]): Sdp {
  const parsed = parseSdp(bytes(...lines))
  if (!parsed.ok) throw new Error(parsed.why)
  return parsed.sdp
}
const audio = 'm=audio 49170 RTP/AVP 0 8 97'

describe('a description, RFC 4566', () => {
  it.each([
    [['o=- 1 1 IN IP4 h'], 'does not begin with v=0'],
    [['v=0', 's=-'], 'o= is missing'],
    [['v=0', 'o=- one 1 IN IP4 192.0.2.1'], 'o= is malformed'],
    [['v=0', 'o=- 1 1 IN IP4 192.0.2.1', audio], 'c= is missing'],
    [[...head, 'c=IN IP4 192.0.2.256'], 'address is malformed'],
    [[...head, 'c=IN IP6 1::2::3'], 'address is malformed'],
    [[...head, 'm=audio 70000 RTP/AVP 0'], 'm= is malformed'],
    [[...head, 'm=audio 1 RTP/AVP'], 'm= is malformed'],
    [[...head, 'm=audio 1 RTP/AVP 128'], 'payload type is malformed'],
    [[...head, 'nonsense'], 'no type=value'],
    [[...head, 'a=:x'], 'attribute is malformed'],
    [[...head, ...Array.from({ length: 33 }, () => audio)], 'too many media'],
    [Array.from({ length: 1001 }, () => 'v=0'), 'too many lines'],
  ])('%j is refused: %s', (lines, why) => {
    const parsed = parseSdp(bytes(...lines))
    expect(parsed.ok ? '' : parsed.why).toContain(why)
  })

  it('is read with bare line feeds, and written as it was', () => {
    const lines = [...head, audio, 'a=rtpmap:97 iLBC/8000', 'a=sendrecv', 'm=video 51372 RTP/AVP 31', 'c=IN IP6 2001:db8::1']
    expect(parseSdp(Buffer.from(lines.join('\n')))).toMatchObject({ ok: true })
    expect(writeSdp(read(...lines)).toString()).toBe(bytes(...lines).toString())
  })

  it('knows the codecs by their numbers and maps', () => {
    const [section] = read(...head, audio, 'a=rtpmap:97 opus/48000/2', 'a=fmtp:97 useinbandfec=1').media
    expect(section && codecsOf(section)).toEqual([
      { payload: 0, name: 'PCMU', rate: 8000, channels: 1 },
      { payload: 8, name: 'PCMA', rate: 8000, channels: 1 },
      { payload: 97, name: 'OPUS', rate: 48_000, channels: 2, format: 'useinbandfec=1' },
    ])
  })

  it('means hold with an address of zeros too, as it was before RFC 3264', () => {
    const sdp = read(...head, audio, 'c=IN IP4 0.0.0.0')
    expect(sdp.media[0] && directionOf(sdp, sdp.media[0])).toBe('sendonly')
  })

  it('has keys for SRTP, RFC 4568, and leaves out those with parameters', () => {
    const key = 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz'
    const [section] = read(
      ...head,
      'm=audio 1 RTP/SAVP 0',
      `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${key}|2^20`,
      `a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:${key} UNENCRYPTED_SRTP`,
    ).media
    expect(section && keysOf(section)).toEqual([{ tag: 1, suite: 'AES_CM_128_HMAC_SHA1_80', key }])
  })
})

const local: LocalAudio = {
  address: '198.51.100.7',
  port: 30_000,
  codecs: [
    { payload: 8, name: 'PCMA', rate: 8000, channels: 1 },
    { payload: 0, name: 'PCMU', rate: 8000, channels: 1 },
    { payload: 101, name: 'TELEPHONE-EVENT', rate: 8000, channels: 1, format: '0-16' },
  ],
  direction: 'sendrecv',
  packetMs: 20,
}
const ids = { session: '7', version: 1 }

describe('an answer, RFC 3264 §6', () => {
  const why = (...lines: readonly string[]) => {
    const answered = answerOffer(read(...head, ...lines), local, ids)
    return answered.ok ? undefined : answered.why
  }

  it('refuses what it cannot speak, and says why', () => {
    expect(why()).toBe('there are no media')
    expect(why('m=audio 49170 RTP/AVP 18')).toBe('no codec in common')
    expect(why('m=video 51372 RTP/AVP 31')).toBe('video is not taken')
    expect(why('m=audio 0 RTP/AVP 0')).toBe('audio is not taken')
    expect(why('m=audio 49170 UDP/TLS/RTP/SAVPF 0')).toBe('UDP/TLS/RTP/SAVPF is not taken')
    expect(why('m=audio 49170 RTP/SAVP 0')).toBe('RTP/SAVP is not taken')
  })

  it('takes their first codec that it knows, with their numbers, and refuses the other media in their places', () => {
    const offer = read(
      ...head,
      'm=video 51372 RTP/AVP 31',
      'm=audio 49170 RTP/AVP 18 0 8 96',
      'a=rtpmap:96 telephone-event/8000',
      'a=ptime:30',
      'm=audio 49180 RTP/AVP 0',
    )
    const answered = answerOffer(offer, local, ids)
    if (!answered.ok) throw new Error(answered.why)
    expect(answered.answer.media.map(({ kind, port, formats }) => [kind, port, formats])).toEqual([
      ['video', 0, ['31']],
      ['audio', 30_000, ['0', '96']],
      ['audio', 0, ['0']],
    ])
    expect(answered.agreed).toMatchObject({
      direction: 'sendrecv',
      codec: { payload: 0 },
      events: { payload: 96 },
      packetMs: 30,
      remote: { address: '192.0.2.1', port: 49_170 },
    })
  })

  it.each<[Direction, Direction, Direction]>([
    ['sendrecv', 'sendrecv', 'sendrecv'],
    ['sendonly', 'sendrecv', 'recvonly'],
    ['recvonly', 'sendrecv', 'sendonly'],
    ['inactive', 'sendrecv', 'inactive'],
    ['sendonly', 'sendonly', 'inactive'],
    ['sendrecv', 'sendonly', 'sendonly'],
    ['recvonly', 'inactive', 'inactive'],
  ])('to %s from who wants %s is %s, §6.1', (offered, wanted, answer) => {
    const answered = answerOffer(read(...head, 'm=audio 1 RTP/AVP 0', `a=${offered}`), { ...local, direction: wanted }, ids)
    expect(answered.ok && answered.agreed.direction).toBe(answer)
    expect(narrower('sendrecv', answer)).toBe(answer)
  })

  it('takes a key for SRTP with its tag and gives one of its own, RFC 4568 §5.1.2', () => {
    const suite = 'AES_CM_128_HMAC_SHA1_80'
    const secured = { ...local, keys: [{ tag: 1, suite, key: 'b3Vycw==' }] }
    const offer = read(...head, 'm=audio 1 RTP/SAVP 0', 'a=crypto:4 AES_256 inline:eA==', `a=crypto:7 ${suite} inline:dGhlaXJz`)
    const answered = answerOffer(offer, secured, ids)
    expect(answered.ok && answered.agreed.keys).toEqual({
      send: { tag: 7, suite, key: 'b3Vycw==' },
      receive: { tag: 7, suite, key: 'dGhlaXJz' },
    })
    expect(answerOffer(read(...head, 'm=audio 1 RTP/AVP 0'), secured, ids)).toEqual({ ok: false, why: 'RTP/AVP is not taken' })
  })
})

describe('the reading of an answer, RFC 3264 §7', () => {
  const offer = makeOffer(local, ids)
  const of = (...lines: readonly string[]) => readAnswer(offer, read(...head, ...lines), local)

  it('refuses one that does not fit its offer', () => {
    expect(of()).toEqual({ ok: false, why: 'the answer has another number of media than the offer' })
    expect(of('m=audio 0 RTP/AVP 0')).toEqual({ ok: false, why: 'the media were refused' })
    expect(of('m=audio 1 RTP/AVP 18')).toEqual({ ok: false, why: 'no codec in common' })
    expect(of('m=audio 1 RTP/SAVP 0')).toEqual({ ok: false, why: 'the answer has other media than the offer' })
  })

  it('knows what to send, with their numbers, and where to', () => {
    const answer = of('m=audio 5000 RTP/AVP 0 99', 'c=IN IP4 203.0.113.9', 'a=rtpmap:99 telephone-event/8000', 'a=recvonly')
    expect(answer).toEqual({
      ok: true,
      agreed: {
        direction: 'sendonly',
        codec: { payload: 0, name: 'PCMU', rate: 8000, channels: 1 },
        events: { payload: 99, name: 'TELEPHONE-EVENT', rate: 8000, channels: 1 },
        remote: { address: '203.0.113.9', port: 5000 },
        packetMs: 20,
      },
    })
  })

  it('is what the other side answered, for every offer of ours', () => {
    const answered = answerOffer(offer, { ...local, address: '192.0.2.99', port: 40_000, direction: 'recvonly' }, ids)
    if (!answered.ok) throw new Error(answered.why)
    expect(readAnswer(offer, answered.answer, local)).toMatchObject({
      ok: true,
      agreed: { direction: 'sendonly', remote: { address: '192.0.2.99', port: 40_000 } },
    })
  })
})

it('a later offer keeps the number and the order of media, RFC 3264 §8', () => {
  const before = read(...head, 'm=video 0 RTP/AVP 31', 'm=audio 49170 RTP/AVP 0')
  const next = makeNextOffer({ ...local, direction: 'sendonly' }, { session: '7', version: 2 }, before)
  expect(next.media.map(({ kind, port }) => [kind, port])).toEqual([
    ['video', 0],
    ['audio', 30_000],
  ])
  expect(next.media[1]?.attributes.at(-1)).toEqual({ name: 'sendonly' })
  expect(next.origin.version).toBe('2')
})
