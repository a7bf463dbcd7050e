import { dice } from './signals.fixture.ts'

/** Formants of vowels in Hz (Peterson and Barney, 1952: averages of men; women's and children's lie higher). */
const vowels = [
  [270, 2290, 3010],
  [390, 1990, 2550],
  [530, 1840, 2480],
  [660, 1720, 2410],
  [730, 1090, 2440],
  [570, 840, 2410],
  [440, 1020, 2240],
  [300, 870, 2240],
  [640, 1190, 2390],
  [490, 1350, 1690],
] as const

/** Who speaks, and how. */
export type Voice = { readonly pitch: number; readonly tract: number; readonly seed: number; readonly level?: number }

/** A resonator of the mouth: two poles at `hertz`, `width` wide. */
function resonator(hertz: number, width: number): (input: number) => number {
  const radius = Math.exp((-Math.PI * width) / 8000)
  const first = 2 * radius * Math.cos((2 * Math.PI * hertz) / 8000)
  const second = -radius * radius
  const gain = 1 - first - second
  let one = 0
  let two = 0
  return (input) => {
    const out = gain * input + first * one + second * two
    two = one
    one = out
    return out
  }
}

/** One syllable: perhaps a hiss, then a vowel that glides, both rising and falling. */
function syllable(voice: Voice, roll: () => number, out: number[]): void {
  const length = Math.round(8000 * (0.12 + roll() * 0.18))
  const hiss = roll() < 0.4 ? Math.round(8000 * (0.03 + roll() * 0.06)) : 0
  const from = vowels[Math.floor(roll() * vowels.length)] ?? vowels[0]
  const mouth = from.map((hertz, i) => resonator(Math.min(3800, hertz * voice.tract * (0.95 + roll() * 0.1)), 60 + 40 * i))
  const throat = resonator(2500 + roll() * 1000, 900)
  const pitch = voice.pitch * (0.85 + roll() * 0.3)
  const glide = (roll() - 0.6) * 0.3
  let phase = 0
  for (let i = 0; i < hiss + length; i++) {
    if (i < hiss) {
      out.push(throat((roll() - 0.5) * 2) * 0.5 * Math.sin((Math.PI * i) / hiss))
      continue
    }
    const at = (i - hiss) / length
    phase += (pitch * (1 + glide * at + 0.01 * Math.sin(i / 250))) / 8000
    let pulse = (roll() - 0.5) * 0.05
    if (phase >= 1) {
      phase -= 1
      pulse += 1
    }
    // Cascaded, as the mouth's resonances are.
    out.push(mouth.reduce((sample, resonate) => resonate(sample), pulse) * Math.min(1, at * 8, (1 - at) * 5) * 4)
  }
}

/** Words of a voice for so many seconds, without a pause longer than a breath; always the same for the same seed. */
export function speech(voice: Voice, seconds: number, pauses = 0.15): Int16Array {
  const roll = dice(voice.seed)
  const out: number[] = []
  while (out.length < seconds * 8000) {
    syllable(voice, roll, out)
    if (roll() < pauses) for (let i = Math.round(8000 * (0.05 + roll() * 0.15)); i > 0; i--) out.push(0)
  }
  out.length = Math.round(seconds * 8000)
  const rms = Math.sqrt(out.reduce((sum, sample) => sum + sample * sample, 0) / out.length) || 1
  const gain = (voice.level ?? 2000) / rms
  return Int16Array.from(out, (sample) => Math.max(-32768, Math.min(32767, Math.round(sample * gain))))
}

/** Men, women and children. */
export const voices: readonly Voice[] = Array.from({ length: 12 }, (_, i) => ({
  pitch: [95, 110, 125, 140, 180, 200, 215, 235, 250, 270, 290, 310][i] ?? 150,
  tract: i < 4 ? 1 : i < 9 ? 1.15 : 1.3,
  seed: 100 + i,
}))
