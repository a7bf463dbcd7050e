import { ToneDetector } from '../tones/tone-detector.ts'
import { type AnswerParameters, carefulParameters, leastVoiceMs } from './parameters.ts'
import { VoiceActivity } from './voice-activity.ts'

/** Who or what has answered. */
export type AnsweredBy = 'human' | 'machine' | 'fax' | 'not_in_service' | 'silence' | 'unknown'

/** Why it is thought so. */
export type AnswerReason =
  | 'short_greeting_then_pause'
  | 'long_greeting'
  | 'many_words'
  | 'beep'
  | 'fax_tone'
  | 'information_tone'
  | 'nothing_said'
  | 'time_over'

/** A judgement with what it rests on. */
export type AnswerVerdict = {
  readonly kind: 'verdict'
  readonly by: AnsweredBy
  /** How sure it is, 0 to 1. */
  readonly confidence: number
  readonly reason: AnswerReason
  /** Since the answer. */
  readonly atMs: number
  readonly voiceMs: number
  readonly words: number
  /** An earlier judgement was wrong: what seemed a person has beeped. */
  readonly revised: boolean
}

/** A judgement, or the beep after which a message can be left. */
export type AnswerEvent = AnswerVerdict | { readonly kind: 'beep'; readonly atMs: number; readonly hertz: number }

const frameMs = 20
/** A person's greeting makes less sure the longer it is: 0.9 after half a second, 0.5 after three. */
const unsureAfterMs = 6500
const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value))

/**
 * Tells a person from an answering machine by how she answers: a few words and a pause, or a speech. Fed with frames of 20 ms at 8 kHz from the moment
 * of the answer (never earlier: ringing is no voice). Pure, of fixed size; goes on listening for the beep after its judgement.
 */
export class AnswerDetector {
  readonly #parameters: AnswerParameters
  readonly #voice = new VoiceActivity()
  readonly #tones = new ToneDetector()
  #atMs = 0
  #voiceMs = 0
  #wordMs = 0
  #words = 0
  #silenceMs = 0
  #inWord = false
  #verdict: AnswerVerdict | undefined

  constructor(parameters: Partial<AnswerParameters> = {}) {
    this.#parameters = { ...carefulParameters, ...parameters }
  }

  /** The judgement so far. */
  get verdict(): AnswerVerdict | undefined {
    return this.#verdict
  }

  /** Listens to a frame. Answers a judgement once it is made, again if a beep proves it wrong, and each beep of a machine. */
  hear(frame: Int16Array): AnswerEvent | undefined {
    this.#atMs += frameMs
    const tone = this.#tones.hear(frame)
    if (tone?.kind === 'fax') return this.#judge('fax', 0.97, 'fax_tone')
    if (tone?.kind === 'intercept') return this.#judge('not_in_service', 0.95, 'information_tone')
    if (tone?.kind === 'beep') return this.#hearBeep(tone.hertz)
    if (this.#verdict) return undefined
    const speaks = this.#voice.hear(frame) && !this.#tones.sounding
    if (speaks) this.#hearVoice()
    else this.#hearSilence()
    return this.#decide()
  }

  #hearVoice(): void {
    this.#wordMs += frameMs
    this.#voiceMs += frameMs
    if (this.#wordMs < this.#parameters.shortestWordMs) return
    if (!this.#inWord) this.#words++
    this.#inWord = true
    this.#silenceMs = 0
  }

  #hearSilence(): void {
    this.#silenceMs += frameMs
    if (this.#silenceMs < this.#parameters.betweenWordsMs) return
    // A click was no word, and does not count as voice.
    if (!this.#inWord) this.#voiceMs = Math.max(0, this.#voiceMs - this.#wordMs)
    this.#inWord = false
    this.#wordMs = 0
  }

  #decide(): AnswerVerdict | undefined {
    const { initialSilenceMs, afterGreetingMs, greetingMs, mostWords, longestMs } = this.#parameters
    if (this.#words === 0 && this.#atMs >= initialSilenceMs) return this.#judge('silence', 0.8, 'nothing_said')
    if (this.#words > 0 && this.#silenceMs >= afterGreetingMs) {
      return this.#judge('human', within(0.98 - this.#voiceMs / unsureAfterMs, 0.5, 0.97), 'short_greeting_then_pause')
    }
    if (this.#voiceMs >= Math.max(leastVoiceMs, greetingMs)) return this.#judge('machine', 0.85, 'long_greeting')
    if (this.#words > mostWords && this.#voiceMs >= leastVoiceMs) return this.#judge('machine', 0.75, 'many_words')
    return this.#atMs >= longestMs ? this.#judge('unknown', 0, 'time_over') : undefined
  }

  #judge(by: AnsweredBy, confidence: number, reason: AnswerReason): AnswerVerdict | undefined {
    const revised = this.#verdict !== undefined
    if (this.#verdict?.by === by) return undefined
    const { voiceMs, words } = { voiceMs: this.#voiceMs, words: this.#words }
    this.#verdict = { kind: 'verdict', by, confidence, reason, atMs: this.#atMs, voiceMs, words, revised }
    return this.#verdict
  }

  /** Whoever beeps is a machine; where that is known already, it is the sign to speak. */
  #hearBeep(hertz: number): AnswerEvent | undefined {
    return this.#judge('machine', 0.98, 'beep') ?? { kind: 'beep', atMs: this.#atMs, hertz }
  }
}
