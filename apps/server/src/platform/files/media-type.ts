import { fileTypeFromBuffer } from 'file-type'

/** How much of a file's beginning decides what it is. */
export const sniffedBytes = 4100

const markup: readonly (readonly [RegExp, string])[] = [
  [/^\s*BEGIN:VCALENDAR/i, 'text/calendar'],
  [/^\s*BEGIN:VCARD/i, 'text/vcard'],
  [/^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype svg[^>]*>\s*)?<svg[\s>]/is, 'image/svg+xml'],
  [/^\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|script|iframe|title|table|a|p|div)[\s>]/is, 'text/html'],
  [/^\s*<\?xml/i, 'application/xml'],
  [/^(Return-Path|Received|Delivered-To|MIME-Version|From|Date|Message-ID): /i, 'message/rfc822'],
]

/** Plain text says nothing about its use, so its name may; only names that are harmless to believe. */
const plainTextByEnding: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  md: 'text/markdown',
}

/** Text has no control characters but for tab, line feed, form feed, carriage return and escape. */
function asText(head: Uint8Array, isWhole: boolean): string | undefined {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  try {
    const decoder = new TextDecoder(utf16 ? (head[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8', { fatal: true })
    const text = decoder.decode(head, { stream: !isWhole }) // a character may be cut at the end of the head
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    return /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

/** What a file is, by its content; what the sender claims is not asked. `application/octet-stream` when nothing is known. */
export async function mediaTypeOf(head: Uint8Array, isWhole: boolean, name?: string): Promise<string> {
  const known = await fileTypeFromBuffer(head)
  if (known && known.mime !== 'application/xml') return known.mime
  const text = asText(head, isWhole)
  if (text === undefined) return 'application/octet-stream'
  const marked = markup.find(([sign]) => sign.test(text))
  if (marked) return marked[1]
  return plainTextByEnding[name?.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'text/plain'
}

/** A name to show and to offer for download: no folders, no control or direction characters, at most 200 characters. */
export function cleanName(name: string): string | undefined {
  const last = name.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\u200d' ? sign : '')).trim()
  return clean === '' || /^\.+$/.test(clean) ? undefined : [...clean].slice(-200).join('')
}
