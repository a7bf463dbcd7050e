import { compressG711, type Law } from '../audio/g711.ts'
import { JitterBuffer, type PlayoutBounds, type Pulled } from '../playout/jitter-buffer.ts'
import { ReceivedStream } from '../rtp/reception.ts'
import { emptyRtpHeader, isRtcp, readRtp } from '../rtp/rtp-packet.ts'
import { SentStream, type StreamStart } from '../rtp/sending.ts'
import { SrtcpReceiver, SrtcpSender } from '../srtp/srtcp.ts'
import { SrtpReceiver, SrtpSender } from '../srtp/srtp.ts'
import type { SrtpSuite } from '../srtp/suite.ts'
import type { Digit } from '../tones/digits.ts'
import { KeyDetector } from '../tones/key-detector.ts'
import { EventReceiver, EventSender, eventPayloadBytes, type PressedKey, readEvent, writeEvent } from '../tones/telephone-event.ts'
import { keyTones, ToneGenerator } from '../tones/tone-generator.ts'
import { type Drop, DropCounter } from './drops.ts'
import { Latch, type Latitude, type MediaAddress } from './latch.ts'
import type { MediaEvent, MediaPort, MediaQuality } from './media-port.ts'
import { ReportExchange } from './reports.ts'

/** What two sides agreed on, and what a port stands on. */
export type RtpAgreement = {
  readonly law: Law
  /** The payload type of the voice: 0 for PCMU, 8 for PCMA, unless agreed otherwise. */
  readonly payloadType: number
  /** That of telephone events; undefined where keys travel in the voice. */
  readonly eventType: number | undefined
  readonly remote: MediaAddress
  readonly latitude: Latitude
  /** The keys of both directions, where the voice is protected. */
  readonly srtp?: { readonly suite: SrtpSuite; readonly ours: Uint8Array; readonly theirs: Uint8Array }
  readonly playout?: Partial<PlayoutBounds>
}

/** What a port needs from outside. */
export type RtpGround = {
  /** Random numbers of the stream, and a random name for it (RFC 7022). */
  readonly start: StreamStart
  readonly cname: string
  readonly random: () => number
  /** Wall-clock time in ms since 1970, for reports alone. */
  readonly epochMs: () => number
  /** Sends a datagram. `bytes` is used again 80 ms later: whoever keeps it longer copies it. */
  readonly send: (bytes: Uint8Array, to: MediaAddress, kind: 'rtp' | 'rtcp') => void
  readonly tell: (event: MediaEvent) => void
}

const frameSamples = 160
/** A packet is not written to while the socket may still read it. */
const packetsInTurn = 4
const roomForTag = 10

/** A call's voice over RTP, plain or protected, between a socket and a mixer. Its only inputs are datagrams and turns of the clock. */
export class RtpPort implements MediaPort {
  readonly #agreed: RtpAgreement
  readonly #ground: RtpGround
  readonly #header = emptyRtpHeader()
  readonly #latch: Latch
  readonly #received = new ReceivedStream(8000)
  readonly #sent: SentStream
  readonly #buffer: JitterBuffer
  readonly #reports: ReportExchange
  readonly #drops = new DropCounter()
  readonly #events = new EventSender()
  readonly #theirEvents = new EventReceiver()
  readonly #keysInVoice: KeyDetector | undefined
  readonly #tones: ToneGenerator[] = []
  readonly #tone = new Int16Array(frameSamples)
  readonly #packets = Array.from({ length: packetsInTurn }, () => new Uint8Array(12 + frameSamples + roomForTag))
  readonly #codes = new Uint8Array(frameSamples)
  readonly #protect: { readonly rtp: SrtpSender; readonly rtcp: SrtcpSender } | undefined
  readonly #open: { readonly rtp: SrtpReceiver; readonly rtcp: SrtcpReceiver } | undefined
  #turn = 0
  #firstPacket = true
  #heardMs: number
  #closed = false

  constructor(agreed: RtpAgreement, ground: RtpGround, nowMs: number) {
    this.#agreed = agreed
    this.#ground = ground
    this.#latch = new Latch(agreed.remote, agreed.latitude, nowMs)
    this.#sent = new SentStream(ground.start, 8000)
    this.#buffer = new JitterBuffer(agreed.law, agreed.playout)
    this.#reports = new ReportExchange(ground.cname, ground.random)
    this.#keysInVoice = agreed.eventType === undefined ? new KeyDetector() : undefined
    this.#heardMs = nowMs
    const { srtp } = agreed
    this.#protect = srtp && { rtp: new SrtpSender(srtp.suite, srtp.ours), rtcp: new SrtcpSender(srtp.ours) }
    this.#open = srtp && { rtp: new SrtpReceiver(srtp.suite, srtp.theirs), rtcp: new SrtcpReceiver(srtp.theirs) }
  }

  /** What was dropped so far, by reason. */
  get drops(): DropCounter['all'] {
    return this.#drops.all
  }

  /** Where the voice goes. */
  get place(): MediaAddress {
    return this.#latch.place
  }

  /** The signalling says where the other side is now. */
  renew(remote: MediaAddress, nowMs: number): void {
    this.#latch.renew(remote, nowMs)
  }

  /** Takes a datagram; a protected one is opened where it stands. */
  receive(datagram: Uint8Array, address: string, port: number, nowMs: number): void {
    if (this.#closed) return
    const drop = isRtcp(datagram) ? this.#takeReport(datagram, nowMs) : this.#takeVoice(datagram, address, port, nowMs)
    if (drop) this.#drops.count(drop)
  }

  #takeVoice(datagram: Uint8Array, address: string, port: number, nowMs: number): Drop | undefined {
    const length = this.#open ? this.#open.rtp.unprotect(datagram, datagram.length) : datagram.length
    if (typeof length === 'string') return length
    const bytes = length === datagram.length ? datagram : datagram.subarray(0, length)
    const header = this.#header
    const fault = readRtp(bytes, header)
    if (fault) return fault
    const isEvent = header.payloadType === this.#agreed.eventType
    if (!isEvent && header.payloadType !== this.#agreed.payloadType) return 'other_payload'
    const verdict = this.#latch.judge(address, port, header, nowMs, this.#open !== undefined)
    if (verdict === 'stranger' || verdict === 'waiting') return verdict
    if (verdict === 'learned') this.#ground.tell({ kind: 'moved', to: this.#latch.place })
    this.#heardMs = nowMs
    // A source on probation is heard all the same: the latch has vouched for it, and its first word counts.
    if (this.#received.take(header, nowMs, !isEvent) === 'too_far') return 'too_far'
    if (isEvent) return this.#takeEvent(bytes, nowMs)
    this.#buffer.put(header.timestamp, bytes, header.start, header.end, nowMs)
    return undefined
  }

  #takeEvent(bytes: Uint8Array, nowMs: number): Drop | undefined {
    const { timestamp, start, end } = this.#header
    const payload = readEvent(bytes, start, end)
    if (!payload) return 'too_short'
    this.#tellKey(this.#theirEvents.take(timestamp, payload, nowMs))
    return undefined
  }

  #tellKey(key: PressedKey | undefined): void {
    if (key) this.#ground.tell({ kind: 'key', key })
  }

  #takeReport(datagram: Uint8Array, nowMs: number): Drop | undefined {
    const plain = this.#open ? this.#open.rtcp.unprotect(datagram) : datagram
    if (typeof plain === 'string') return plain
    const result = this.#reports.take(plain, nowMs, this.#ground.epochMs(), this.#sent.ssrc, this.#received)
    if (result !== 'left') return result
    this.#ground.tell({ kind: 'left' })
    return undefined
  }

  read(frame: Int16Array, nowMs: number): Pulled {
    this.#tellKey(this.#theirEvents.expire(nowMs))
    const pulled = this.#buffer.pull(frame, nowMs)
    if (this.#keysInVoice) this.#tellKey(this.#keysInVoice.hear(frame))
    return pulled
  }

  write(frame: Int16Array, nowMs: number): void {
    if (this.#closed) return
    const step = this.#events.busy ? this.#events.next() : undefined
    if (step && this.#agreed.eventType !== undefined) {
      const packet = this.#nextPacket()
      writeEvent(packet, 12, step.payload)
      this.#sent.stampAt(packet, eventPayloadBytes, this.#agreed.eventType, (this.#sent.timestamp - step.since) >>> 0, step.marker)
      this.#sent.skip(frameSamples)
      this.#send(packet, 12 + eventPayloadBytes)
    } else this.#sendVoice(this.#withTones(frame), nowMs)
    const report = this.#reports.due(nowMs, this.#sent.ssrc, () => this.#sent.report(nowMs, this.#ground.epochMs()), this.#received)
    if (report) this.#sendReport(report)
  }

  /** Keys that travel in the voice take its place while they sound. */
  #withTones(frame: Int16Array): Int16Array {
    const tone = this.#tones[0]
    if (!tone) return frame
    if (!tone.fill(this.#tone)) this.#tones.shift()
    return this.#tone
  }

  #sendVoice(frame: Int16Array, nowMs: number): void {
    const packet = this.#nextPacket()
    compressG711(this.#agreed.law, frame, this.#codes)
    packet.set(this.#codes, 12)
    this.#sent.stamp(packet, frameSamples, this.#agreed.payloadType, frameSamples, nowMs, this.#firstPacket)
    this.#firstPacket = false
    this.#send(packet, 12 + frameSamples)
  }

  #nextPacket(): Uint8Array {
    this.#turn = (this.#turn + 1) % packetsInTurn
    return this.#packets[this.#turn] ?? new Uint8Array(12 + frameSamples + roomForTag)
  }

  #send(packet: Uint8Array, plain: number): void {
    const length = this.#protect ? this.#protect.rtp.protect(packet, plain) : plain
    if (typeof length === 'string') this.#drops.count(length)
    else this.#ground.send(packet.subarray(0, length), this.#latch.place, 'rtp')
  }

  #sendReport(report: Uint8Array): void {
    const bytes = this.#protect ? this.#protect.rtcp.protect(report) : report
    if (typeof bytes === 'string') this.#drops.count(bytes)
    else this.#ground.send(bytes, this.#latch.place, 'rtcp')
  }

  /** What is written leaves at once: there is nothing to drop. */
  clear(): void {}

  mark(name: string): void {
    this.#ground.tell({ kind: 'mark', name })
  }

  press(keys: Iterable<Digit>): void {
    if (this.#agreed.eventType === undefined) this.#tones.push(new ToneGenerator(keyTones([...keys])))
    else this.#events.press(keys)
  }

  silentMs(nowMs: number): number {
    return nowMs - this.#heardMs
  }

  quality(nowMs: number): MediaQuality {
    return this.#reports.quality(this.#received, this.#buffer.delayMs(nowMs))
  }

  close(nowMs: number): void {
    if (this.#closed) return
    this.#closed = true
    this.#sendReport(this.#reports.goodbye(nowMs, this.#sent.ssrc, this.#sent.report(nowMs, this.#ground.epochMs()), this.#received))
  }
}
