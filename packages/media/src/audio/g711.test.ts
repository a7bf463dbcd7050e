import { describe, expect, it } from 'vitest'
import { compressG711, expandG711, type Law, silence } from './g711.ts'

/**
 * ITU-T G.711 (11/88), Table 1a (A-law, positive values, character signal before the inversion of even bits) and Table 2a (µ-law, positive values):
 * a segment's upper decision value, its count of intervals and their size, and the first code word and the quantized value of its uppermost interval.
 */
const tables = {
  PCMA: {
    scale: 8,
    /** Code words are written here as the table's column 6 has them; on the line even bits are inverted (note 2 of the table). */
    line: (code: number) => code ^ 0x55,
    segments: [
      { upTo: 4096, intervals: 16, size: 128, word: 0b1111_1111, value: 4032 },
      { upTo: 2048, intervals: 16, size: 64, word: 0b1110_1111, value: 2016 },
      { upTo: 1024, intervals: 16, size: 32, word: 0b1101_1111, value: 1008 },
      { upTo: 512, intervals: 16, size: 16, word: 0b1100_1111, value: 504 },
      { upTo: 256, intervals: 16, size: 8, word: 0b1011_1111, value: 252 },
      { upTo: 128, intervals: 16, size: 4, word: 0b1010_1111, value: 126 },
      { upTo: 64, intervals: 32, size: 2, word: 0b1001_1111, value: 63 },
    ],
    next: -1,
  },
  PCMU: {
    scale: 4,
    line: (code: number) => code,
    segments: [
      { upTo: 8159, intervals: 16, size: 256, word: 0b1000_0000, value: 8031 },
      { upTo: 4063, intervals: 16, size: 128, word: 0b1001_0000, value: 3999 },
      { upTo: 2015, intervals: 16, size: 64, word: 0b1010_0000, value: 1983 },
      { upTo: 991, intervals: 16, size: 32, word: 0b1011_0000, value: 975 },
      { upTo: 479, intervals: 16, size: 16, word: 0b1100_0000, value: 471 },
      { upTo: 223, intervals: 16, size: 8, word: 0b1101_0000, value: 219 },
      { upTo: 95, intervals: 16, size: 4, word: 0b1110_0000, value: 93 },
      { upTo: 31, intervals: 15, size: 2, word: 0b1111_0000, value: 30 },
      { upTo: 1, intervals: 1, size: 1, word: 0b1111_1111, value: 0 },
    ],
    next: 1,
  },
} as const

type Row = { readonly code: number; readonly from: number; readonly to: number; readonly value: number }

/** Every interval of a law's positive half: its code word on the line, its decision values and its quantized value. */
function rowsOf(law: Law): Row[] {
  const { segments, next, line } = tables[law]
  return segments.flatMap(({ upTo, intervals, size, word, value }) =>
    Array.from({ length: intervals }, (_, k) => ({
      code: line(word + k * next),
      from: upTo - (k + 1) * size,
      to: upTo - k * size,
      value: value - k * size,
    })),
  )
}

const expandOne = (law: Law, code: number) => {
  const samples = new Int16Array(1)
  expandG711(law, Uint8Array.of(code), samples)
  return samples[0] ?? Number.NaN
}
const compressOne = (law: Law, sample: number) => {
  const bytes = new Uint8Array(1)
  compressG711(law, Int16Array.of(sample), bytes)
  return bytes[0] ?? Number.NaN
}

describe.each(['PCMU', 'PCMA'] as const)('%s against the tables of ITU-T G.711', (law) => {
  const { scale } = tables[law]
  const rows = rowsOf(law)
  /** The sign bit is the first of a code word (§3: 1 for positive). */
  const negative = (code: number) => code ^ 0x80

  it('has 128 intervals in each half', () => {
    expect(new Set(rows.map(({ code }) => code)).size).toBe(128)
    expect(rows.at(0)?.to).toBe(law === 'PCMA' ? 4096 : 8159)
    expect(rows.at(-1)?.from).toBe(0)
  })

  it('expands every code word to its quantized value', () => {
    for (const { code, value } of rows) {
      expect([code, expandOne(law, code)]).toEqual([code, value * scale])
      expect([code, expandOne(law, negative(code)) + 0]).toEqual([code, -value * scale + 0])
    }
  })

  it('compresses every 16-bit sample to the code word between whose decision values it lies', () => {
    const wrong: number[] = []
    for (const { code, from, to } of rows) {
      for (let sample = from * scale; sample < to * scale && sample <= 32767; sample++) {
        if (compressOne(law, sample) !== code) wrong.push(sample)
        // G.191 mirrors in ones' complement: −1 is to negative what 0 is to positive.
        if (compressOne(law, ~sample) !== negative(code)) wrong.push(~sample)
      }
    }
    expect(wrong).toEqual([])
  })

  it('keeps the largest value where a sample exceeds the virtual decision value', () => {
    expect(compressOne(law, 32767)).toBe(rows[0]?.code)
    expect(compressOne(law, -32768)).toBe(negative(rows[0]?.code ?? 0))
  })

  it('gives each code word back after expanding it, except the second zero of µ-law', () => {
    const changed = Array.from({ length: 256 }, (_, code) => code).filter((code) => compressOne(law, expandOne(law, code)) !== code)
    expect(changed).toEqual(law === 'PCMU' ? [0x7f] : [])
  })

  it('has a byte for silence', () => {
    expect(Math.abs(expandOne(law, silence[law]))).toBeLessThanOrEqual(8)
  })

  it('stops where either side ends', () => {
    expect(expandG711(law, new Uint8Array(160), new Int16Array(80))).toBe(80)
    expect(compressG711(law, new Int16Array(40), new Uint8Array(80))).toBe(40)
  })
})
