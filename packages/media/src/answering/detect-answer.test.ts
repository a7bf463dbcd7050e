import { describe, expect, it } from 'vitest'
import { compressG711, expandG711 } from '../audio/g711.ts'
import { frames, inTurn, noise, quiet, sine } from '../signals.fixture.ts'
import { speech, type Voice, voices } from '../speech.fixture.ts'
import { networkTones } from '../tones/plan.ts'
import { ToneGenerator } from '../tones/tone-generator.ts'
import { AnswerDetector, type AnswerEvent } from './detect-answer.ts'
import type { AnswerParameters } from './parameters.ts'

const woman: Voice = { pitch: 210, tract: 1.15, seed: 4 }

function judge(sound: Int16Array, parameters: Partial<AnswerParameters> = {}, law: 'PCMU' | 'PCMA' = 'PCMU'): AnswerEvent[] {
  const line = inTurn(sound, quiet(1))
  const bytes = new Uint8Array(line.length)
  compressG711(law, line, bytes)
  expandG711(law, bytes, line)
  const detector = new AnswerDetector(parameters)
  return frames(line).flatMap((frame) => detector.hear(frame) ?? [])
}
const first = (events: readonly AnswerEvent[]) => events.find((event) => event.kind === 'verdict')
const made = (country: 'US' | 'EU', tone: 'ringback' | 'busy' | 'intercept', seconds: number) => {
  const sound = new Int16Array(seconds * 8000)
  new ToneGenerator(networkTones[country][tone]).fill(sound)
  return sound
}

describe('who has answered', () => {
  it('is a person who says a word or two and waits', () => {
    const verdict = first(judge(inTurn(quiet(0.4), speech(woman, 0.7), quiet(2))))
    expect(verdict).toMatchObject({ by: 'human', reason: 'short_greeting_then_pause', revised: false })
    expect(verdict?.atMs).toBeLessThan(2200)
    expect(verdict?.confidence).toBeGreaterThan(0.8)
  })

  it('is a person who says the name of her business, and that is less sure', () => {
    const verdict = first(judge(inTurn(quiet(0.4), speech(woman, 2), quiet(2))))
    expect(verdict).toMatchObject({ by: 'human' })
    expect(verdict?.confidence).toBeLessThan(0.8)
  })

  it('is a machine that talks and talks', () => {
    const verdict = first(judge(inTurn(quiet(0.6), speech(woman, 9))))
    expect(verdict).toMatchObject({ by: 'machine', reason: 'long_greeting' })
    expect(verdict?.atMs).toBeLessThan(5500)
  })

  it('is never a machine before a second and a half of speech, whatever is set', () => {
    for (const greetingMs of [100, 1500, 2800]) {
      const verdict = first(judge(inTurn(speech(woman, 9)), { greetingMs, mostWords: 1 }))
      expect(verdict?.voiceMs).toBeGreaterThanOrEqual(1500)
    }
  })

  it('is a machine where a beep comes, though its greeting was short, and the next beep is the sign to speak', () => {
    const events = judge(inTurn(speech(woman, 0.8), quiet(1.2), sine(1000, 0.4, 6000), quiet(1), sine(1000, 0.4, 6000), quiet(1)))
    expect(events.map((event) => (event.kind === 'verdict' ? event.by : event.kind))).toEqual(['human', 'machine', 'beep'])
    expect(events[1]).toMatchObject({ reason: 'beep', revised: true })
  })

  it('is told the beep after a long greeting', () => {
    const events = judge(inTurn(speech(woman, 6), quiet(0.4), sine(1400, 0.5, 6000), quiet(1)))
    expect(events.map((event) => (event.kind === 'verdict' ? event.by : event.kind))).toEqual(['machine', 'beep'])
  })

  it('is a fax, or a number not in service', () => {
    expect(first(judge(inTurn(quiet(1), sine(2100, 3))))).toMatchObject({ by: 'fax', reason: 'fax_tone' })
    expect(first(judge(made('US', 'intercept', 3)))).toMatchObject({ by: 'not_in_service', reason: 'information_tone' })
  })

  it('is nobody where nothing is said, noise or not', () => {
    expect(first(judge(quiet(4)))).toMatchObject({ by: 'silence', reason: 'nothing_said', atMs: 3000 })
    expect(first(judge(noise(4, 120)))).toMatchObject({ by: 'silence' })
  })

  it('is not taken for a machine because the network still rings, or is busy', () => {
    expect(
      first(judge(inTurn(made('US', 'ringback', 2), quiet(0.3), speech(woman, 0.8), quiet(2)), { initialSilenceMs: 9000 })),
    ).toMatchObject({ by: 'human' })
    expect(first(judge(made('EU', 'busy', 6)))?.by).not.toBe('machine')
  })

  it('is left open where noises neither begin nor end', () => {
    const clicks = inTurn(...Array.from({ length: 30 }, () => inTurn(sine(300, 0.02, 8000), quiet(0.23))))
    expect(['silence', 'unknown']).toContain(first(judge(clicks))?.by)
  })

  it('is a machine in each voice that was looked at while the numbers were chosen', () => {
    for (const voice of voices) expect(first(judge(inTurn(quiet(0.5), speech(voice, 8))))?.by).toBe('machine')
  })
})
