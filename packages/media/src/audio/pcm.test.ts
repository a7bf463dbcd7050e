import { describe, expect, it } from 'vitest'
import { addSamples, levelDbov, readPcm16, rmsOf, scaleSamples, writePcm16 } from './pcm.ts'

describe('linear samples', () => {
  it.each(['network', 'little'] as const)('travel in %s order and come back', (order) => {
    const samples = Int16Array.of(0, 1, -1, 256, -32768, 32767)
    const bytes = new Uint8Array(12)
    expect(writePcm16(samples, bytes, order)).toBe(6)
    expect([...bytes.subarray(6, 8)]).toEqual(order === 'network' ? [1, 0] : [0, 1])
    const back = new Int16Array(6)
    expect(readPcm16(bytes, back, order)).toBe(6)
    expect(back).toEqual(samples)
  })

  it('leave half a sample at the end alone', () => {
    expect(readPcm16(Uint8Array.of(1, 2, 3), new Int16Array(4), 'network')).toBe(1)
  })

  it('stay at the limit where a sum would overflow', () => {
    const sum = Int16Array.of(30_000, -30_000, 5)
    addSamples(sum, Int16Array.of(30_000, -30_000, 7))
    expect([...sum]).toEqual([32_767, -32_768, 12])
    scaleSamples(sum, 0.5)
    expect([...sum]).toEqual([16_384, -16_384, 6])
  })

  it('have a level in dBov: 0 for the loudest square wave, −127 for nothing', () => {
    expect(levelDbov(Int16Array.from({ length: 80 }, (_, i) => (i % 2 ? -32768 : 32767)))).toBeCloseTo(0, 2)
    expect(levelDbov(new Int16Array(80))).toBe(-127)
    expect(rmsOf(new Int16Array(0))).toBe(0)
  })
})
