import { describe, expect, it } from 'vitest'
import { AnswerDetector, type AnswerVerdict } from '../../packages/media/src/answering/detect-answer.ts'
import { compressG711, expandG711 } from '../../packages/media/src/audio/g711.ts'
import { dice, frames, inTurn, noise, quiet, sine, together } from '../../packages/media/src/signals.fixture.ts'
import { speech, type Voice } from '../../packages/media/src/speech.fixture.ts'
import { sized } from '../setup/sizes.ts'

const count = sized(60, 1000)

/** The judgement that stands at the end of a call. */
function judge(sound: Int16Array, law: 'PCMU' | 'PCMA'): AnswerVerdict | undefined {
  const line = inTurn(sound, quiet(1))
  const bytes = new Uint8Array(line.length)
  compressG711(law, line, bytes)
  expandG711(law, bytes, line)
  const detector = new AnswerDetector()
  for (const frame of frames(line)) detector.hear(frame)
  return detector.verdict
}

/** Calls that were never looked at while the numbers were chosen: other voices, other lengths, other lines. */
describe('many calls that were made up', () => {
  const roll = dice(20_261_201)
  const between = (least: number, most: number) => least + roll() * (most - least)
  const line = (sound: Int16Array) => together(sound, noise(sound.length / 8000, between(5, 150), Math.floor(roll() * 1e6)))
  const somebody = (): Voice => ({
    pitch: between(90, 300),
    tract: between(0.95, 1.3),
    seed: 5000 + Math.floor(roll() * 1e6),
    level: between(700, 5000),
  })
  const law = () => (roll() < 0.5 ? 'PCMU' : 'PCMA')

  it(`of ${count} people takes at most one in a hundred for a machine`, () => {
    const verdicts = Array.from({ length: count }, () =>
      judge(line(inTurn(quiet(between(0.2, 1.5)), speech(somebody(), between(0.4, 2.2)), quiet(2.5))), law()),
    )
    const wrong = verdicts.filter((verdict) => verdict?.by === 'machine')
    expect(wrong.length / count).toBeLessThanOrEqual(0.01)
    expect(verdicts.filter((verdict) => verdict?.by === 'human').length / count).toBeGreaterThan(0.95)
  })

  it(`of ${count} machines finds at least 85 in a hundred`, () => {
    const verdicts = Array.from({ length: count }, () => {
      const voice = somebody()
      const greeting = inTurn(
        speech(voice, between(1.5, 4)),
        quiet(between(0.2, 0.6)),
        speech({ ...voice, seed: voice.seed + 1 }, between(2, 8)),
      )
      const beep = roll() < 0.7 ? inTurn(quiet(between(0.2, 0.8)), sine(between(500, 1900), between(0.15, 1), 5000)) : quiet(0)
      return judge(line(inTurn(quiet(between(0.1, 1.2)), greeting, beep, quiet(2))), law())
    })
    const found = verdicts.filter((verdict) => verdict?.by === 'machine')
    expect(found.length / count).toBeGreaterThanOrEqual(0.85)
    const times = found.map((verdict) => verdict?.atMs ?? 0).sort((one, other) => one - other)
    console.log(`Machines found: ${found.length} of ${count}; p50 ${times[times.length >> 1]} ms, longest ${times.at(-1)} ms.`)
  })
})
