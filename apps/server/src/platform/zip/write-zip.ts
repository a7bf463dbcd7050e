import { crc32, deflateRawSync } from 'node:zlib'

/** One file in a ZIP file. */
export type ZipEntry = { readonly path: string; readonly content: Uint8Array }

/** UTF-8 names (APPNOTE 4.4.4, bit 11). */
const FLAGS = 0x0800
const VERSION = 20
const STORED = 0
const DEFLATED = 8
/** 1980-01-01, the first day a ZIP file knows: entries say nothing about when they were made. */
const DOS_DATE = 0x21

/** Writes a ZIP file, entry by entry. */
export async function* writeZip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let at = 0
  for await (const { path, content } of entries) {
    const name = Buffer.from(path)
    const deflated = deflateRawSync(content)
    const smaller = deflated.length < content.length
    const body = smaller ? deflated : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
    const facts = factsOf(smaller ? DEFLATED : STORED, crc32(content), body.length, content.length, name.length)
    const head = Buffer.concat([uint32(0x04034b50), facts, name])
    yield head
    yield body
    directory.push(Buffer.concat([uint32(0x02014b50), uint16(VERSION), facts, Buffer.alloc(10), uint32(at), name]))
    at += head.length + body.length
  }
  const list = Buffer.concat(directory)
  yield list
  const count = uint16(directory.length)
  yield Buffer.concat([uint32(0x06054b50), Buffer.alloc(4), count, count, uint32(list.length), uint32(at), uint16(0)])
}

/** What the local header and the directory have in common, in the same order. */
const factsOf = (method: number, crc: number, packed: number, size: number, nameLength: number): Buffer =>
  Buffer.concat([
    uint16(VERSION),
    uint16(FLAGS),
    uint16(method),
    uint16(0),
    uint16(DOS_DATE),
    uint32(crc),
    uint32(packed),
    uint32(size),
    uint16(nameLength),
    uint16(0),
  ])

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
