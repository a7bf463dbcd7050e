import { type Digit, digits } from './digits.ts'

/** The payload of RFC 4733 §2.3: four bytes. */
export type EventPayload = {
  /** 0 to 15 are the keys; others are tones and signals of lines. */
  readonly event: number
  readonly end: boolean
  /** Attenuation below 0 dBm0, 0 to 63. */
  readonly volume: number
  /** How long it has lasted so far, in units of the timestamp. */
  readonly duration: number
}

export const eventPayloadBytes = 4

/** Reads an event's payload; more than one may follow each other (§2.5.1.4), of which the first is read. Undefined where it is too short. */
export function readEvent(bytes: Uint8Array, from = 0, to = bytes.length): EventPayload | undefined {
  if (to - from < eventPayloadBytes) return undefined
  const second = bytes[from + 1] ?? 0
  return {
    event: bytes[from] ?? 0,
    end: second > 127,
    volume: second & 63,
    duration: ((bytes[from + 2] ?? 0) << 8) | (bytes[from + 3] ?? 0),
  }
}

/** Writes an event's payload at a place. The bit between end and volume is reserved and zero. */
export function writeEvent(bytes: Uint8Array, at: number, { event, end, volume, duration }: EventPayload): void {
  bytes[at] = event
  bytes[at + 1] = (end ? 0x80 : 0) | (volume & 63)
  bytes[at + 2] = duration >> 8
  bytes[at + 3] = duration
}

/** The longest duration that fits; a longer event is cut into segments (§2.5.1.3), which no key needs. */
const longest = 0xffff
/** The last packet is sent three times (§2.5.1.4). */
const endRepeats = 3
/** Keys are to be told apart by at least 40 ms of pause (ITU-T Q.24, Table A-1); some receivers want more. */
const pauseMs = 80
/** A typical level: 10 dB below 0 dBm0. */
const volume = 10

/** What is to be sent at one step: a payload, whether it begins the event, and by how many samples the stream moves on afterwards. */
export type EventStep = {
  readonly payload: EventPayload
  readonly marker: boolean
  /** How many samples before this step the event began: its packets carry that moment's timestamp (§2.5.1.2). */
  readonly since: number
}

/**
 * Sends keys as telephone events, one step each 20 ms in place of the voice: the first packet is marked, each says how long the key has been pressed, and
 * the last comes three times.
 */
export class EventSender {
  readonly #stepSamples: number
  readonly #pressSteps: number
  /** Steps in which packets of a key are sent, and until the next key may begin. */
  readonly #sendSteps: number
  readonly #wholeSteps: number
  readonly #queue: Digit[] = []
  #step = 0

  /** `rate` is that of the timestamps; a key is held for `pressMs`. */
  constructor(rate = 8000, pressMs = 100, stepMs = 20) {
    this.#stepSamples = (rate * stepMs) / 1000
    this.#pressSteps = Math.max(1, Math.min(Math.round(pressMs / stepMs), Math.floor(longest / this.#stepSamples)))
    this.#sendSteps = this.#pressSteps + endRepeats - 1
    this.#wholeSteps = Math.max(this.#sendSteps, this.#pressSteps + Math.ceil(pauseMs / stepMs))
  }

  /** Whether keys are still being sent, or paused between. */
  get busy(): boolean {
    return this.#queue.length > 0
  }

  /** Keys to be sent after those that wait already; what is no key is left out. */
  press(keys: Iterable<Digit>): void {
    this.#queue.push(...keys)
  }

  /** What to send at this step; undefined between two keys, and when there is nothing more. */
  next(): EventStep | undefined {
    const digit = this.#queue[0]
    if (digit === undefined) return undefined
    const step = this.#step++
    if (this.#step === this.#wholeSteps) {
      this.#queue.shift()
      this.#step = 0
    }
    if (step >= this.#sendSteps) return undefined
    // The repeats of the end say the same as the end itself.
    const held = Math.min(step + 1, this.#pressSteps)
    const payload = { event: digits.indexOf(digit), end: held === this.#pressSteps, volume, duration: held * this.#stepSamples }
    return { payload, marker: step === 0, since: step * this.#stepSamples }
  }
}

/** A key that was pressed at the other end. */
export type PressedKey = { readonly digit: Digit; readonly samples: number; readonly how: 'event' | 'tone' }

/**
 * Hears keys that come as telephone events: each once, however often its packets come, and also when every packet with the end mark is lost
 * (§2.5.2.2). Packets of one key share their timestamp.
 */
export class EventReceiver {
  readonly #timeoutMs: number
  #open = false
  #timestamp = 0
  #begun = false
  #event = 0
  #duration = 0
  #lastMs = 0

  /** A key whose end does not come is over after `timeoutMs` without a packet. */
  constructor(timeoutMs = 150) {
    this.#timeoutMs = timeoutMs
  }

  /** Takes one event packet; answers a key when it is over. */
  take(timestamp: number, payload: EventPayload, nowMs: number): PressedKey | undefined {
    const age = this.#begun ? (timestamp - this.#timestamp) | 0 : 1
    if (age < 0 || (age === 0 && !this.#open)) return undefined // of a key that was told already
    const before = age > 0 ? this.#close() : undefined
    this.#begun = true
    this.#open = true
    this.#timestamp = timestamp
    this.#event = payload.event
    this.#duration = Math.max(age > 0 ? 0 : this.#duration, payload.duration)
    this.#lastMs = nowMs
    if (before) return before
    return payload.end ? this.#close() : undefined
  }

  /** Answers a key of which nothing more has come. To be asked once a frame. */
  expire(nowMs: number): PressedKey | undefined {
    return this.#open && nowMs - this.#lastMs >= this.#timeoutMs ? this.#close() : undefined
  }

  #close(): PressedKey | undefined {
    if (!this.#open) return undefined
    this.#open = false
    const digit = digits[this.#event]
    return digit === undefined ? undefined : { digit, samples: this.#duration, how: 'event' }
  }
}
