import type { Law } from '../audio/g711.ts'

/** How the samples of a WAV file are stored. */
export type WavEncoding = 'pcm16' | Law

/** What a WAV file holds: its channels take turns, sample by sample. */
export type WavFormat = { readonly encoding: WavEncoding; readonly channels: 1 | 2; readonly rate: number }

/** RFC 2361 §A: WAVE_FORMAT_PCM, _ALAW and _MULAW. */
export const formatTags: Readonly<Record<WavEncoding, number>> = { pcm16: 1, PCMA: 6, PCMU: 7 }

/** Bytes of one moment, all channels together. */
export const blockSize = ({ encoding, channels }: WavFormat): number => (encoding === 'pcm16' ? 2 : 1) * channels

/** Our header's length: RIFF, `fmt ` with its extension's size, `fact`, `data`. */
export const headerBytes = 58

/** The header of a file with so many bytes of sound. */
export function wavHeader(format: WavFormat, dataBytes: number): Uint8Array {
  const header = new Uint8Array(headerBytes)
  const view = new DataView(header.buffer)
  const text = (at: number, word: string) => {
    for (let i = 0; i < 4; i++) header[at + i] = word.charCodeAt(i)
  }
  const block = blockSize(format)
  text(0, 'RIFF')
  view.setUint32(4, headerBytes - 8 + dataBytes + (dataBytes % 2), true)
  text(8, 'WAVE')
  text(12, 'fmt ')
  view.setUint32(16, 18, true)
  view.setUint16(20, formatTags[format.encoding], true)
  view.setUint16(22, format.channels, true)
  view.setUint32(24, format.rate, true)
  view.setUint32(28, format.rate * block, true)
  view.setUint16(32, block, true)
  view.setUint16(34, (8 * block) / format.channels, true)
  view.setUint16(36, 0, true)
  // All but PCM need the count of samples (Multimedia Programming Interface 1.0, "Fact Chunk").
  text(38, 'fact')
  view.setUint32(42, 4, true)
  view.setUint32(46, dataBytes / block, true)
  text(50, 'data')
  view.setUint32(54, dataBytes, true)
  return header
}
