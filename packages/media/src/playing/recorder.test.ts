import { describe, expect, it } from 'vitest'
import { amplitudeAt, frames, sine } from '../signals.fixture.ts'
import { readWav, wavChannel } from '../wav/read-wav.ts'
import { Recorder } from './recorder.ts'

function memory() {
  let bytes = new Uint8Array(0)
  let writes = 0
  return {
    write(at: number, what: Uint8Array) {
      writes++
      const longer = new Uint8Array(Math.max(bytes.length, at + what.length))
      longer.set(bytes)
      longer.set(what, at)
      bytes = longer
    },
    get bytes() {
      return bytes
    },
    get writes() {
      return writes
    },
  }
}
const theirs = frames(sine(440, 4))
const ours = frames(sine(1000, 4))

describe('a recording', () => {
  it.each(['pcm16', 'PCMU', 'PCMA'] as const)('has one side in each channel, in step (%s)', (encoding) => {
    const file = memory()
    const recorder = new Recorder(file.write, { encoding })
    for (const [i, frame] of theirs.entries()) recorder.add(frame, ours[i])
    expect(recorder.close()).toMatchObject({ ms: 4000, gaps: [], full: false })
    const wav = readWav(file.bytes)
    if (!wav.ok) throw new Error(wav.reason)
    const [left, right] = [wavChannel(wav.format, wav.sound, 0), wavChannel(wav.format, wav.sound, 1)]
    expect(amplitudeAt(left, 440)).toBeGreaterThan(9900)
    expect(amplitudeAt(left, 1000)).toBeLessThan(50)
    expect(amplitudeAt(right, 1000)).toBeGreaterThan(9900)
    expect(file.writes).toBeLessThan(16)
  })

  it('is silent where a side is missing', () => {
    const file = memory()
    const recorder = new Recorder(file.write)
    for (const frame of theirs) recorder.add(frame, undefined)
    recorder.close()
    const wav = readWav(file.bytes)
    if (!wav.ok) throw new Error(wav.reason)
    expect(wavChannel(wav.format, wav.sound, 1).every((sample) => sample === 0)).toBe(true)
  })

  it('holds nothing of what was said while it was paused, and every later second in its place', () => {
    const file = memory()
    const recorder = new Recorder(file.write)
    for (const [i, frame] of theirs.entries()) {
      if (i === 50) recorder.pause()
      if (i === 100) recorder.resume()
      recorder.add(frame, ours[i])
    }
    expect(recorder.close()).toMatchObject({ ms: 4000, gaps: [{ fromMs: 1000, toMs: 2000 }] })
    const wav = readWav(file.bytes)
    if (!wav.ok) throw new Error(wav.reason)
    const left = wavChannel(wav.format, wav.sound, 0)
    expect(left.subarray(8000, 16_000).every((sample) => sample === 0)).toBe(true)
    expect([...left.subarray(16_000, 16_160)]).toEqual([...(theirs[100] ?? [])])
  })

  it('closes a pause that was never ended', () => {
    const recorder = new Recorder(memory().write)
    recorder.add(theirs[0], ours[0])
    recorder.pause()
    recorder.add(theirs[1], ours[1])
    expect(recorder.close().gaps).toEqual([{ fromMs: 20, toMs: 40 }])
    expect(recorder.add(theirs[2], ours[2])).toBe(false)
  })

  it('ends at its bound and says so', () => {
    const recorder = new Recorder(memory().write, { mostBytes: 50_000 })
    const taken = theirs.map((frame, i) => recorder.add(frame, ours[i]))
    expect(taken.indexOf(false)).toBe(99)
    expect(recorder.close()).toMatchObject({ bytes: 50_000, full: true })
  })
})
