import { type Encoding, macRoman, windows1252 } from './encodings.ts'

const tableOf = (chars: string, from: number) => new Map([...chars].map((char, at) => [char, at + from] as const))
const bytesOfMac = tableOf(macRoman, 0x80)
const bytesOfWindows = tableOf(windows1252, 0x80)
for (let code = 0xa0; code <= 0xff; code += 1) bytesOfWindows.set(String.fromCharCode(code), code)

/** The bytes of a text. A character that the encoding lacks is written without its accent, as a blank where it is one, or as "?". */
export function encodeText(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text)
    case 'utf-16le':
      return Buffer.from(text, 'utf16le')
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16()
    case 'windows-1252':
      return Buffer.from([...text].flatMap((char) => byteOf(char, bytesOfWindows)))
    case 'macintosh':
      return Buffer.from([...text].flatMap((char) => byteOf(char, bytesOfMac)))
  }
}

function byteOf(char: string, table: ReadonlyMap<string, number>): number | number[] {
  const code = char.charCodeAt(0)
  if (code < 0x80) return code
  const known = table.get(char)
  if (known !== undefined) return known
  if (/\s/.test(char)) return 32
  const plain = char.normalize('NFKD').replace(/\p{M}+/gu, '')
  return plain === char || plain === '' ? 63 : [...plain].flatMap((each) => byteOf(each, table))
}

/** The mark that a file in this encoding may begin with. */
export const byteOrderMark = (encoding: Encoding): Buffer =>
  encoding === 'windows-1252' || encoding === 'macintosh' ? Buffer.alloc(0) : encodeText('\ufeff', encoding)
