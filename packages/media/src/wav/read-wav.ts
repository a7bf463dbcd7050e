import { expandG711 } from '../audio/g711.ts'
import { readPcm16 } from '../audio/pcm.ts'
import { blockSize, formatTags, type WavEncoding, type WavFormat } from './wav-header.ts'

/** Why a file is no WAV that can be played here. */
export type WavRefusal = 'not_a_wav' | 'no_format' | 'format_not_supported' | 'no_sound' | 'too_large'

/** What is in a WAV file. `sound` is a view of the given bytes, whole moments only. */
export type WavReading =
  | {
      readonly ok: true
      readonly format: WavFormat
      readonly sound: Uint8Array
      readonly seconds: number
      /** The header promised more than there was, or less: a file whose writing was cut off. */
      readonly cutOff: boolean
    }
  | { readonly ok: false; readonly reason: WavRefusal }

/** Chunks before the sound that are looked at; a file of a thousand empty ones is no recording. */
const mostChunks = 64
const extensible = 0xfffe
const refused = (reason: WavRefusal): WavReading => ({ ok: false, reason })

/** The encoding behind a format tag, if its sample size fits. WAVE_FORMAT_EXTENSIBLE names the tag in the first two bytes of its GUID. */
function encodingOf(tag: number, bits: number): WavEncoding | undefined {
  if (tag === formatTags.pcm16 && bits === 16) return 'pcm16'
  if (tag === formatTags.PCMU && bits === 8) return 'PCMU'
  return tag === formatTags.PCMA && bits === 8 ? 'PCMA' : undefined
}

function readFormat(view: DataView, at: number, size: number): WavFormat | undefined {
  if (size < 16) return undefined
  const tag = view.getUint16(at, true)
  const named = tag === extensible && size >= 26 ? view.getUint16(at + 24, true) : tag
  const encoding = encodingOf(named, view.getUint16(at + 14, true))
  const channels = view.getUint16(at + 2, true)
  const rate = view.getUint32(at + 4, true)
  if (!encoding || (channels !== 1 && channels !== 2) || rate < 4000 || rate > 192_000) return undefined
  const format: WavFormat = { encoding, channels, rate }
  return view.getUint16(at + 12, true) === blockSize(format) ? format : undefined
}

/** Reads the bytes of a WAV file: 16-bit PCM, µ-law or A-law, one or two channels. A file whose writing was cut off is read as far as it goes. */
export function readWav(bytes: Uint8Array, mostBytes = 64 * 1024 * 1024): WavReading {
  if (bytes.length > mostBytes) return refused('too_large')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (bytes.length < 12 || word(0) !== 'RIFF' || word(8) !== 'WAVE') return refused('not_a_wav')
  let format: WavFormat | undefined
  for (let at = 12, chunk = 0; at + 8 <= bytes.length && chunk < mostChunks; chunk++) {
    const size = view.getUint32(at + 4, true)
    const start = at + 8
    if (word(at) === 'fmt ') {
      if (start + size > bytes.length) return refused('no_format')
      format = readFormat(view, start, size)
      if (!format) return refused('format_not_supported')
    }
    if (word(at) === 'data') return format ? readSound(bytes, format, start, size) : refused('no_format')
    at = start + size + (size % 2)
  }
  return refused(format ? 'no_sound' : 'no_format')
}

/** Sizes of 0 and 2³²−1 stand for "not known" in files that are being written. */
function readSound(bytes: Uint8Array, format: WavFormat, start: number, size: number): WavReading {
  const there = bytes.length - start
  const unknown = size === 0 || size === 0xffff_ffff
  const promised = unknown ? there : Math.min(size, there)
  const block = blockSize(format)
  const sound = bytes.subarray(start, start + promised - (promised % block))
  return { ok: true, format, sound, seconds: sound.length / block / format.rate, cutOff: (unknown && there > 0) || size > there }
}

/** One channel of a WAV file as 16-bit samples. */
export function wavChannel(format: WavFormat, sound: Uint8Array, channel: 0 | 1): Int16Array {
  const samples = new Int16Array(format.encoding === 'pcm16' ? sound.length >> 1 : sound.length)
  if (format.encoding === 'pcm16') readPcm16(sound, samples, 'little')
  else expandG711(format.encoding, sound, samples)
  if (format.channels === 1) return samples
  return Int16Array.from({ length: samples.length >> 1 }, (_, i) => samples[2 * i + channel] ?? 0)
}
