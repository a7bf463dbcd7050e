import { describe, expect, it } from 'vitest'
import { amplitudeAt, inTurn, quiet, sine } from '../signals.fixture.ts'
import { JitterBuffer } from './jitter-buffer.ts'
import { type Heard, sendThrough } from './network.fixture.ts'

const tone = sine(400, 20)
const last = <T>(list: readonly T[], count: number) => list.slice(-count)
const share = (heard: Heard, kind: string, from = 0) =>
  heard.kinds.slice(from).filter((each) => each === kind).length / (heard.kinds.length - from)
/** How loud the tone is over the last ten seconds, and how much of the power is something else. */
function purity(heard: Heard): { amplitude: number; other: number } {
  const end = heard.sound.subarray(-80_000)
  // In pieces of 100 ms: a change of delay moves the tone's phase, which is no fault.
  const pieces = Array.from({ length: 100 }, (_, i) => end.subarray(i * 800, (i + 1) * 800))
  const amplitude = pieces.reduce((sum, piece) => sum + amplitudeAt(piece, 400), 0) / pieces.length
  const power = end.reduce((sum, sample) => sum + sample * sample, 0) / end.length
  return { amplitude, other: Math.max(0, 1 - amplitude ** 2 / 2 / power) }
}

describe('the jitter buffer', () => {
  it('is silent until something comes, and refuses what is no audio', () => {
    const buffer = new JitterBuffer('PCMA')
    const frame = new Int16Array(160).fill(9)
    expect(buffer.pull(frame, 0)).toBe('waiting')
    expect(frame.every((sample) => sample === 0)).toBe(true)
    expect(buffer.put(0, new Uint8Array(0), 0, 0, 0)).toBe('not_audio')
    expect(buffer.put(0, new Uint8Array(4000), 0, 4000, 0)).toBe('not_audio')
  })

  it('plays an even stream as it was, across the turn of the timestamp, with little delay', () => {
    const heard = sendThrough(tone, {})
    expect(share(heard, 'voice', 100)).toBe(1)
    expect(purity(heard).amplitude).toBeGreaterThan(9900)
    expect(purity(heard).other).toBeLessThan(0.002)
    expect(Math.max(...last(heard.delays, 500))).toBeLessThan(60)
    expect(heard.buffer.counts).toMatchObject({ late: 0, duplicates: 0, restarts: 0 })
  })

  it.each([10, 30, 60])('plays packets of %i ms', (packetMs) => {
    const heard = sendThrough(tone, { packetMs })
    expect(share(heard, 'voice', 100)).toBeGreaterThan(0.99)
    expect(purity(heard).other).toBeLessThan(0.01)
  })

  it('drops duplicates', () => {
    const heard = sendThrough(tone, { duplicates: 0.3 })
    const { duplicates, late, kept } = heard.buffer.counts
    expect(kept).toBe(998) // the last two come after the end
    expect(duplicates + late).toBeGreaterThan(200)
    expect(purity(heard).other).toBeLessThan(0.002)
  })

  it('puts packets that changed places in order', () => {
    const heard = sendThrough(tone, { swaps: 0.1 })
    expect(share(heard, 'concealed', 200)).toBeLessThan(0.01)
    expect(purity(heard).other).toBeLessThan(0.005)
  })

  it('hides a loss of 5 %', () => {
    const heard = sendThrough(tone, { loss: 0.05 })
    const { playedSamples, concealedSamples } = heard.buffer.counts
    expect(concealedSamples / (playedSamples + concealedSamples)).toBeGreaterThan(0.03)
    expect(concealedSamples / (playedSamples + concealedSamples)).toBeLessThan(0.07)
    expect(purity(heard).amplitude).toBeGreaterThan(9500)
    expect(purity(heard).other).toBeLessThan(0.02)
  })

  it('bears a loss of 20 %', () => {
    const heard = sendThrough(tone, { loss: 0.2 })
    expect(purity(heard).amplitude).toBeGreaterThan(8500)
    expect(purity(heard).other).toBeLessThan(0.08)
    expect(Math.max(...last(heard.delays, 500))).toBeLessThan(120)
  })

  it('waits longer where packets are up to 100 ms late, and then loses nearly none', () => {
    const heard = sendThrough(tone, { jitterMs: 100 })
    expect(share(heard, 'concealed', 250)).toBeLessThan(0.03)
    expect(purity(heard).amplitude).toBeGreaterThan(9500)
    const settled = last(heard.delays, 500)
    expect(Math.min(...settled)).toBeGreaterThan(70)
    expect(Math.max(...settled)).toBeLessThan(170)
  })

  it('comes back to a short delay when the network calms down', () => {
    const rough = sendThrough(tone, { jitterMs: 100 }).buffer
    const frame = new Int16Array(160)
    const payload = new Uint8Array(160).fill(0xff)
    for (let k = 0; k < 1500; k++) {
      const now = 20_000 + k * 20
      rough.put((0xffff_f000 + (1000 + k) * 160) >>> 0, payload, 0, 160, now + 30)
      rough.pull(frame, now + 37)
    }
    expect(rough.delayMs(50_000 + 37)).toBeLessThan(60)
  })

  it.each([0.0005, -0.0005])('follows a sender whose clock is off by %f', (drift) => {
    const heard = sendThrough(sine(400, 60), { drift })
    expect(share(heard, 'concealed', 100)).toBeLessThan(0.005)
    expect(Math.max(...last(heard.delays, 500))).toBeLessThan(80)
    expect(heard.buffer.counts.shiftedSamples).toBeGreaterThan(0)
    expect(purity(heard).other).toBeLessThan(0.02)
  })

  it('falls silent within 60 ms when nothing comes any more, and takes up again', () => {
    const heard = sendThrough(inTurn(sine(400, 2), quiet(0)), {})
    const frame = new Int16Array(160)
    const levels = Array.from({ length: 40 }, (_, k) => {
      heard.buffer.pull(frame, 2007 + k * 20)
      return Math.max(...frame)
    })
    expect(levels.indexOf(0)).toBeLessThan(9)
    expect(levels.at(-1)).toBe(0)
    const later = 10_000
    for (let k = 0; k < 50; k++) {
      heard.buffer.put((0xffff_f000 + (500 + k) * 160) >>> 0, new Uint8Array(160).fill(0x80), 0, 160, later + k * 20)
      heard.buffer.pull(frame, later + k * 20 + 7)
    }
    expect(Math.max(...frame)).toBeGreaterThan(30_000)
    expect(heard.buffer.delayMs(later + 49 * 20 + 7)).toBeLessThan(120)
  })

  it('starts all over where the timestamps jump', () => {
    const { buffer } = sendThrough(sine(400, 2), {})
    const payload = new Uint8Array(160).fill(0x80)
    expect(buffer.put(123_456_789, payload, 0, 160, 2100)).toBe('restarted')
    expect(buffer.put(123_456_949, payload, 0, 160, 2120)).toBe('kept')
    const frame = new Int16Array(160)
    for (let k = 0; k < 5; k++) buffer.pull(frame, 2120 + k * 20)
    expect(Math.max(...frame)).toBeGreaterThan(30_000)
    expect(buffer.counts.restarts).toBe(1)
  })

  it('keeps its delay within bounds whatever comes', () => {
    const heard = sendThrough(tone, { jitterMs: 450, bounds: { mostMs: 200 } })
    expect(Math.max(...last(heard.delays, 500))).toBeLessThanOrEqual(240)
  })
})
