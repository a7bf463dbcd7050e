import { blockPower, tonePower } from './goertzel.ts'

/** What was recognised, with when it began and ended in ms since the beginning. */
export type HeardTone = {
  readonly kind: 'ringback' | 'busy' | 'congestion' | 'intercept' | 'fax' | 'beep'
  readonly hertz: number
  readonly fromMs: number
  readonly toMs: number
}

/** The detector looks at blocks of 20 ms. */
const block = 160
const blockMs = 20
/** Below this there is nothing that anybody would call a tone, as mean square: a root mean square of 150. */
const leastPower = 22_500
/** How much of a block's power one or two frequencies must have. */
const purity = 0.85
/** A machine's tone is purer than any voice, and steadier: from 20 ms to 20 ms it stays within so many Hz of its beginning. */
const machinePurity = 0.94
const steadyHertz = 15
/** The frequencies of networks' progress tones (ITU-T E.180); two of them may sound together. */
const progressHertz = [350, 400, 425, 440, 450, 480, 620] as const
/** CNG of a fax machine and the answer of one (ITU-T T.30 §4.3.3.3, T.30 §4.3.1 CED). */
const faxHertz = [1100, 2100] as const
/** The special information tone, each 330 ms ± 70 (ITU-T E.180 §5). */
const interceptHertz = [950, 1400, 1800] as const
/** A beep after a greeting lasts 70 ms to 1.5 s and is followed by quiet (telephony practice; LumenVox publishes these bounds). */
const beepMs = { least: 80, most: 1500 } as const
const quietAfterBeepMs = 60

/** Somebody who talks may make two even pauses. */
const evenCycles = 3
const isShortRing = (ms: number) => ms >= 340 && ms <= 460

/** One stretch in which the same was heard. */
type Stretch = { hertz: number; blocks: number; progress: boolean }

/** Recognises the tones of networks and machines: busy, ringback, not in service, fax, and the beep of an answering machine. 8 kHz, mono, fixed size. */
export class ToneDetector {
  readonly #block = new Float32Array(block)
  #filled = 0
  #blocks = 0
  #stretch: Stretch = { hertz: 0, blocks: 0, progress: false }
  #lastOn = 0
  #doubleRing = false
  #cycles = 0
  #intercept = 0
  #pendingBeep: { hertz: number; from: number; to: number } | undefined

  /** Whether a tone of some kind has sounded for 40 ms, so that it is not taken for a voice. */
  get sounding(): boolean {
    return this.#stretch.blocks >= 2 && (this.#stretch.progress || this.#stretch.hertz > 0)
  }

  /** Listens to a frame and answers what was recognised at its end, if anything. */
  hear(frame: Int16Array): HeardTone | undefined {
    let heard: HeardTone | undefined
    for (let i = 0; i < frame.length; i++) {
      this.#block[this.#filled++] = frame[i] ?? 0
      if (this.#filled < block) continue
      this.#filled = 0
      this.#blocks++
      heard = this.#judge() ?? heard
    }
    return heard
  }

  #judge(): HeardTone | undefined {
    const total = blockPower(this.#block, 0, block)
    const progress = total >= leastPower && this.#isProgress(total)
    const hertz = total < leastPower ? 0 : progress ? 440 : this.#singleTone(total)
    const beep = this.#waitForQuiet(total < leastPower)
    const same = progress === this.#stretch.progress && Math.abs(hertz - this.#stretch.hertz) <= steadyHertz
    if (same) {
      this.#stretch.blocks++
      return beep ?? this.#lastingTone()
    }
    const ended = this.#endStretch(hertz === 0 && total < leastPower)
    this.#stretch = { hertz, blocks: 1, progress }
    return beep ?? ended
  }

  /** One or two of the progress frequencies make up the block. */
  #isProgress(total: number): boolean {
    let first = 0
    let second = 0
    for (let i = 0; i < progressHertz.length; i++) {
      const power = tonePower(this.#block, 0, block, progressHertz[i] ?? 0)
      if (power > first) {
        second = first
        first = power
      } else if (power > second) second = power
    }
    // Neighbouring frequencies share power in 20 ms, so that their sum may exceed the whole.
    return first + second >= purity * total && first >= 0.4 * total
  }

  /** The frequency of a pure tone from its zero crossings, made sure of by its share of the power; 0 for anything else. */
  #singleTone(total: number): number {
    let crossings = 0
    let firstAt = 0
    let lastAt = 0
    for (let i = 1; i < block; i++) {
      const before = this.#block[i - 1] ?? 0
      const now = this.#block[i] ?? 0
      if (before < 0 === now < 0) continue
      const at = i - 1 + before / (before - now)
      if (crossings++ === 0) firstAt = at
      lastAt = at
    }
    if (crossings < 3) return 0
    const hertz = ((crossings - 1) * 8000) / (2 * (lastAt - firstAt))
    const power = tonePower(this.#block, 0, block, hertz)
    return power >= machinePurity * total && hertz > 300 && hertz < 3400 ? hertz : 0
  }

  #ms(blocks: number): number {
    return blocks * blockMs
  }

  #heard(kind: HeardTone['kind'], hertz: number, lasted: number): HeardTone {
    return { kind, hertz: Math.round(hertz), fromMs: this.#ms(this.#blocks - lasted), toMs: this.#ms(this.#blocks) }
  }

  /** What is sure while it still sounds: a fax machine after half a second. */
  #lastingTone(): HeardTone | undefined {
    const { hertz, blocks } = this.#stretch
    if (blocks !== 20 || !faxHertz.some((fax) => Math.abs(hertz - fax) <= 38)) return undefined
    return this.#heard('fax', hertz, blocks)
  }

  #endStretch(quietFollows: boolean): HeardTone | undefined {
    const { hertz, blocks, progress } = this.#stretch
    const lasted = this.#ms(blocks)
    if (progress) {
      this.#lastOn = lasted
      this.#intercept = 0
      // A ring is told at its end: nobody waits for a second one. Some countries ring twice, 400 ms each.
      const rang = (lasted >= 900 && lasted <= 2400) || (this.#doubleRing && isShortRing(lasted))
      this.#doubleRing = false
      return quietFollows && rang ? this.#heard('ringback', hertz, blocks) : undefined
    }
    if (hertz === 0) return this.#endPause(lasted)
    this.#cycles = 0
    const expected = interceptHertz[this.#intercept]
    const isNext = expected !== undefined && Math.abs(hertz - expected) <= 50 && lasted >= 240 && lasted <= 440
    this.#intercept = isNext ? this.#intercept + 1 : 0
    if (this.#intercept === interceptHertz.length) {
      this.#intercept = 0
      return this.#heard('intercept', hertz, blocks)
    }
    // The first of three rising tones is no beep, because no quiet follows it.
    const end = this.#blocks - 1
    if (lasted >= beepMs.least && lasted <= beepMs.most) this.#pendingBeep = { hertz, from: end - blocks, to: end }
    return undefined
  }

  /** Three cycles of as much tone as pause are a busy line, quick ones a network without room. */
  #endPause(lasted: number): HeardTone | undefined {
    const on = this.#lastOn
    this.#lastOn = 0
    this.#doubleRing = isShortRing(on) && lasted >= 140 && lasted <= 260
    const even = Math.abs(on - lasted) <= 120 && on >= 160 && on <= 700
    this.#cycles = even ? this.#cycles + 1 : 0
    if (this.#cycles < evenCycles) return undefined
    this.#cycles = 0
    const cycle = on + lasted
    return this.#heard(cycle < 640 ? 'congestion' : 'busy', 440, (evenCycles * cycle) / blockMs)
  }

  /** A beep counts once quiet has followed it. */
  #waitForQuiet(quiet: boolean): HeardTone | undefined {
    const beep = this.#pendingBeep
    if (!beep) return undefined
    if (!quiet) {
      this.#pendingBeep = undefined
      return undefined
    }
    if (this.#ms(this.#blocks - beep.to) < quietAfterBeepMs) return undefined
    this.#pendingBeep = undefined
    return { kind: 'beep', hertz: Math.round(beep.hertz), fromMs: this.#ms(beep.from), toMs: this.#ms(beep.to) }
  }
}
