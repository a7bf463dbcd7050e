import { isUtf8 } from 'node:buffer'
import type { Guess, Reason } from '../refusal.ts'
import { type Encoding, macRoman } from './encodings.ts'

/** Looks at a file's bytes piece by piece and says in which encoding its text is. */
export type EncodingSurvey = {
  /** Takes the next piece of the file. */
  readonly take: (chunk: Uint8Array) => void
  /** What the bytes so far say. */
  readonly guess: () => Guess<Encoding>
}

/** Letters of western languages beyond ASCII, by their byte in Windows-1252 and in Mac OS Roman. */
const letters = 'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿœŒ'
const lettersOfMac = new Uint8Array(256)
const lettersOfWindows = new Uint8Array(256)
for (const letter of letters) {
  const mac = macRoman.indexOf(letter)
  if (mac >= 0) lettersOfMac[mac + 0x80] = 1
  const code = letter.charCodeAt(0)
  if (code < 256) lettersOfWindows[code] = 1
}
lettersOfWindows[0x9c] = 1
lettersOfWindows[0x8c] = 1
/** Bytes that stand for nothing in Windows-1252. */
const unassigned = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])

const isAsciiLetter = (byte: number | undefined): boolean => byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122

/** Surveys the encoding of a file. Feed it the whole file to be sure: a head of plain ASCII says nothing about what follows. */
export function surveyEncoding(): EncodingSurvey {
  let bom: Encoding | undefined
  let taken = 0
  let validUtf8 = true
  let plain = true
  let tail: Uint8Array = new Uint8Array()
  const zeros = [0, 0]
  let mac = 0
  let windows = 0
  let impossible = 0

  const countHighBytes = (chunk: Uint8Array) => {
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (byte === 0) zeros[(taken + at) & 1] = (zeros[(taken + at) & 1] ?? 0) + 1
      if (byte < 0x80) continue
      plain = false
      if (unassigned.has(byte)) impossible += 1
      if (!isAsciiLetter(chunk[at - 1]) && !isAsciiLetter(chunk[at + 1])) continue
      mac += lettersOfMac[byte] ?? 0
      windows += lettersOfWindows[byte] ?? 0
    }
  }

  return {
    take(chunk) {
      if (taken === 0) bom = bomOf(chunk)
      // Counting is slow beside checking UTF-8, and a quarter of a megabyte tells as much as a gigabyte; once bytes above ASCII come up, theirs is looked at too.
      if (taken < 262_144 || (!validUtf8 && mac + windows < 10_000)) countHighBytes(chunk)
      if (validUtf8) {
        const joined = tail.length === 0 ? chunk : Buffer.concat([tail, chunk])
        const end = completeUtf8(joined)
        validUtf8 = isUtf8(joined.subarray(0, end))
        tail = joined.slice(end)
        if (!validUtf8) countHighBytes(chunk)
      }
      taken += chunk.length
    },
    guess: () => {
      const found = (value: Encoding, confidence: number, ...reasons: Reason[]): Guess<Encoding> => ({ value, confidence, reasons })
      if (bom !== undefined) return found(bom, 1, { code: 'byte_order_mark' })
      const [even = 0, odd = 0] = zeros
      const pairs = Math.min(taken, 262_144) / 2
      if (odd > pairs * 0.3 && even < odd * 0.1) return found('utf-16le', 0.95, { code: 'zero_bytes', at: 'odd' })
      if (even > pairs * 0.3 && odd < even * 0.1) return found('utf-16be', 0.95, { code: 'zero_bytes', at: 'even' })
      if (validUtf8 && plain) return found('utf-8', 0.9, { code: 'only_ascii' })
      if (validUtf8) return found('utf-8', 0.99, { code: 'valid_utf8' })
      const reason = { code: 'not_utf8', lettersInMacRoman: mac, lettersInWindows1252: windows }
      // Certain, or not at all: bytes that Windows-1252 does not know, or letters inside of words in the one and hardly any in the other.
      if (mac >= 3 && mac > windows * 4 && (impossible > 0 || mac >= 6)) return found('macintosh', 0.9, reason)
      return found('windows-1252', impossible > 0 ? 0.5 : 0.85, reason)
    },
  }
}

/** The encoding of a text by its beginning. */
export function detectEncoding(head: Uint8Array): Guess<Encoding> {
  const survey = surveyEncoding()
  survey.take(head)
  return survey.guess()
}

function bomOf(head: Uint8Array): Encoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Up to where the bytes hold whole UTF-8 sequences; a sequence that a piece of the file cuts in two is left for the next. */
export function completeUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}
