import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { emptyRtpHeader, readRtp } from '../rtp/rtp-packet.ts'
import { amplitudeAt, dice, frames, sine } from '../signals.fixture.ts'
import type { MediaAddress } from './latch.ts'
import { joinPorts, type MediaEvent } from './media-port.ts'
import { type RtpAgreement, RtpPort } from './rtp-port.ts'

const places = { here: { address: '192.0.2.1', port: 4000 }, there: { address: '192.0.2.2', port: 5000 } }
const keys = { ours: new Uint8Array(30).fill(1), theirs: new Uint8Array(30).fill(2) }

/** Two ports with a line between them that may lose datagrams, on a clock of their own. */
function line(agreement: Partial<RtpAgreement> = {}, lose: (count: number) => boolean = () => false) {
  let nowMs = 0
  const told: { here: MediaEvent[]; there: MediaEvent[] } = { here: [], there: [] }
  const seen: Uint8Array[] = []
  let count = 0
  const ports: { here?: RtpPort; there?: RtpPort } = {}
  const make = (side: 'here' | 'there') => {
    const other = side === 'here' ? 'there' : 'here'
    const agreed: RtpAgreement = { law: 'PCMU', payloadType: 0, eventType: 101, remote: places[other], latitude: 'none', ...agreement }
    const turned = agreed.srtp && side === 'there' ? { ...agreed.srtp, ours: agreed.srtp.theirs, theirs: agreed.srtp.ours } : agreed.srtp
    return new RtpPort(
      turned ? { ...agreed, srtp: turned } : agreed,
      {
        start: { ssrc: side === 'here' ? 11 : 22, sequence: 65_530, timestamp: 0xffff_ff00 },
        cname: side,
        random: () => 0.5,
        epochMs: () => 1_800_000_000_000 + nowMs,
        send: (bytes) => {
          seen.push(bytes.slice())
          if (!lose(count++)) ports[other]?.receive(bytes.slice(), places[side].address, places[side].port, nowMs)
        },
        tell: (event) => told[side].push(event),
      },
      0,
    )
  }
  const here = make('here')
  const there = make('there')
  ports.here = here
  ports.there = there
  /** Lets `here` say a sound, and answers what `there` hears. */
  const say = (sound: Int16Array) => {
    const heard = new Int16Array(sound.length)
    for (const [i, frame] of frames(sound).entries()) {
      here.write(frame, nowMs)
      there.write(new Int16Array(160), nowMs)
      nowMs += 20
      there.read(heard.subarray(i * 160, (i + 1) * 160), nowMs)
      here.read(new Int16Array(160), nowMs)
    }
    return heard
  }
  return { here, there, told, seen, say, now: () => nowMs }
}
const tone = sine(440, 3)
const ending = (sound: Int16Array) => sound.subarray(-16_000)

describe.each([
  ['plain', {}],
  ['A-law', { law: 'PCMA', payloadType: 8 } as const],
  ['protected', { srtp: { suite: 'AES_CM_128_HMAC_SHA1_80', ...keys } as const }],
  ['protected with short tags', { srtp: { suite: 'AES_CM_128_HMAC_SHA1_32', ...keys } as const }],
] as const)('a call over RTP, %s', (_, agreement) => {
  it('brings a tone across', () => {
    const call = line(agreement)
    expect(amplitudeAt(ending(call.say(tone)), 440)).toBeGreaterThan(9800)
    expect(call.there.drops).toEqual({})
  })

  it('brings keys across, once each, while the voice waits', () => {
    const call = line(agreement)
    call.here.press(['1', '5', '9', '#'])
    call.say(tone)
    const pressed = call.told.there.flatMap((event) => (event.kind === 'key' ? [event.key.digit] : []))
    expect(pressed.join('')).toBe('159#')
  })

  it('exchanges reports: loss on both ways, round trip, score', () => {
    // An odd number, so that now one way loses a datagram and now the other.
    const call = line(agreement, (count) => count % 21 === 7)
    call.say(sine(440, 15))
    const quality = call.here.quality(call.now())
    expect(quality.roundTripMs).toBeLessThan(41)
    expect(quality.lossPercent).toBeGreaterThan(3)
    expect(call.there.quality(call.now()).mos).toBeGreaterThan(3.5)
    expect(quality.theirLossPercent).toBeGreaterThan(3)
    expect(quality.theirLossPercent).toBeLessThan(8)
  })

  it('says goodbye', () => {
    const call = line(agreement)
    call.say(tone)
    call.here.close(call.now())
    call.here.close(call.now())
    expect(call.told.there.filter(({ kind }) => kind === 'left').length).toBe(1)
    call.here.write(new Int16Array(160), call.now())
    expect(call.there.silentMs(call.now() + 5000)).toBeGreaterThanOrEqual(5000)
  })
})

describe('a call over RTP', () => {
  it('drops what does not belong to it, and counts it by reason', () => {
    const call = line()
    call.say(tone)
    const { address, port } = places.here
    const good = call.seen.find((bytes) => bytes.length === 172)?.slice() ?? new Uint8Array()
    call.there.receive(new Uint8Array(5), address, port, call.now())
    call.there.receive(good.slice().with(0, 0), address, port, call.now())
    call.there.receive(good.slice().with(1, 96), address, port, call.now())
    call.there.receive(good.slice(), '192.0.2.66', 1, call.now())
    call.there.receive(Uint8Array.of(0x80, 200, 0, 9), address, port, call.now())
    expect(call.there.drops).toEqual({ too_short: 2, wrong_version: 1, other_payload: 1, stranger: 1 })
  })

  it('takes nothing that the key has not made', () => {
    const call = line({ srtp: { suite: 'AES_CM_128_HMAC_SHA1_80', ...keys } })
    call.say(tone)
    const { address, port } = places.here
    const bytes = call.seen.find((each) => each.length === 182) ?? new Uint8Array()
    call.there.receive(bytes.slice(), address, port, call.now())
    call.there.receive(bytes.slice().with(2, 0).with(3, 200), address, port, call.now())
    expect(call.there.drops.forged ?? 0).toBeGreaterThan(0)
    expect(call.there.drops.replayed ?? 0).toBeGreaterThan(0)
  })

  it('marks its first packet, and all packets of a key with the time at which it began', () => {
    const call = line()
    call.say(tone.subarray(0, 320))
    call.here.press(['5'])
    call.say(tone.subarray(0, 3200))
    const headers = call.seen.flatMap((bytes) => {
      const header = emptyRtpHeader()
      return readRtp(bytes, header) === undefined && header.ssrc === 11 ? [header] : []
    })
    expect(headers[0]).toMatchObject({ marker: true, payloadType: 0 })
    const events = headers.filter(({ payloadType }) => payloadType === 101)
    expect(events.map(({ marker }) => marker)).toEqual([true, ...Array(6).fill(false)])
    expect(new Set(events.map(({ timestamp }) => timestamp))).toEqual(new Set([(0xffff_ff00 + 320) >>> 0]))
    // The voice goes on in time where the keys have ended.
    expect(headers.filter(({ payloadType }) => payloadType === 0).at(-1)?.timestamp).toBe((0xffff_ff00 + 21 * 160) >>> 0)
  })

  it('hears and presses keys in the voice where no events were agreed', () => {
    const call = line({ eventType: undefined })
    call.here.press(['4', '2'])
    call.say(tone)
    expect(call.told.there.flatMap((event) => (event.kind === 'key' ? [event.key.digit] : [])).join('')).toBe('42')
  })

  it('keeps a score above 3.8 while 3 % of its packets are lost, and says how many', () => {
    const roll = dice(3)
    const call = line({}, () => roll() < 0.03)
    const heard = call.say(sine(440, 30))
    const { mos, lossPercent } = call.there.quality(call.now())
    expect(lossPercent).toBeGreaterThan(2)
    expect(lossPercent).toBeLessThan(4)
    expect(mos).toBeGreaterThan(3.8)
    expect(amplitudeAt(ending(heard), 440)).toBeGreaterThan(9000)
  })

  it('tells a mark at once: what is written has left', () => {
    const call = line()
    call.here.mark('done')
    expect(call.told.here).toEqual([{ kind: 'mark', name: 'done' }])
  })
})

describe('over real sockets', () => {
  it('joins two calls on a bridge: each hears the other', async () => {
    const opened: Socket[] = []
    onTestFinished(() => {
      for (const socket of opened) socket.close()
    })
    const open = async () => {
      const socket = createSocket('udp4')
      socket.bind(0, '127.0.0.1')
      opened.push(socket)
      await once(socket, 'listening')
      return socket
    }
    const placeOf = (socket: Socket): MediaAddress => ({ address: '127.0.0.1', port: socket.address().port })
    const sockets = { alice: await open(), toAlice: await open(), bob: await open(), toBob: await open() }
    let nowMs = 0
    const portOn = (socket: Socket, remote: Socket, ssrc: number) => {
      const port = new RtpPort(
        { law: 'PCMU', payloadType: 0, eventType: 101, remote: placeOf(remote), latitude: 'none' },
        {
          start: { ssrc, sequence: ssrc, timestamp: ssrc },
          cname: `p${ssrc}`,
          random: () => 0.5,
          epochMs: () => nowMs,
          send: (bytes, to) => socket.send(bytes.slice(), to.port, to.address),
          tell: () => undefined,
        },
        0,
      )
      socket.on('message', (bytes, from) => port.receive(bytes, from.address, from.port, nowMs))
      return port
    }
    const alice = portOn(sockets.alice, sockets.toAlice, 1)
    const bob = portOn(sockets.bob, sockets.toBob, 2)
    const toAlice = portOn(sockets.toAlice, sockets.alice, 3)
    const toBob = portOn(sockets.toBob, sockets.bob, 4)
    const heardByBob = new Int16Array(16_000)
    const heardByAlice = new Int16Array(16_000)
    const between = [new Int16Array(160), new Int16Array(160)] as const
    const voices = { alice: frames(sine(500, 2)), bob: frames(sine(900, 2)) }
    for (let k = 0; k < 100; k++) {
      alice.write(voices.alice[k] ?? new Int16Array(160), nowMs)
      bob.write(voices.bob[k] ?? new Int16Array(160), nowMs)
      joinPorts(toAlice, toBob, between, nowMs)
      // The four datagrams of this turn have all arrived before the clock goes on.
      await Promise.all(Object.values(sockets).map((socket) => once(socket, 'message')))
      nowMs += 20
      bob.read(heardByBob.subarray(k * 160, (k + 1) * 160), nowMs)
      alice.read(heardByAlice.subarray(k * 160, (k + 1) * 160), nowMs)
    }
    expect(amplitudeAt(heardByBob.subarray(-8000), 500)).toBeGreaterThan(9500)
    expect(amplitudeAt(heardByAlice.subarray(-8000), 900)).toBeGreaterThan(9500)
  })
})
