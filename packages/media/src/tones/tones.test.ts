import { describe, expect, it } from 'vitest'
import { compressG711, expandG711 } from '../audio/g711.ts'
import { amplitudeAt, frames, inTurn, noise, quiet, sine, together } from '../signals.fixture.ts'
import { speech, voices } from '../speech.fixture.ts'
import { networkTones, type TonePlan } from './plan.ts'
import { ToneDetector } from './tone-detector.ts'
import { recordBeep, ToneGenerator } from './tone-generator.ts'

function made(plan: TonePlan, seconds: number): Int16Array {
  const sound = new Int16Array(seconds * 8000)
  const generator = new ToneGenerator(plan)
  for (const frame of frames(sound)) generator.fill(frame)
  return sound
}

function heard(sound: Int16Array) {
  const line = sound.slice()
  const bytes = new Uint8Array(line.length)
  compressG711('PCMU', line, bytes)
  expandG711('PCMU', bytes, line)
  const detector = new ToneDetector()
  return frames(inTurn(line, quiet(0.2))).flatMap((frame) => detector.hear(frame) ?? [])
}
const kinds = (sound: Int16Array) => [...new Set(heard(sound).map(({ kind }) => kind))]

describe('making tones', () => {
  it('makes the frequencies of a plan and its pauses', () => {
    const busy = made(networkTones.US.busy, 2)
    expect(amplitudeAt(busy.subarray(0, 4000), 480)).toBeGreaterThan(4800)
    expect(amplitudeAt(busy.subarray(0, 4000), 620)).toBeGreaterThan(4800)
    expect(busy.subarray(4000, 8000).every((sample) => sample === 0)).toBe(true)
    expect(amplitudeAt(busy.subarray(8000, 12_000), 480)).toBeGreaterThan(4800)
  })

  it('goes on from frame to frame without a step', () => {
    const dial = made(networkTones.EU.dial, 0.9)
    const steps = [...dial.subarray(100, 7000)].map((sample, i) => Math.abs(sample - (dial[99 + i] ?? 0)))
    expect(Math.max(...steps)).toBeLessThanOrEqual(5000 * 2 * Math.sin((Math.PI * 425) / 8000) + 1)
  })

  it('ends where a plan ends, and does not hang in one without length', () => {
    const frame = new Int16Array(160)
    const generator = new ToneGenerator(recordBeep)
    let count = 0
    while (generator.fill(frame)) count++
    expect(count).toBe(25)
    const nothing = new ToneGenerator({ steps: [{ hertz: [400], ms: 0 }], repeat: true })
    expect(nothing.fill(frame)).toBe(false)
    expect(frame.every((sample) => sample === 0)).toBe(true)
  })
})

describe.each(['US', 'EU', 'GB'] as const)('hearing the tones of a network (%s)', (country) => {
  const plan = networkTones[country]

  it('tells ringing from busy, from no room and from not in service', () => {
    expect(kinds(made(plan.ringback, 7))).toEqual(['ringback'])
    expect(kinds(made(plan.busy, 4))).toEqual(['busy'])
    expect(kinds(made(plan.intercept, 2))).toEqual(['intercept'])
    if (country !== 'GB') expect(kinds(made(plan.congestion, 3))).toEqual(['congestion'])
  })

  it('tells them in noise 20 dB below', () => {
    const sound = made(plan.busy, 4)
    expect(kinds(together(sound, noise(4, 350)))).toEqual(['busy'])
  })
})

describe('hearing machines', () => {
  it.each([
    [440 * 2, 300],
    [1000, 120],
    [1000, 500],
    [1400, 1000],
    [2000, 200],
  ])('hears a beep of %i Hz and %i ms after a greeting', (hertz, ms) => {
    const greeting = speech(voices[2] ?? { pitch: 100, tract: 1, seed: 1 }, 2)
    const found = heard(inTurn(greeting, quiet(0.3), sine(hertz, ms / 1000, 6000), quiet(1)))
    expect(found.map(({ kind }) => kind)).toEqual(['beep'])
    expect(Math.abs((found[0]?.hertz ?? 0) - hertz)).toBeLessThan(25)
    expect(Math.abs((found[0]?.toMs ?? 0) - 2300 - ms)).toBeLessThanOrEqual(40)
  })

  it('hears a fax calling and a fax answering', () => {
    expect(heard(sine(1100, 0.5))[0]).toMatchObject({ kind: 'fax' })
    const [answer] = heard(sine(2100, 3))
    expect(answer?.kind).toBe('fax')
    expect(answer?.hertz).toBeCloseTo(2100, -1)
  })

  it('hears none of these in talk or noise', () => {
    for (const voice of voices) expect(kinds(inTurn(speech(voice, 8), quiet(0.5)))).toEqual([])
    expect(kinds(inTurn(noise(10, 2000), quiet(1)))).toEqual([])
  })
})
