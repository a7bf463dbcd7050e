import { describe, expect, it } from 'vitest'
import { amplitudeAt, frames, likeness, noise, quiet, sine, together } from '../signals.fixture.ts'
import { Concealer } from './concealer.ts'
import { bestLag } from './pitch.ts'

/** A voice-like sound: a fundamental with overtones. */
const vowel = (hertz: number, seconds: number) =>
  together(...[1, 2, 3, 4, 5, 6].map((overtone) => sine(hertz * overtone, seconds, 6000 / overtone)))

describe('concealment', () => {
  it.each([80, 110, 150, 190])('finds the pitch of a voice of %i Hz', (hertz) => {
    const sound = vowel(hertz, 0.1)
    const lag = bestLag(sound, sound.length, 160)
    // A multiple of the period fits as well.
    const periods = (lag * hertz) / 8000
    expect(Math.abs(periods - Math.round(periods))).toBeLessThan(0.02)
  })

  it.each([100, 130, 180])('makes up 20 ms of a voice of %i Hz that are like the lost ones', (hertz) => {
    const pieces = frames(vowel(hertz, 1))
    const concealer = new Concealer()
    for (const piece of pieces.slice(0, 10)) concealer.hear(piece.slice())
    const made = new Int16Array(160)
    concealer.fill(made)
    expect(likeness(made, pieces[10] ?? quiet(0))).toBeGreaterThan(0.9)
  })

  it('fades to silence within 60 ms (G.711 Appendix I §I.2.7)', () => {
    const concealer = new Concealer()
    for (const piece of frames(sine(400, 0.2))) concealer.hear(piece)
    const made = new Int16Array(640)
    concealer.fill(made)
    const level = (from: number) => amplitudeAt(made.subarray(from, from + 80), 400)
    expect(level(0)).toBeGreaterThan(9000)
    expect(level(80)).toBeLessThan(9700)
    expect(level(320)).toBeLessThan(level(160))
    expect(made.subarray(481).every((sample) => sample === 0)).toBe(true)
  })

  it('leaves no step where the voice sets in again', () => {
    const pieces = frames(sine(400, 1))
    const concealer = new Concealer()
    const out: number[] = []
    for (const [index, piece] of pieces.entries()) {
      const frame = piece.slice()
      if (index % 5 === 4) concealer.fill(frame)
      else concealer.hear(frame)
      out.push(...frame)
    }
    const steps = out.slice(1).map((sample, i) => Math.abs(sample - (out[i] ?? 0)))
    const natural = 10_000 * 2 * Math.sin((Math.PI * 400) / 8000)
    expect(Math.max(...steps.slice(400))).toBeLessThan(natural * 1.6)
  })

  it('makes no tone out of nothing', () => {
    const concealer = new Concealer()
    const made = new Int16Array(160)
    concealer.fill(made)
    expect(made.every((sample) => sample === 0)).toBe(true)
    for (const piece of frames(noise(0.2, 500))) concealer.hear(piece)
    concealer.fill(made)
    expect(Math.max(...made.map(Math.abs))).toBeLessThan(2500)
  })
})
