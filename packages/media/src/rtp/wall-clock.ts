/** Seconds between 1 January 1900, where NTP counts from, and 1970 (RFC 3550 §4). */
const ntpOffset = 2_208_988_800

/** An NTP timestamp: whole seconds since 1900, modulo 2³², and 2⁻³² parts of one. */
export type NtpTime = { readonly seconds: number; readonly fraction: number }

/** The NTP timestamp of a moment in milliseconds since 1970. */
export function ntpTime(epochMs: number): NtpTime {
  const seconds = Math.floor(epochMs / 1000)
  return { seconds: (seconds + ntpOffset) % 2 ** 32, fraction: Math.floor(((epochMs - seconds * 1000) / 1000) * 2 ** 32) }
}

/** The middle 32 bits, in units of 2⁻¹⁶ s, as LSR carries them (RFC 3550 §6.4.1). */
export const compactNtp = ({ seconds, fraction }: NtpTime): number => (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0

/**
 * The round trip in milliseconds from a report block: the moment it came (A), the last sender report it had seen (LSR), and how long ago that was
 * (DLSR): A − LSR − DLSR (RFC 3550 §6.4.1, Figure 2). Undefined where the other side has seen none yet, or its answer cannot be true.
 */
export function roundTripMs(epochMs: number, lastReport: number, delaySinceLast: number): number | undefined {
  if (lastReport === 0) return undefined
  const units = (compactNtp(ntpTime(epochMs)) - lastReport - delaySinceLast) | 0
  // Clocks that count in steps make a loopback come out a little below nothing; nobody talks over more than a minute.
  return units < -655 || units > 60 * 65_536 ? undefined : (Math.max(0, units) * 1000) / 65_536
}
