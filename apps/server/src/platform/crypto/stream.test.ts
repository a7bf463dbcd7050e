import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CannotDecrypt, openRange, openStream, sealedLength, sealStream, streamHeaderLength, streamRange } from './index.ts'

const secret = randomBytes(32)
const frame = 65_536
const sealedFrame = frame + 16

async function* chunks(bytes: Uint8Array, size = 10_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const all = async (source: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(source))
const sealed = (plain: Uint8Array, bound = 'here') => all(sealStream(secret, chunks(plain), bound))
const opened = (bytes: Uint8Array, bound = 'here', key = secret) => all(openStream(key, chunks(bytes), bound))

const content = randomBytes(3 * frame + 100)

describe('an encrypted stream is refused when', () => {
  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['one bit of a frame is flipped', (bytes) => Buffer.from(bytes.map((byte, at) => (at === 100_000 ? byte ^ 1 : byte)))],
    ['one bit of its salt is flipped', (bytes) => Buffer.from(bytes.map((byte, at) => (at === 10 ? byte ^ 1 : byte)))],
    [
      'two frames are swapped',
      (bytes) =>
        Buffer.concat([
          bytes.subarray(0, streamHeaderLength),
          bytes.subarray(streamHeaderLength + sealedFrame, streamHeaderLength + 2 * sealedFrame),
          bytes.subarray(streamHeaderLength, streamHeaderLength + sealedFrame),
          bytes.subarray(streamHeaderLength + 2 * sealedFrame),
        ]),
    ],
    [
      'a frame is repeated',
      (bytes) => Buffer.concat([bytes.subarray(0, streamHeaderLength + sealedFrame), bytes.subarray(streamHeaderLength)]),
    ],
    ['its last frame is left out', (bytes) => bytes.subarray(0, streamHeaderLength + 3 * sealedFrame)],
    ['its end is cut off', (bytes) => bytes.subarray(0, bytes.length - 1)],
    ['it ends within a tag', (bytes) => bytes.subarray(0, streamHeaderLength + 3 * sealedFrame + 5)],
    ['something is added', (bytes) => Buffer.concat([bytes, Buffer.of(0)])],
    ['only its header is left', (bytes) => bytes.subarray(0, streamHeaderLength)],
    ['it is empty', () => Buffer.alloc(0)],
    ['it is something else', () => randomBytes(1000)],
  ])('%s', async (_what, change) => {
    await expect(opened(change(await sealed(content)))).rejects.toThrow(CannotDecrypt)
  })

  it('it is opened elsewhere or with another key', async () => {
    const bytes = await sealed(content)
    await expect(opened(bytes, 'there')).rejects.toThrow(CannotDecrypt)
    await expect(opened(bytes, 'here', randomBytes(32))).rejects.toThrow(CannotDecrypt)
  })

  it('a frame of another stream of the same key takes its place', async () => {
    const [one, two] = [await sealed(content), await sealed(content)]
    await expect(
      opened(Buffer.concat([one.subarray(0, streamHeaderLength + sealedFrame), two.subarray(streamHeaderLength + sealedFrame)])),
    ).rejects.toThrow(CannotDecrypt)
  })
})

it.each([0, 1, 15, 16, frame - 1, frame, frame + 1, 2 * frame, 3 * frame + 100])(
  'gives back %d bytes and knows their stored length',
  async (length) => {
    const plain = content.subarray(0, length)
    const bytes = await sealed(plain)
    expect(bytes.length).toBe(sealedLength(length))
    expect(Buffer.compare(await opened(bytes), plain)).toBe(0)
  },
)

it('reads any range, touching only the frames it lies in', async () => {
  for (const length of [content.length, 2 * frame, 0]) {
    const plain = content.subarray(0, length)
    const bytes = await sealed(plain)
    await fc.assert(
      fc.asyncProperty(fc.nat(length), fc.nat(length), async (a, b) => {
        const [start, end] = a < b ? [a, b] : [b, a]
        const range = streamRange(length, start, end)
        expect(range.to - range.from).toBeLessThanOrEqual(end - start + 2 * sealedFrame)
        const part = await all(
          openRange(secret, bytes.subarray(0, streamHeaderLength), chunks(bytes.subarray(range.from, range.to)), range, 'here'),
        )
        expect(Buffer.compare(part, plain.subarray(start, end))).toBe(0)
      }),
      { numRuns: 30 },
    )
  }
})

it('refuses a range whose bytes are cut off, and one beyond the end', async () => {
  const bytes = await sealed(content)
  const range = streamRange(content.length, 10, content.length)
  const cut = chunks(bytes.subarray(range.from, range.to - sealedFrame))
  await expect(all(openRange(secret, bytes.subarray(0, streamHeaderLength), cut, range, 'here'))).rejects.toThrow(CannotDecrypt)
  expect(() => streamRange(100, 50, 101)).toThrow(RangeError)
  expect(() => streamRange(100, 60, 50)).toThrow(RangeError)
})
