import { describe, expect, it } from 'vitest'
import { compressG711, expandG711, type Law } from '../audio/g711.ts'
import { frames, inTurn, noise, quiet, sine, together } from '../signals.fixture.ts'
import { speech, voices } from '../speech.fixture.ts'
import { type Digit, digits, hertzOf } from './digits.ts'
import { KeyDetector } from './key-detector.ts'
import { keyTones, ToneGenerator } from './tone-generator.ts'

/** A key as another switch would send it. Levels in dB below full scale for each tone. */
function press(digit: Digit, { ms = 100, low = -16, high = -16, off = 0 } = {}): Int16Array {
  const [row, column] = hertzOf(digit)
  const amplitude = (decibels: number) => 32_000 * 10 ** (decibels / 20)
  return together(sine(row * (1 + off), ms / 1000, amplitude(low)), sine(column * (1 + off), ms / 1000, amplitude(high)))
}

function heard(sound: Int16Array, law?: Law): string {
  const line = sound.slice()
  if (law) {
    const bytes = new Uint8Array(line.length)
    compressG711(law, line, bytes)
    expandG711(law, bytes, line)
  }
  const detector = new KeyDetector()
  return frames(inTurn(line, quiet(0.1)))
    .flatMap((frame) => detector.hear(frame) ?? [])
    .map(({ digit }) => digit)
    .join('')
}

const dial = (keys: readonly Digit[], options = {}, pauseMs = 60) =>
  inTurn(quiet(0.05), ...keys.flatMap((digit) => [press(digit, options), quiet(pauseMs / 1000)]))
const everyKey = digits.join('')

describe('keys in the voice', () => {
  it.each(['PCMU', 'PCMA'] as const)('are all heard through %s', (law) => {
    expect(heard(dial(digits), law)).toBe(everyKey)
  })

  it('are heard at their shortest and closest: 50 ms with 50 ms of pause', () => {
    expect(heard(dial(digits, { ms: 50 }, 50))).toBe(everyKey)
  })

  it('are heard faint, loud, and with one tone louder than the other (ITU-T Q.24, Table A-1)', () => {
    expect(heard(dial(digits, { low: -33, high: -33 }))).toBe(everyKey)
    expect(heard(dial(digits, { low: -7, high: -7 }))).toBe(everyKey)
    expect(heard(dial(digits, { low: -18, high: -14 }))).toBe(everyKey)
    expect(heard(dial(digits, { low: -12, high: -19 }))).toBe(everyKey)
  })

  it('are heard 1.5 % off, and not 3.5 % off', () => {
    expect(heard(dial(digits, { off: 0.015 }))).toBe(everyKey)
    expect(heard(dial(digits, { off: -0.015 }))).toBe(everyKey)
    expect(heard(dial(digits, { off: 0.035 }))).toBe('')
  })

  it('are heard in noise 18 dB below them', () => {
    const sound = dial(digits)
    expect(heard(together(sound, noise(sound.length / 8000, 5000 * 10 ** (-18 / 20), 5)))).toBe(everyKey)
  })

  it('are heard once though they are held for two seconds', () => {
    expect(heard(dial(['7'], { ms: 2000 }))).toBe('7')
  })

  it('are heard as they are sent from here', () => {
    const generator = new ToneGenerator(keyTones(['1', '1', '*', 'D']))
    const out: Int16Array[] = []
    for (let more = true; more; ) {
      const frame = new Int16Array(160)
      more = generator.fill(frame)
      out.push(frame)
    }
    expect(heard(inTurn(...out), 'PCMU')).toBe('11*D')
  })

  it('are not heard in single tones, in noise, or too short', () => {
    expect(heard(inTurn(...[697, 770, 852, 941, 1209, 1336, 1477].map((hertz) => sine(hertz, 0.3))))).toBe('')
    expect(heard(noise(10, 4000))).toBe('')
    expect(heard(dial(digits, { ms: 15 }))).toBe('')
  })

  it('are not heard in talk by men, women and children', () => {
    for (const voice of voices) expect([voice.pitch, heard(speech(voice, 4), 'PCMU')]).toEqual([voice.pitch, ''])
  })
})
