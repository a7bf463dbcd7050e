/** The two laws of ITU-T G.711, by their names in SDP (RFC 3551 §4.5.14). Both are 8000 samples a second, one byte each. */
export type Law = 'PCMU' | 'PCMA'

/** Byte that means silence: the smallest positive value of each law. */
export const silence: Readonly<Record<Law, number>> = { PCMU: 0xff, PCMA: 0xd5 }

/** µ-law (G.711 §3.2, Tables 2a and 2b) on the 14-bit scale of the Recommendation, moved up to 16 bits. */
function expandMuLaw(code: number): number {
  const inverted = ~code & 0xff
  const segment = (inverted >> 4) & 7
  // 33 is the offset that makes the segments' borders powers of two.
  const magnitude = ((((inverted & 15) << 1) + 33) << segment) - 33
  return (inverted & 0x80 ? -magnitude : magnitude) * 4
}

/** A-law (G.711 §3.1, Tables 1a and 1b) on the 13-bit scale of the Recommendation, moved up to 16 bits. Even bits are inverted on the line. */
function expandALaw(code: number): number {
  const plain = code ^ 0x55
  const segment = (plain >> 4) & 7
  const step = ((plain & 15) << 1) + 1
  const magnitude = segment === 0 ? step : (step + 32) << (segment - 1)
  return (plain & 0x80 ? magnitude : -magnitude) * 8
}

/** A negative value mirrors the positive one in ones' complement, so that no code word is lost (ITU-T G.191, module G.711). */
const mirrored = (value: number) => (value < 0 ? ~value : value)

function compressMuLaw(value: number): number {
  const magnitude = Math.min(mirrored(value) + 33, 0x1fff)
  const segment = 26 - Math.clz32(magnitude)
  const code = (segment << 4) | ((magnitude >> (segment + 1)) & 15)
  return ~(value < 0 ? code | 0x80 : code) & 0xff
}

function compressALaw(value: number): number {
  const magnitude = mirrored(value)
  const segment = Math.max(0, 28 - Math.clz32(magnitude))
  const step = (segment === 0 ? magnitude : magnitude >> (segment - 1)) & 15
  const code = (segment << 4) | step
  return (value < 0 ? code : code | 0x80) ^ 0x55
}

/** A sample loses its low bits before it is looked up: µ-law has 14, A-law 12 that matter. */
type Tables = { readonly expand: Int16Array; readonly compress: Uint8Array; readonly shift: number }

function tablesOf(expand: (code: number) => number, compress: (value: number) => number, bits: number): Tables {
  const signed = (index: number) => (index << (32 - bits)) >> (32 - bits)
  return {
    expand: Int16Array.from({ length: 256 }, (_, code) => expand(code)),
    compress: Uint8Array.from({ length: 1 << bits }, (_, index) => compress(signed(index))),
    shift: 16 - bits,
  }
}

const tables: Readonly<Record<Law, Tables>> = {
  PCMU: tablesOf(expandMuLaw, compressMuLaw, 14),
  PCMA: tablesOf(expandALaw, compressALaw, 12),
}

/** Expands bytes of `law` to 16-bit samples; answers how many were written, as many as both sides hold. */
export function expandG711(law: Law, bytes: Uint8Array, samples: Int16Array): number {
  const { expand } = tables[law]
  const count = Math.min(bytes.length, samples.length)
  for (let i = 0; i < count; i++) samples[i] = expand[bytes[i] ?? 0] ?? 0
  return count
}

/** Compresses 16-bit samples to bytes of `law`; answers how many were written, as many as both sides hold. */
export function compressG711(law: Law, samples: Int16Array, bytes: Uint8Array): number {
  const { compress, shift } = tables[law]
  const mask = compress.length - 1
  const count = Math.min(bytes.length, samples.length)
  for (let i = 0; i < count; i++) bytes[i] = compress[((samples[i] ?? 0) >> shift) & mask] ?? 0
  return count
}
