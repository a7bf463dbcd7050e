import type { Chunks } from '../refusal.ts'
import { completeUtf8 } from './detect-encoding.ts'
import { type Encoding, macRoman, windows1252 } from './encodings.ts'

/** The bytes in which Windows-1252 differs from Latin-1. */
const windowsOnly = /[\u0080-\u009f]/g
const high = /[\u0080-\u00ff]/g

/** Turns pieces of bytes into pieces of text; a character that two pieces share comes with the second. */
export type TextDecoding = { readonly decode: (chunk: Uint8Array) => string; readonly end: () => string }

/**
 * A decoder for one file. What is no character in the encoding becomes U+FFFD, and a byte order mark is left out. Buffer's own decoders, because TextDecoder is several times slower
 * in pieces.
 */
export function textDecoder(encoding: Encoding): TextDecoding {
  let rest: Buffer = Buffer.alloc(0)
  let first = true
  const toText = (bytes: Buffer): string => {
    const text = encodings[encoding](bytes)
    if (!first || text === '') return text
    first = false
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  }
  return {
    decode(chunk) {
      const piece = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
      const end = encoding === 'utf-8' ? completeUtf8(bytes) : encoding.startsWith('utf-16') ? bytes.length & ~1 : bytes.length
      // A copy: the caller may use its buffer again.
      rest = end === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(end))
      return toText(bytes.subarray(0, end))
    },
    end() {
      const text = rest.length === 0 ? '' : encoding === 'utf-8' ? rest.toString('utf8') : '\ufffd'
      rest = Buffer.alloc(0)
      return text
    },
  }
}

const encodings: { readonly [encoding in Encoding]: (bytes: Buffer) => string } = {
  'utf-8': (bytes) => bytes.toString('utf8'),
  'utf-16le': (bytes) => bytes.toString('utf16le'),
  'utf-16be': (bytes) => Buffer.from(bytes).swap16().toString('utf16le'),
  'windows-1252': (bytes) => bytes.toString('latin1').replace(windowsOnly, (char) => windows1252[char.charCodeAt(0) - 0x80] ?? char),
  macintosh: (bytes) => bytes.toString('latin1').replace(high, (char) => macRoman[char.charCodeAt(0) - 0x80] ?? char),
}

/** The text of a file, piece by piece. */
export async function* decodeText(chunks: Chunks, encoding: Encoding): AsyncGenerator<string> {
  const decoder = textDecoder(encoding)
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk)
    if (text !== '') yield text
  }
  const last = decoder.end()
  if (last !== '') yield last
}
