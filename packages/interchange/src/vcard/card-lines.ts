import { isUtf8 } from 'node:buffer'
import { type Chunks, limits } from '../refusal.ts'
import { decodeText, textDecoder } from '../text/decode-text.ts'
import type { Encoding } from '../text/encodings.ts'

/** One line of a card as bytes written in Latin-1 characters, so that folds within a character and a charset of its own can be undone later. */
export type CardLine = { readonly line: number; readonly bytes: string }

/** The lines of a file of cards, physical ones. A line longer than may be is cut: only pictures are that long, and they are not read. */
export async function* cardLines(chunks: Chunks, encoding: Encoding): AsyncGenerator<readonly CardLine[]> {
  let rest = ''
  let line = 1
  let isCut = false
  const cut = (text: string, final: boolean): CardLine[] => {
    const lines: CardLine[] = []
    let at = 0
    for (;;) {
      let end = at
      while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end += 1
      const isLast = end >= text.length
      // What follows a carriage return at the end of a piece is not known yet.
      if ((isLast || (end + 1 >= text.length && text.charCodeAt(end) === 13)) && !final) break
      if (isLast && end === at) break
      if (!isCut) lines.push({ line, bytes: text.slice(at, Math.min(end, at + limits.rowChars)) })
      isCut = false
      line += 1
      at = text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1
      if (isLast) break
    }
    rest = text.slice(at)
    if (rest.length > limits.rowChars) {
      if (!isCut) lines.push({ line, bytes: rest.slice(0, limits.rowChars) })
      isCut = true
      rest = ''
    }
    return lines
  }
  for await (const bytes of asLatin1(chunks, encoding)) yield cut(rest + bytes, false)
  yield cut(rest, true)
}

/** UTF-16 becomes UTF-8 first: every other encoding agrees with ASCII, in which cards are written but for their values. */
async function* asLatin1(chunks: Chunks, encoding: Encoding): AsyncGenerator<string> {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    for await (const text of decodeText(chunks, encoding)) yield Buffer.from(text).toString('latin1')
    return
  }
  let first = true
  for await (const chunk of chunks) {
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
    yield first && text.startsWith('\u00ef\u00bb\u00bf') ? text.slice(3) : text
    first = false
  }
}

const charsets: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'iso-8859-1': 'windows-1252',
  'iso-8859-15': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  'us-ascii': 'utf-8',
  macintosh: 'macintosh',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'utf-16': 'utf-16be',
}

/** The text of a value's bytes: in the charset that its property names, in UTF-8 where it can be (folds within characters hide that from whoever looks at the file), otherwise in that of the file. */
export function textOf(bytes: string, charset: string | undefined, encoding: Encoding): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII needs no decoding.
  if (/^[\u0000-\u007f]*$/.test(bytes)) return bytes
  const named = charset === undefined ? undefined : charsets[charset.toLowerCase()]
  const value = Buffer.from(bytes, 'latin1')
  const ofFile = encoding === 'macintosh' ? encoding : 'windows-1252'
  const decoder = textDecoder(named ?? (isUtf8(value) ? 'utf-8' : ofFile))
  return decoder.decode(value) + decoder.end()
}
