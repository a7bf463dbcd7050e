import { crc32, inflateRawSync } from 'node:zlib'

/** The bytes are no ZIP file, damaged, or larger once unpacked than they may be. */
export class ZipUnreadable extends Error {
  override readonly name = 'ZipUnreadable'
}

const END_BYTES = 22
const DIRECTORY_BYTES = 46
const LOCAL_BYTES = 30

/** The files of a ZIP file by their paths, each unpacked and checked when it is asked for. Throws `ZipUnreadable`. */
export function readZip(bytes: Buffer, most: { readonly bytes: number; readonly entries: number }): ReadonlyMap<string, () => Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || end + END_BYTES > bytes.length) throw new ZipUnreadable('This is not a ZIP file.')
  const count = bytes.readUInt16LE(end + 10)
  if (count > most.entries) throw new ZipUnreadable(`There are ${count} files in it, and ${most.entries} are read at most.`)
  const files = new Map<string, () => Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  let total = 0
  for (let index = 0; index < count; index += 1) {
    if (at + DIRECTORY_BYTES > end || bytes.readUInt32LE(at) !== 0x02014b50) throw new ZipUnreadable('The list of its files is damaged.')
    const method = bytes.readUInt16LE(at + 10)
    const crc = bytes.readUInt32LE(at + 16)
    const packed = bytes.readUInt32LE(at + 20)
    const size = bytes.readUInt32LE(at + 24)
    const nameLength = bytes.readUInt16LE(at + 28)
    const place = bytes.readUInt32LE(at + 42)
    const path = bytes.toString('utf8', at + DIRECTORY_BYTES, at + DIRECTORY_BYTES + nameLength)
    if (path.split(/[/\\]/).includes('..') || path.startsWith('/')) throw new ZipUnreadable('It holds a path that leads out of it.')
    total += size
    if (total > most.bytes) throw new ZipUnreadable(`Unpacked it would be larger than ${most.bytes} bytes.`)
    files.set(path, () => unpack(bytes, { place, method, crc, packed, size }))
    at += DIRECTORY_BYTES + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return files
}

type Entry = { readonly place: number; readonly method: number; readonly crc: number; readonly packed: number; readonly size: number }

function unpack(bytes: Buffer, { place, method, crc, packed, size }: Entry): Buffer {
  if (place + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(place) !== 0x04034b50) throw new ZipUnreadable('A file in it is damaged.')
  const from = place + LOCAL_BYTES + bytes.readUInt16LE(place + 26) + bytes.readUInt16LE(place + 28)
  const body = bytes.subarray(from, from + packed)
  const content = method === 0 ? body : method === 8 ? inflated(body, size) : undefined
  if (content === undefined) throw new ZipUnreadable('A file in it is packed in a way that is not read here.')
  if (content.length !== size || crc32(content) !== crc) throw new ZipUnreadable('A file in it is damaged.')
  return content
}

function inflated(body: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(size, 1) })
  } catch (cause) {
    throw new ZipUnreadable('A file in it is damaged.', { cause })
  }
}
