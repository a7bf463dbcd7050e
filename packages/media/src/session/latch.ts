import type { RtpHeader } from '../rtp/rtp-packet.ts'
import { sequenceDistance } from '../rtp/sequence.ts'

/** Where packets come from or go to. */
export type MediaAddress = { readonly address: string; readonly port: number }

/** What became of a packet's sender: it is the other side, it is being looked at, or it is somebody else. */
export type LatchVerdict = 'ours' | 'learned' | 'waiting' | 'stranger'

/**
 * How far from what the signalling said the voice may come: nowhere else; from another port of the same address, as behind most routers; or from
 * another address too, as where a private address was said.
 */
export type Latitude = 'none' | 'port' | 'address'

/** Packets in a row that a new place must send. One forged packet must not move a call. */
const toLearn = 3
/** Only in the first seconds of a call is a place learned freely. */
const learningMs = 8000
/** The known place must have been silent for so long before another one may take over, as after a change from Wi-Fi to mobile. */
const silenceMs = 1500
/** And the new one must go on where the old one was: same source, sequence numbers within a minute of packets. */
const mostAhead = 3000

/**
 * Finds out where the other side's voice really comes from, so that ours is sent back there (symmetric RTP, RFC 4961), and holds on to it: whoever
 * sends to our port must not get a call's voice or put words into it. Packets whose tag proved genuine (SRTP) may move at once.
 */
export class Latch {
  readonly #latitude: Latitude
  #signalled: MediaAddress
  #place: MediaAddress
  #learned = false
  #openUntilMs: number
  #ssrc = -1
  #sequence = 0
  #lastMs = Number.NEGATIVE_INFINITY
  #candidate: MediaAddress | undefined
  #candidateSsrc = -1
  #candidateSequence = 0
  #candidateCount = 0

  constructor(signalled: MediaAddress, latitude: Latitude, nowMs: number) {
    this.#latitude = latitude
    this.#signalled = signalled
    this.#place = signalled
    this.#openUntilMs = nowMs + learningMs
  }

  /** Where our packets are to go. */
  get place(): MediaAddress {
    return this.#place
  }

  /** The signalling says a new place, by a re-INVITE for instance: what was learned is forgotten. */
  renew(signalled: MediaAddress, nowMs: number): void {
    const same = signalled.address === this.#signalled.address && signalled.port === this.#signalled.port
    this.#signalled = signalled
    if (same) return // a session refresh moves nothing
    this.#place = signalled
    this.#learned = false
    this.#openUntilMs = nowMs + learningMs
    this.#ssrc = -1
    this.#candidate = undefined
  }

  /** Judges a packet that was read well. `genuine` says that its tag was right. */
  judge(address: string, port: number, header: Readonly<RtpHeader>, nowMs: number, genuine = false): LatchVerdict {
    if (this.#place.port === port && this.#place.address === address) return this.#hear(header, nowMs)
    if (genuine) return this.#learn({ address, port }, header, nowMs)
    if (!this.#mayMove(address, header, nowMs)) return 'stranger'
    const known = this.#candidate?.port === port && this.#candidate.address === address && this.#candidateSsrc === header.ssrc
    const next = known && sequenceDistance(this.#candidateSequence, header.sequence) === 1
    if (!known) this.#candidate = { address, port }
    this.#candidateSsrc = header.ssrc
    this.#candidateSequence = header.sequence
    this.#candidateCount = next ? this.#candidateCount + 1 : 1
    return this.#candidateCount >= toLearn ? this.#learn({ address, port }, header, nowMs) : 'waiting'
  }

  #hear({ ssrc, sequence }: Readonly<RtpHeader>, nowMs: number): LatchVerdict {
    this.#ssrc = ssrc
    this.#sequence = sequence
    this.#lastMs = nowMs
    this.#candidate = undefined
    return 'ours'
  }

  #mayMove(address: string, { ssrc, sequence }: Readonly<RtpHeader>, nowMs: number): boolean {
    if (this.#latitude === 'none' || (this.#latitude === 'port' && address !== this.#signalled.address)) return false
    // The place that the signalling named has spoken, or one was learned: from now on only a change of network moves it.
    if (this.#learned || this.#ssrc >= 0) {
      const ahead = sequenceDistance(this.#sequence, sequence)
      return nowMs - this.#lastMs >= silenceMs && ssrc === this.#ssrc && ahead > 0 && ahead <= mostAhead
    }
    return nowMs <= this.#openUntilMs
  }

  #learn(place: MediaAddress, header: Readonly<RtpHeader>, nowMs: number): LatchVerdict {
    this.#place = place
    this.#learned = true
    this.#hear(header, nowMs)
    return 'learned'
  }
}
