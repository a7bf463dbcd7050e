/** The fixed header of RTP (RFC 3550 §5.1) and where its payload lies. One is made for a stream and filled again for each packet. */
export type RtpHeader = {
  payloadType: number
  marker: boolean
  sequence: number
  timestamp: number
  ssrc: number
  /** Where the payload begins in the packet, after contributing sources and header extension. */
  start: number
  /** Where the payload ends, before any padding. */
  end: number
}

/** What makes a datagram no RTP packet (RFC 3550 §5.1, Appendix A.1). */
export type RtpFault = 'too_short' | 'wrong_version' | 'is_rtcp' | 'truncated' | 'bad_padding'

export const rtpHeaderBytes = 12

/** A header to be filled. */
export const emptyRtpHeader = (): RtpHeader => ({ payloadType: 0, marker: false, sequence: 0, timestamp: 0, ssrc: 0, start: 0, end: 0 })

const byteAt = (bytes: Uint8Array, at: number) => bytes[at] ?? 0
const wordAt = (bytes: Uint8Array, at: number) => (byteAt(bytes, at) << 8) | byteAt(bytes, at + 1)
const longAt = (bytes: Uint8Array, at: number) => ((wordAt(bytes, at) << 16) | wordAt(bytes, at + 2)) >>> 0

/** Whether a datagram is RTCP where both kinds share a port: packet types 192 to 223 belong to it (RFC 5761 §4). */
export const isRtcp = (bytes: Uint8Array): boolean => bytes.length >= 2 && byteAt(bytes, 1) >= 192 && byteAt(bytes, 1) <= 223

/** Reads a packet's header into `header`, which is left as it was where the answer is a fault. The payload is `bytes` from `start` to `end`. */
export function readRtp(bytes: Uint8Array, header: RtpHeader): RtpFault | undefined {
  const length = bytes.length
  if (length < rtpHeaderBytes) return 'too_short'
  const first = byteAt(bytes, 0)
  if (first >> 6 !== 2) return 'wrong_version'
  if (isRtcp(bytes)) return 'is_rtcp'
  let start = rtpHeaderBytes + (first & 15) * 4
  if (first & 0x10) {
    // §5.3.1: sixteen bits of the profile's own, then a count of 32-bit words.
    if (start + 4 > length) return 'truncated'
    start += 4 + wordAt(bytes, start + 2) * 4
  }
  if (start > length) return 'truncated'
  let end = length
  if (first & 0x20) {
    const padding = byteAt(bytes, length - 1) // it counts itself
    if (padding === 0 || start + padding > length) return 'bad_padding'
    end -= padding
  }
  const second = byteAt(bytes, 1)
  header.payloadType = second & 0x7f
  header.marker = second > 0x7f
  header.sequence = wordAt(bytes, 2)
  header.timestamp = longAt(bytes, 4)
  header.ssrc = longAt(bytes, 8)
  header.start = start
  header.end = end
  return undefined
}

/** Writes the fixed header alone: no contributing sources, no extension, no padding. `start` and `end` play no part. */
export function writeRtpHeader(bytes: Uint8Array, header: Readonly<RtpHeader>): void {
  bytes[0] = 0x80
  bytes[1] = (header.marker ? 0x80 : 0) | (header.payloadType & 0x7f)
  bytes[2] = header.sequence >> 8
  bytes[3] = header.sequence
  bytes[4] = header.timestamp >>> 24
  bytes[5] = header.timestamp >>> 16
  bytes[6] = header.timestamp >>> 8
  bytes[7] = header.timestamp
  bytes[8] = header.ssrc >>> 24
  bytes[9] = header.ssrc >>> 16
  bytes[10] = header.ssrc >>> 8
  bytes[11] = header.ssrc
}
