/**
 * Encryption of what does not fit into memory: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over AES-256-GCM.
 * Each frame carries its number and whether it is the last one in its nonce, so frames cannot be swapped, left out, repeated or cut off unnoticed, and a range can
 * be read without the rest.
 *
 * Layout: "FDS1", 32 bytes of salt, then frames of 65,536 bytes (the last one shorter, or empty when there is nothing) each followed by a tag of 16.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { CannotDecrypt, derive } from './primitives.ts'

const magic = Buffer.from('FDS1', 'latin1')
const saltBytes = 32
const tagBytes = 16
const frameBytes = 65_536
const sealedFrameBytes = frameBytes + tagBytes
const headerBytes = magic.length + saltBytes

const damaged = (what: string) => new CannotDecrypt('changed', `Encrypted content was changed or cut off: ${what}.`)
const keyOf = (secret: Uint8Array, header: Buffer) => derive(secret, 'frontdesk stream v1', header.subarray(magic.length))

/** The 96-bit nonce of a frame: 7 zero bytes (the key is this stream's alone), its number, and 1 for the last. */
function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(number, 7)
  nonce[11] = last ? 1 : 0
  return nonce
}

function sealFrame(key: Buffer, bound: Buffer, number: number, last: boolean, plain: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, last), { authTagLength: tagBytes })
  cipher.setAAD(bound)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function openFrame(key: Buffer, bound: Buffer, number: number, last: boolean, frame: Buffer): Buffer {
  if (frame.length < tagBytes) throw damaged(`frame ${number} has no end`)
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, last), { authTagLength: tagBytes })
  decipher.setAAD(bound)
  decipher.setAuthTag(frame.subarray(frame.length - tagBytes))
  try {
    return Buffer.concat([decipher.update(frame.subarray(0, frame.length - tagBytes)), decipher.final()])
  } catch {
    throw damaged(`frame ${number} does not verify`)
  }
}

/** Cuts a stream into pieces of `size` bytes and marks the last one, which may be shorter; an empty stream is one empty last piece. */
async function* pieces(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<{ piece: Buffer; last: boolean }> {
  let piece = Buffer.allocUnsafe(size)
  let filled = 0
  for await (const chunk of source) {
    for (let taken = 0; taken < chunk.length; ) {
      if (filled === size) {
        yield { piece, last: false }
        piece = Buffer.allocUnsafe(size)
        filled = 0
      }
      const part = chunk.subarray(taken, taken + size - filled)
      piece.set(part, filled)
      filled += part.length
      taken += part.length
    }
  }
  yield { piece: piece.subarray(0, filled), last: true }
}

/** Bytes a stream takes when encrypted. */
export const sealedLength = (plainLength: number): number =>
  headerBytes + plainLength + Math.max(1, Math.ceil(plainLength / frameBytes)) * tagBytes

/** Encrypts a stream under a key of its own derived from `secret`. `bound` says where it belongs and must be the same to open it. */
export async function* sealStream(secret: Uint8Array, source: AsyncIterable<Uint8Array>, bound: string): AsyncGenerator<Buffer> {
  const header = Buffer.concat([magic, randomBytes(saltBytes)])
  const key = keyOf(secret, header)
  const place = Buffer.from(bound)
  yield header
  let number = 0
  for await (const { piece, last } of pieces(source, frameBytes)) {
    yield sealFrame(key, place, number, last, piece)
    number += 1
  }
}

/** Decrypts a whole stream. What it yields is verified; it throws `CannotDecrypt` before the first byte that is not, and at the end when something is missing. */
export async function* openStream(secret: Uint8Array, source: AsyncIterable<Uint8Array>, bound: string): AsyncGenerator<Buffer> {
  const { header, rest } = await splitHeader(source)
  const key = keyOf(secret, header)
  const place = Buffer.from(bound)
  let number = 0
  for await (const { piece, last } of pieces(rest, sealedFrameBytes)) {
    yield openFrame(key, place, number, last, piece)
    number += 1
  }
}

async function splitHeader(source: AsyncIterable<Uint8Array>): Promise<{ header: Buffer; rest: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]()
  let start = Buffer.alloc(0)
  while (start.length < headerBytes) {
    const { value, done } = await iterator.next()
    if (done) throw damaged('its beginning is missing')
    start = Buffer.concat([start, value])
  }
  if (!start.subarray(0, magic.length).equals(magic)) throw new CannotDecrypt('malformed', 'This is not content that Frontdesk encrypted.')
  async function* rest() {
    try {
      yield start.subarray(headerBytes)
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { header: start.subarray(0, headerBytes), rest: rest() }
}

/** Which stored bytes hold a range of the content: the frames from `firstFrame` on. Ends are exclusive. */
export type StreamRange = {
  readonly from: number
  readonly to: number
  readonly firstFrame: number
  readonly lastFrame: number
  /** How much of the first frame to leave out, and how much to give in all. */
  readonly skip: number
  readonly length: number
}

/** Where to find the bytes `[start, end)` of content that is `plainLength` long. Bytes 0 to 36 of what is stored, the header, are needed besides. */
export function streamRange(plainLength: number, start: number, end: number): StreamRange {
  if (!(start >= 0 && start <= end && end <= plainLength)) throw new RangeError(`There are no bytes ${start} to ${end} in ${plainLength}.`)
  const lastFrame = Math.max(1, Math.ceil(plainLength / frameBytes)) - 1
  const firstFrame = Math.min(Math.floor(start / frameBytes), lastFrame)
  const finalFrame = Math.max(firstFrame, Math.ceil(end / frameBytes) - 1)
  return {
    from: headerBytes + firstFrame * sealedFrameBytes,
    to: Math.min(headerBytes + (finalFrame + 1) * sealedFrameBytes, sealedLength(plainLength)),
    firstFrame,
    lastFrame,
    skip: start - firstFrame * frameBytes,
    length: end - start,
  }
}

/** Decrypts the range that `streamRange` described, from its stored bytes and the stored header (the first 36 bytes). */
export async function* openRange(
  secret: Uint8Array,
  header: Buffer,
  source: AsyncIterable<Uint8Array>,
  range: StreamRange,
  bound: string,
): AsyncGenerator<Buffer> {
  if (header.length !== headerBytes || !header.subarray(0, magic.length).equals(magic))
    throw new CannotDecrypt('malformed', 'This is not content that Frontdesk encrypted.')
  const key = keyOf(secret, header)
  const place = Buffer.from(bound)
  let number = range.firstFrame
  let skip = range.skip
  let left = range.length
  for await (const { piece } of pieces(source, sealedFrameBytes)) {
    const plain = openFrame(key, place, number, number === range.lastFrame, piece)
    const part = plain.subarray(skip, skip + left)
    skip = 0
    left -= part.length
    number += 1
    if (part.length > 0) yield part
  }
  if (left > 0) throw damaged(`${left} bytes are missing`)
}

/** Length of the header that `openRange` wants. */
export const streamHeaderLength = headerBytes
