import type { ReportBlock } from './rtcp-packet.ts'
import type { RtpHeader } from './rtp-packet.ts'
import { timestampDistance } from './sequence.ts'

/** What became of a packet: counted, waiting for the source to prove itself, or from so far off that it is left out (RFC 3550 Appendix A.1). */
export type Reception = 'taken' | 'on_probation' | 'too_far'

/** How good a stream is, as its receiver sees it. */
export type ReceptionQuality = {
  readonly received: number
  readonly expected: number
  /** Below zero where duplicates outnumber losses. */
  readonly lost: number
  readonly jitterMs: number
}

/** Packets in a row before a source counts. */
const minSequential = 2
/** A gap larger than this is a restart, about a minute of 20 ms packets. */
const maxDropout = 3000
/** Packets that are further behind are not merely late. */
const maxMisorder = 100
const turn = 0x1_0000

/**
 * Counts the packets of one source (RFC 3550 Appendix A.1), its losses (A.3) and the jitter of their arrival (A.8). Its size is fixed, whatever comes.
 */
export class ReceivedStream {
  readonly #rate: number
  #ssrc = 0
  #begun = false
  #probation: number = minSequential
  #maxSequence = 0
  #cycles = 0
  #baseSequence = 0
  #badSequence = -1
  #received = 0
  #expectedBefore = 0
  #receivedBefore = 0
  #transit = 0
  #transitKnown = false
  #jitter = 0
  #lastReport = 0
  #lastReportMs = 0

  /** `rate` is that of the stream's timestamps, in units a second. */
  constructor(rate: number) {
    this.#rate = rate
  }

  get ssrc(): number {
    return this.#ssrc
  }

  /**
   * Counts a packet that arrived at `nowMs` of any steady clock. `timed` is false for packets whose timestamp does not say when they were sent, such
   * as the repeats of a telephone event (RFC 4733 §2.5.1.2): they count, but have no jitter. Another SSRC starts all over (RFC 3550 §8.2).
   */
  take(header: Readonly<RtpHeader>, nowMs: number, timed = true): Reception {
    if (!this.#begun || header.ssrc !== this.#ssrc) this.#begin(header)
    const verdict = this.#count(header.sequence)
    if (verdict === 'taken' && timed) this.#measure(header.timestamp, nowMs)
    return verdict
  }

  #begin({ ssrc, sequence }: Readonly<RtpHeader>): void {
    this.#begun = true
    this.#ssrc = ssrc
    this.#restart(sequence)
    this.#maxSequence = (sequence - 1) & 0xffff
    this.#probation = minSequential
    this.#transitKnown = false
    this.#jitter = 0
    this.#lastReport = 0
  }

  #restart(sequence: number): void {
    this.#baseSequence = sequence
    this.#maxSequence = sequence
    this.#badSequence = -1
    this.#cycles = 0
    this.#received = 0
    this.#receivedBefore = 0
    this.#expectedBefore = 0
  }

  #count(sequence: number): Reception {
    const ahead = (sequence - this.#maxSequence) & 0xffff
    if (this.#probation > 0) {
      if (ahead !== 1) {
        this.#probation = minSequential - 1
        this.#maxSequence = sequence
        return 'on_probation'
      }
      this.#probation--
      this.#maxSequence = sequence
      if (this.#probation > 0) return 'on_probation'
      this.#restart(sequence)
    } else if (ahead < maxDropout) {
      if (sequence < this.#maxSequence) this.#cycles += turn
      this.#maxSequence = sequence
    } else if (ahead <= turn - maxMisorder) {
      // Two in a row from far off: the other side has started anew without saying so.
      if (sequence !== this.#badSequence) {
        this.#badSequence = (sequence + 1) & 0xffff
        return 'too_far'
      }
      this.#restart(sequence)
    }
    this.#received++
    return 'taken'
  }

  #measure(timestamp: number, nowMs: number): void {
    const transit = (Math.round((nowMs * this.#rate) / 1000) - timestamp) | 0
    if (this.#transitKnown) this.#jitter += (Math.abs(timestampDistance(this.#transit, transit)) - this.#jitter) / 16
    this.#transit = transit
    this.#transitKnown = true
  }

  /** Remembers that a sender report came, with the middle of its NTP timestamp. */
  heardReport(compact: number, nowMs: number): void {
    this.#lastReport = compact
    this.#lastReportMs = nowMs
  }

  get quality(): ReceptionQuality {
    const expected = this.#expected
    return { received: this.#received, expected, lost: expected - this.#received, jitterMs: (this.#jitter * 1000) / this.#rate }
  }

  get #expected(): number {
    return this.#begun && this.#probation === 0 ? this.#cycles + this.#maxSequence - this.#baseSequence + 1 : 0
  }

  /** What a report says of this source; the share lost is that since the last time this was asked (Appendix A.3). */
  report(nowMs: number): ReportBlock {
    const { expected, lost } = this.quality
    const expectedNow = expected - this.#expectedBefore
    const lostNow = expectedNow - (this.#received - this.#receivedBefore)
    this.#expectedBefore = expected
    this.#receivedBefore = this.#received
    return {
      ssrc: this.#ssrc,
      fractionLost: expectedNow <= 0 || lostNow <= 0 ? 0 : Math.min(255, Math.floor((lostNow * 256) / expectedNow)),
      lost,
      highest: (this.#cycles + this.#maxSequence) >>> 0,
      jitter: Math.floor(this.#jitter),
      lastReport: this.#lastReport,
      delaySinceLast: this.#lastReport === 0 ? 0 : Math.round(((nowMs - this.#lastReportMs) * 65_536) / 1000) >>> 0,
    }
  }
}
