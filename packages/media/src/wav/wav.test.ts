import { mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { compressG711 } from '../audio/g711.ts'
import { writePcm16 } from '../audio/pcm.ts'
import { amplitudeAt, sine } from '../signals.fixture.ts'
import { readWav, wavChannel } from './read-wav.ts'
import { headerBytes, type WavFormat, wavHeader } from './wav-header.ts'
import { mendWav, wavWriter } from './write-wav.ts'

const stereo: WavFormat = { encoding: 'pcm16', channels: 2, rate: 8000 }
const mono: WavFormat = { encoding: 'PCMU', channels: 1, rate: 8000 }

/** A disk on which a process can die: only the first `steps` writes arrive. */
function disk(steps = Number.POSITIVE_INFINITY) {
  let left = steps
  let bytes = new Uint8Array(0)
  return {
    write(at: number, what: Uint8Array) {
      if (left-- <= 0) return
      if (at + what.length > bytes.length) {
        const longer = new Uint8Array(at + what.length)
        longer.set(bytes)
        bytes = longer
      }
      bytes.set(what, at)
    },
    get bytes() {
      return bytes
    },
  }
}

function twoTones(): Uint8Array {
  const left = sine(440, 3)
  const right = sine(1000, 3)
  const bytes = new Uint8Array(left.length * 4)
  writePcm16(
    Int16Array.from({ length: left.length * 2 }, (_, i) => (i % 2 === 0 ? left : right)[i >> 1] ?? 0),
    bytes,
    'little',
  )
  return bytes
}

describe('reading a WAV file', () => {
  it.each([
    ['text', new TextEncoder().encode('this is not a recording'), 'not_a_wav'],
    ['nothing', new Uint8Array(0), 'not_a_wav'],
    ['a header without a format', wavHeader(mono, 0).subarray(0, 20), 'no_format'],
    ['three channels', wavHeader(mono, 0).with(22, 3), 'format_not_supported'],
    ['24-bit samples', wavHeader(stereo, 0).with(34, 24), 'format_not_supported'],
    ['a rate of zero', wavHeader(mono, 0).with(24, 0).with(25, 0), 'format_not_supported'],
    ['no sound', wavHeader(mono, 0).subarray(0, 50), 'no_sound'],
    ['a block size that does not fit', wavHeader(mono, 0).with(32, 9), 'format_not_supported'],
  ] as const)('refuses %s', (_, bytes, reason) => {
    expect(readWav(bytes)).toEqual({ ok: false, reason })
  })

  it('refuses what is larger than it may be', () => {
    expect(readWav(new Uint8Array(101), 100)).toEqual({ ok: false, reason: 'too_large' })
  })

  it('refuses to wander through a thousand empty chunks', () => {
    const bytes = new Uint8Array(12 + 8 * 1000)
    bytes.set(wavHeader(mono, 0).subarray(0, 12))
    expect(readWav(bytes)).toEqual({ ok: false, reason: 'no_format' })
  })

  it('steps over chunks it does not know, with their padding', () => {
    const header = wavHeader(mono, 4)
    const extra = new Uint8Array([...new TextEncoder().encode('LIST'), 3, 0, 0, 0, 1, 2, 3, 0])
    const bytes = Uint8Array.from([...header.subarray(0, 12), ...extra, ...header.subarray(12), 9, 8, 7, 6])
    expect(readWav(bytes)).toMatchObject({ ok: true, sound: Uint8Array.of(9, 8, 7, 6), cutOff: false })
  })

  it('reads a stream whose size was never filled in', () => {
    const header = wavHeader(mono, 0)
    new DataView(header.buffer).setUint32(54, 0xffff_ffff, true)
    expect(readWav(Uint8Array.from([...header, 1, 2, 3]))).toMatchObject({ ok: true, cutOff: true, sound: Uint8Array.of(1, 2, 3) })
  })
})

describe('writing a WAV file', () => {
  it('keeps two channels apart', () => {
    const out = disk()
    const writer = wavWriter(stereo, out.write)
    expect(writer.append(twoTones())).toBe(96_000)
    writer.close()
    const wav = readWav(out.bytes)
    if (!wav.ok) throw new Error(wav.reason)
    expect(wav).toMatchObject({ format: stereo, seconds: 3, cutOff: false })
    const [left, right] = [wavChannel(wav.format, wav.sound, 0), wavChannel(wav.format, wav.sound, 1)]
    expect(amplitudeAt(left, 440)).toBeCloseTo(10_000, -1)
    expect(amplitudeAt(left, 1000)).toBeLessThan(10)
    expect(amplitudeAt(right, 1000)).toBeCloseTo(10_000, -1)
  })

  it('stores G.711 as it travelled', () => {
    const sound = new Uint8Array(801)
    compressG711('PCMU', sine(440, 0.2), sound)
    const out = disk()
    const writer = wavWriter(mono, out.write)
    writer.append(sound)
    writer.close()
    expect(out.bytes.length % 2).toBe(0)
    expect(readWav(out.bytes)).toMatchObject({ ok: true, sound })
  })

  it('takes no more than its bound, in whole moments, and nothing once it is closed', () => {
    const out = disk()
    const writer = wavWriter(stereo, out.write, 1002)
    expect(writer.append(new Uint8Array(800))).toBe(800)
    expect(writer.append(new Uint8Array(800))).toBe(200)
    expect(writer.append(new Uint8Array(800))).toBe(0)
    writer.close()
    expect(writer.append(new Uint8Array(4))).toBe(0)
    expect(writer.size).toBe(1000)
    expect(out.bytes.length).toBe(headerBytes + 1000)
  })

  it('can be read after a crash at any moment, with all the sound but what a header of up to a second ago did not count', () => {
    const sound = twoTones()
    for (let steps = 1; steps < 160; steps++) {
      const out = disk(steps)
      const writer = wavWriter(stereo, out.write)
      for (let at = 0; at < sound.length; at += 640) writer.append(sound.subarray(at, at + 640))
      const arrived = out.bytes.length - headerBytes
      const wav = readWav(out.bytes)
      if (!wav.ok) throw new Error(`after ${steps} writes: ${wav.reason}`)
      expect(arrived - wav.sound.length).toBeLessThanOrEqual(32_000)
      expect(wav.sound).toEqual(sound.subarray(0, wav.sound.length))
      const mended = out.bytes.slice()
      mended.set(mendWav(stereo, out.bytes.length, out.bytes.subarray(0, headerBytes)) ?? [])
      expect(readWav(mended)).toMatchObject({ ok: true, sound: sound.subarray(0, arrived), cutOff: false })
    }
  })

  it('does not mend what is right', () => {
    const out = disk()
    const writer = wavWriter(stereo, out.write)
    writer.append(twoTones())
    writer.close()
    expect(mendWav(stereo, out.bytes.length, out.bytes.subarray(0, headerBytes))).toBeUndefined()
  })

  it('writes a real file', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-wav-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const name = path.join(folder, 'call.wav')
    const file = openSync(name, 'w')
    const writer = wavWriter(stereo, (at, bytes) => writeSync(file, bytes, 0, bytes.length, at))
    writer.append(twoTones())
    writer.close()
    expect(readWav(readFileSync(name))).toMatchObject({ ok: true, seconds: 3 })
  })
})
