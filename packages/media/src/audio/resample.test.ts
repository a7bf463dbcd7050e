import { describe, expect, it } from 'vitest'
import { amplitudeAt, decibels, frames, sine } from '../signals.fixture.ts'
import { type Rate, resampler } from './resample.ts'

const rates = [8000, 16000, 48000] as const
const pairs = rates.flatMap((from) => rates.filter((to) => to !== from).map((to) => [from, to] as const))

/** Sends a sound through in frames of 20 ms and answers what comes out once the filter is full. */
function through(sound: Int16Array, from: Rate, to: Rate): Int16Array {
  const { process } = resampler(from, to)
  const out = frames(sound, 20, from).map((frame) => {
    const into = new Int16Array((frame.length * to) / from)
    expect(process(frame, into)).toBe(into.length)
    return into
  })
  return Int16Array.from(out.flatMap((frame) => [...frame])).subarray(to / 10)
}

describe.each(pairs)('from %i to %i samples a second', (from, to) => {
  it.each([300, 1000, 3000, 3300])('leaves a tone of %i Hz as loud as it was', (hertz) => {
    const out = through(sine(hertz, 0.4, 10_000, from), from, to)
    expect(Math.abs(decibels(amplitudeAt(out, hertz, to), 10_000))).toBeLessThan(0.1)
  })

  it('adds nothing louder than −60 dB anywhere else', () => {
    const out = through(sine(1000, 0.4, 10_000, from), from, to)
    const elsewhere = Array.from({ length: to / 200 - 1 }, (_, i) => (i + 1) * 100).filter((hertz) => Math.abs(hertz - 1000) > 50)
    const loudest = Math.max(...elsewhere.map((hertz) => amplitudeAt(out, hertz, to)))
    expect(decibels(loudest, 10_000)).toBeLessThan(-60)
  })

  // Upwards there is nothing above the band that could fold back.
  if (to < from)
    it('lets no tone above the band come back as another one below −60 dB', () => {
      const tones = Array.from({ length: 12 }, (_, i) => to * 0.575 + ((from / 2 - to * 0.575) * i) / 12)
      const worst = tones.map((hertz) => {
        const out = through(sine(hertz, 0.3, 10_000, from), from, to)
        const folded = Math.abs(hertz - to * Math.round(hertz / to))
        return decibels(Math.max(amplitudeAt(out, folded, to), 0.001), 10_000)
      })
      expect(Math.max(...worst)).toBeLessThan(-60)
    })

  it('gives the same whether a sound comes whole or in odd pieces', () => {
    const sound = sine(700, 0.1, 8000, from)
    const whole = new Int16Array(Math.ceil((sound.length * to) / from))
    resampler(from, to).process(sound, whole)
    const { process } = resampler(from, to)
    const pieces: number[] = []
    for (let at = 0, size = 1; at < sound.length; at += size, size = (size % 97) + 13) {
      const into = new Int16Array(7 * size)
      const count = process(sound.subarray(at, at + size), into)
      pieces.push(...into.subarray(0, count))
    }
    expect(pieces).toEqual([...whole])
  })

  it('delays by what it says', () => {
    const { delay, process } = resampler(from, to)
    const click = new Int16Array(from / 50)
    click[0] = 20_000
    const out = new Int16Array(to / 50)
    process(click, out)
    const peak = out.reduce((best, sample, i) => (sample > (out[best] ?? 0) ? i : best), 0)
    expect(Math.abs(peak / to - delay)).toBeLessThanOrEqual(1 / Math.min(from, to))
  })
})

describe('between equal rates', () => {
  it('copies', () => {
    const out = new Int16Array(3)
    expect(resampler(8000, 8000).process(Int16Array.of(1, 2, 3), out)).toBe(3)
    expect([...out]).toEqual([1, 2, 3])
  })
})
