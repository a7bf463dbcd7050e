import type { RtcpFault } from '../rtp/rtcp-packet.ts'
import type { RtpFault } from '../rtp/rtp-packet.ts'
import type { SrtpFault } from '../srtp/srtp.ts'

/** Why a datagram was dropped. */
export type Drop = RtpFault | RtcpFault | SrtpFault | 'stranger' | 'waiting' | 'other_payload' | 'too_far' | 'on_probation'

/** Counts what was dropped, by reason. It grows no longer than the list of reasons. */
export class DropCounter {
  readonly #counts = new Map<Drop, number>()

  /** Counts one. */
  count(drop: Drop): void {
    this.#counts.set(drop, (this.#counts.get(drop) ?? 0) + 1)
  }

  get all(): Readonly<Partial<Record<Drop, number>>> {
    return Object.fromEntries(this.#counts)
  }
}
