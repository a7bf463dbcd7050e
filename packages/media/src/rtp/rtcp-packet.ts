import type { NtpTime } from './wall-clock.ts'

/** What a receiver says of one source (RFC 3550 §6.4.1). */
export type ReportBlock = {
  readonly ssrc: number
  /** Lost since the last report, in 256ths. */
  readonly fractionLost: number
  /** Lost since the beginning; below zero where duplicates outnumber losses. */
  readonly lost: number
  /** The highest sequence number, extended by its turns. */
  readonly highest: number
  /** In units of the stream's timestamp. */
  readonly jitter: number
  /** The middle of the NTP timestamp of the last sender report, 0 where there was none. */
  readonly lastReport: number
  /** Since then, in units of 2⁻¹⁶ s. */
  readonly delaySinceLast: number
}

/** What a sender says of itself (§6.4.1). */
export type SenderInfo = { readonly ntp: NtpTime; readonly timestamp: number; readonly packets: number; readonly octets: number }

/** One part of a compound packet. */
export type RtcpPart =
  | { readonly kind: 'report'; readonly ssrc: number; readonly sender?: SenderInfo; readonly blocks: readonly ReportBlock[] }
  | { readonly kind: 'description'; readonly ssrc: number; readonly cname: string }
  | { readonly kind: 'bye'; readonly ssrcs: readonly number[] }
  /** Application-defined parts, feedback and extended reports are stepped over. */
  | { readonly kind: 'other'; readonly type: number }

/** What makes a datagram no compound RTCP packet (RFC 3550 §6.1, Appendix A.2). */
export type RtcpFault = 'too_short' | 'wrong_version' | 'no_report_first' | 'padding_inside' | 'bad_padding' | 'wrong_length'

/** A compound packet, or what is wrong with it. */
export type RtcpReading = { readonly ok: true; readonly parts: readonly RtcpPart[] } | { readonly ok: false; readonly fault: RtcpFault }

const senderReport = 200
const receiverReport = 201
const sourceDescription = 202
const goodbye = 203
const cnameItem = 1
const faulty = (fault: RtcpFault): RtcpReading => ({ ok: false, fault })

/** Reads a compound packet. Each part says how long it is, and all of them together must be as long as the datagram. */
export function readRtcp(bytes: Uint8Array): RtcpReading {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 8) return faulty('too_short')
  const parts: RtcpPart[] = []
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) return faulty('wrong_length')
    const first = view.getUint8(at)
    const type = view.getUint8(at + 1)
    const next = at + 4 + view.getUint16(at + 2) * 4
    if (first >> 6 !== 2) return faulty('wrong_version')
    if (at === 0 && type !== senderReport && type !== receiverReport) return faulty('no_report_first')
    if (next > bytes.length) return faulty('wrong_length')
    let end = next
    if (first & 0x20) {
      // §6.4.1: only the last part of a compound packet is padded, and the count is its last byte.
      if (next !== bytes.length) return faulty('padding_inside')
      const padding = view.getUint8(next - 1)
      if (padding === 0 || padding % 4 !== 0 || at + 4 + padding > next) return faulty('bad_padding')
      end -= padding
    }
    const part = readPart(view, type, first & 31, at + 4, end)
    if (!part) return faulty('wrong_length')
    parts.push(part)
    at = next
  }
  return { ok: true, parts }
}

/** Reads one part, whose contents lie from `at` to `end`; undefined where they do not fit. */
function readPart(view: DataView, type: number, count: number, at: number, end: number): RtcpPart | undefined {
  switch (type) {
    case senderReport:
    case receiverReport:
      return readReport(view, type === senderReport, count, at, end)
    case sourceDescription:
      return readDescription(view, count, at, end)
    case goodbye:
      if (at + count * 4 > end) return undefined
      return { kind: 'bye', ssrcs: Array.from({ length: count }, (_, i) => view.getUint32(at + i * 4)) }
    default:
      return { kind: 'other', type }
  }
}

function readReport(view: DataView, fromSender: boolean, count: number, at: number, end: number): RtcpPart | undefined {
  const first = at + (fromSender ? 24 : 4)
  if (first + count * 24 > end) return undefined
  const ssrc = view.getUint32(at)
  const blocks = Array.from({ length: count }, (_, i) => readBlock(view, first + i * 24))
  if (!fromSender) return { kind: 'report', ssrc, blocks }
  const sender: SenderInfo = {
    ntp: { seconds: view.getUint32(at + 4), fraction: view.getUint32(at + 8) },
    timestamp: view.getUint32(at + 12),
    packets: view.getUint32(at + 16),
    octets: view.getUint32(at + 20),
  }
  return { kind: 'report', ssrc, sender, blocks }
}

const readBlock = (view: DataView, at: number): ReportBlock => ({
  ssrc: view.getUint32(at),
  fractionLost: view.getUint8(at + 4),
  lost: (view.getInt32(at + 4) << 8) >> 8,
  highest: view.getUint32(at + 8),
  jitter: view.getUint32(at + 12),
  lastReport: view.getUint32(at + 16),
  delaySinceLast: view.getUint32(at + 20),
})

/** The first chunk's CNAME (§6.5.1). Items are a type, a length and text; the list ends with a zero and is filled up to 32 bits. */
function readDescription(view: DataView, count: number, at: number, end: number): RtcpPart | undefined {
  if (count === 0) return { kind: 'other', type: sourceDescription }
  if (at + 4 > end) return undefined
  const ssrc = view.getUint32(at)
  for (let item = at + 4; item < end && view.getUint8(item) !== 0; ) {
    if (item + 2 > end) return undefined
    const text = item + 2
    const length = view.getUint8(item + 1)
    if (text + length > end) return undefined
    if (view.getUint8(item) === cnameItem) {
      const cname = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + text, length))
      return { kind: 'description', ssrc, cname }
    }
    item = text + length
  }
  return { kind: 'description', ssrc, cname: '' }
}

/** What one side says at one moment. */
export type Report = {
  readonly ssrc: number
  /** An opaque name that is the same for all streams of this side (RFC 7022): never a person's name or address. */
  readonly cname: string
  readonly sender?: SenderInfo
  readonly blocks: readonly ReportBlock[]
  readonly bye?: boolean
}

/** Writes a compound packet: a report, the CNAME that goes with each (§6.1), and a BYE where the stream ends. */
export function writeRtcp({ ssrc, cname, sender, blocks, bye = false }: Report): Uint8Array {
  const told = blocks.slice(0, 31)
  const name = new TextEncoder().encode(cname).subarray(0, 255)
  const reportBytes = 8 + (sender ? 20 : 0) + told.length * 24
  const descriptionBytes = 8 + 4 * Math.ceil((2 + name.length + 1) / 4)
  const bytes = new Uint8Array(reportBytes + descriptionBytes + (bye ? 8 : 0))
  const view = new DataView(bytes.buffer)
  const head = (at: number, count: number, type: number, length: number) => {
    view.setUint8(at, 0x80 | count)
    view.setUint8(at + 1, type)
    view.setUint16(at + 2, length / 4 - 1)
    view.setUint32(at + 4, ssrc)
  }
  head(0, told.length, sender ? senderReport : receiverReport, reportBytes)
  if (sender) writeSender(view, 8, sender)
  told.forEach((block, i) => {
    writeBlock(view, (sender ? 28 : 8) + i * 24, block)
  })
  head(reportBytes, 1, sourceDescription, descriptionBytes)
  view.setUint8(reportBytes + 8, cnameItem)
  view.setUint8(reportBytes + 9, name.length)
  bytes.set(name, reportBytes + 10)
  if (bye) head(reportBytes + descriptionBytes, 1, goodbye, 8)
  return bytes
}

function writeSender(view: DataView, at: number, { ntp, timestamp, packets, octets }: SenderInfo): void {
  const words = [ntp.seconds, ntp.fraction, timestamp, packets, octets]
  words.forEach((word, i) => {
    view.setUint32(at + i * 4, word)
  })
}

function writeBlock(view: DataView, at: number, block: ReportBlock): void {
  // 24 bits with a sign: what is beyond them stays at the limit (Appendix A.3).
  const lost = Math.max(-0x80_0000, Math.min(0x7f_ffff, block.lost))
  const words = [block.ssrc, (block.fractionLost << 24) | (lost & 0xff_ffff), block.highest, block.jitter, block.lastReport]
  ;[...words, block.delaySinceLast].forEach((word, i) => {
    view.setUint32(at + i * 4, word >>> 0)
  })
}
