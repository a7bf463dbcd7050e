import { codecImpairments, estimateQuality } from '../quality/e-model.ts'
import type { ReceivedStream } from '../rtp/reception.ts'
import { type RtcpFault, readRtcp, type SenderInfo, writeRtcp } from '../rtp/rtcp-packet.ts'
import { reportIntervalMs } from '../rtp/sending.ts'
import { compactNtp, roundTripMs } from '../rtp/wall-clock.ts'
import type { MediaQuality } from './media-port.ts'

/** Stands for what coding, packets and the network's other side add to the delay that can be measured, in ms one way. */
const unseenDelayMs = 40
const withPercent = 100 / 256

/** The reports that two sides exchange about a call (RFC 3550 §6): when ours is due, what it says, and what theirs mean. */
export class ReportExchange {
  readonly #cname: string
  readonly #random: () => number
  #dueMs: number | undefined
  #first = true
  #roundTripMs: number | undefined
  #theirLoss: number | undefined

  constructor(cname: string, random: () => number) {
    this.#cname = cname
    this.#random = random
  }

  /** Our report, when it is due at `nowMs`. */
  due(nowMs: number, ssrc: number, sender: () => SenderInfo | undefined, received: ReceivedStream): Uint8Array | undefined {
    this.#dueMs ??= nowMs + reportIntervalMs(this.#random(), true)
    if (nowMs < this.#dueMs) return undefined
    this.#first = false
    this.#dueMs = nowMs + reportIntervalMs(this.#random(), this.#first)
    return this.#write(ssrc, sender(), received, nowMs, false)
  }

  /** Our last report, with the goodbye (§6.6). */
  goodbye(nowMs: number, ssrc: number, sender: SenderInfo | undefined, received: ReceivedStream): Uint8Array {
    return this.#write(ssrc, sender, received, nowMs, true)
  }

  #write(ssrc: number, sender: SenderInfo | undefined, received: ReceivedStream, nowMs: number, bye: boolean): Uint8Array {
    const blocks = received.quality.received > 0 ? [received.report(nowMs)] : []
    return writeRtcp({ ssrc, cname: this.#cname, ...(sender && { sender }), blocks, bye })
  }

  /** Reads theirs; answers what is wrong with it, or whether they have left. */
  take(packet: Uint8Array, nowMs: number, epochMs: number, ourSsrc: number, received: ReceivedStream): RtcpFault | 'left' | undefined {
    const reading = readRtcp(packet)
    if (!reading.ok) return reading.fault
    let left = false
    for (const part of reading.parts) {
      if (part.kind === 'bye') left ||= part.ssrcs.includes(received.ssrc)
      if (part.kind !== 'report') continue
      if (part.sender && part.ssrc === received.ssrc) received.heardReport(compactNtp(part.sender.ntp), nowMs)
      const block = part.blocks.find(({ ssrc }) => ssrc === ourSsrc)
      if (!block) continue
      this.#theirLoss = block.fractionLost * withPercent
      this.#roundTripMs = roundTripMs(epochMs, block.lastReport, block.delaySinceLast) ?? this.#roundTripMs
    }
    return left ? 'left' : undefined
  }

  /** How the call goes. `delayMs` is what the jitter buffer waits. */
  quality(received: ReceivedStream, delayMs: number): MediaQuality {
    const { expected, lost, jitterMs } = received.quality
    const lossPercent = expected > 0 ? Math.max(0, (100 * lost) / expected) : 0
    const oneWay = (this.#roundTripMs ?? 0) / 2 + Math.max(0, delayMs) + unseenDelayMs
    const { mos } = estimateQuality({ delayMs: oneWay, lossPercent, codec: codecImpairments['G.711 concealed'] })
    return { lossPercent, jitterMs, theirLossPercent: this.#theirLoss, roundTripMs: this.#roundTripMs, mos }
  }
}
