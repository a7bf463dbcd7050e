import { describe, expect, it } from 'vitest'
import { compressG711, expandG711 } from '../../packages/media/src/audio/g711.ts'
import { dice, frames } from '../../packages/media/src/signals.fixture.ts'
import { speech, type Voice, voices } from '../../packages/media/src/speech.fixture.ts'
import { KeyDetector } from '../../packages/media/src/tones/key-detector.ts'
import { ToneDetector } from '../../packages/media/src/tones/tone-detector.ts'
import { sized } from '../setup/sizes.ts'

const minutes = sized(2, 60)
const roll = dice(24)
/** Voices that were not looked at while the bounds were chosen. */
const speakers: readonly Voice[] = Array.from({ length: 24 }, (_, i) => {
  const like = voices[i % voices.length] ?? { pitch: 150, tract: 1, seed: 1 }
  return { pitch: like.pitch * (0.9 + roll() * 0.2), tract: like.tract, seed: 9000 + i, level: 500 + roll() * 4500 }
})

describe(`${minutes} minutes of talk by men, women and children`, () => {
  it('hold no tone of a network or a machine, and at most one key an hour', () => {
    const heard = { keys: [] as string[], tones: [] as string[] }
    for (const speaker of speakers) {
      const sound = speech(speaker, (minutes * 60) / speakers.length)
      const bytes = new Uint8Array(sound.length)
      compressG711('PCMU', sound, bytes)
      expandG711('PCMU', bytes, sound)
      const keys = new KeyDetector()
      const tones = new ToneDetector()
      for (const frame of frames(sound)) {
        const key = keys.hear(frame)
        const tone = tones.hear(frame)
        if (key) heard.keys.push(`${key.digit} by ${Math.round(speaker.pitch)} Hz`)
        if (tone) heard.tones.push(`${tone.kind} by ${Math.round(speaker.pitch)} Hz`)
      }
    }
    expect(heard.tones).toEqual([])
    expect(heard.keys.length, heard.keys.join()).toBeLessThanOrEqual(Math.floor(minutes / 60))
  })
})
