import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { FileUnreadable } from '../refusal.ts'
import type { FileBytes } from './file-bytes.ts'

/** One part of a workbook, which is a ZIP file (APPNOTE.TXT 6.3.10, ECMA-376 Part 2). */
export type Part = {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly place: number
}

const END_BYTES = 22
const DIRECTORY_BYTES = 46
const LOCAL_BYTES = 30
const STORED = 0
const DEFLATED = 8
const ENCRYPTED = 1
const mostParts = 10_000
const mostDirectoryBytes = 16 * 2 ** 20
const pieceBytes = 65_536

const damaged = (cause?: unknown) => new FileUnreadable('workbook_damaged', 'This workbook is damaged.', {}, { cause })

/** The parts of a workbook by their names. Throws `FileUnreadable`. */
export async function readParts(file: FileBytes): Promise<ReadonlyMap<string, Part>> {
  const tailAt = Math.max(0, file.size - END_BYTES - 65_535)
  const tail = Buffer.from(await file.read(tailAt, file.size - tailAt))
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || end + END_BYTES > tail.length) throw new FileUnreadable('not_a_workbook', 'This is not an Excel workbook.')
  const count = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const start = tail.readUInt32LE(end + 16)
  if (count > mostParts || length > mostDirectoryBytes) throw tooLarge()
  if (start + length > file.size) throw damaged()
  const list = Buffer.from(await file.read(start, length))
  const parts = new Map<string, Part>()
  for (let at = 0, index = 0; index < count; index += 1) {
    if (at + DIRECTORY_BYTES > list.length || list.readUInt32LE(at) !== 0x02014b50) throw damaged()
    if ((list.readUInt16LE(at + 8) & ENCRYPTED) === ENCRYPTED) {
      throw new FileUnreadable('workbook_encrypted', 'This workbook is protected by a password.')
    }
    const nameLength = list.readUInt16LE(at + 28)
    const name = list.toString('utf8', at + DIRECTORY_BYTES, at + DIRECTORY_BYTES + nameLength)
    parts.set(name.replace(/^\//, '').toLowerCase(), {
      name,
      method: list.readUInt16LE(at + 10),
      crc: list.readUInt32LE(at + 16),
      packed: list.readUInt32LE(at + 20),
      size: list.readUInt32LE(at + 24),
      place: list.readUInt32LE(at + 42),
    })
    at += DIRECTORY_BYTES + nameLength + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32)
  }
  return parts
}

const tooLarge = () => new FileUnreadable('workbook_too_large', 'Unpacked, this workbook would be larger than is read here.')

/** The unpacked bytes of a part, piece by piece; at most `most` of them, whatever the part says of itself. Throws `FileUnreadable`. */
export async function* unpackPart(file: FileBytes, part: Part, most: number): AsyncGenerator<Uint8Array> {
  const head = Buffer.from(await file.read(part.place, LOCAL_BYTES))
  if (head.length < LOCAL_BYTES || head.readUInt32LE(0) !== 0x04034b50) throw damaged()
  const from = part.place + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28)
  const pieces = piecesOf(file, from, part.packed)
  if (part.method !== STORED && part.method !== DEFLATED) throw damaged()
  let bytes = 0
  let crc = 0
  for await (const piece of part.method === STORED ? pieces : inflated(pieces)) {
    bytes += piece.length
    if (bytes > most) throw tooLarge()
    crc = crc32(piece, crc)
    yield piece
  }
  if (bytes !== part.size || crc !== part.crc) throw damaged()
}

async function* piecesOf(file: FileBytes, from: number, length: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < from + length; at += pieceBytes) {
    const piece = await file.read(at, Math.min(pieceBytes, from + length - at))
    if (piece.length === 0) throw damaged()
    yield piece
  }
}

async function* inflated(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed)
  const inflate = createInflateRaw({ chunkSize: pieceBytes })
  source.once('error', (error) => inflate.destroy(error))
  try {
    for await (const piece of source.pipe(inflate)) yield piece
  } catch (error) {
    throw error instanceof FileUnreadable ? error : damaged(error)
  } finally {
    source.destroy()
    inflate.destroy()
  }
}
