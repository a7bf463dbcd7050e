import { maskSensitiveNumbers, type SensitiveKind } from '@frontdesk/contract'
import { mediaTypeOf, sniffedBytes } from '../../../platform/files/index.ts'

/** Files that are text and are searched; in all others, such as pictures and PDF, nothing is looked for, and docs/comply/sensitive.md says so. */
export const searchedTypes: ReadonlySet<string> = new Set([
  'text/plain',
  'text/csv',
  'text/tab-separated-values',
  'text/markdown',
  'text/html',
  'text/calendar',
  'text/vcard',
  'application/json',
  'application/xml',
  'message/rfc822',
])

/** A file from outside as it is kept: card and Social Security numbers in text files are masked, and which kinds there were. Everything else about it stays as it came. */
export async function maskInFile(
  bytes: Uint8Array,
  name?: string,
): Promise<{ readonly bytes: Uint8Array; readonly found: readonly SensitiveKind[] }> {
  const type = await mediaTypeOf(bytes.subarray(0, sniffedBytes), bytes.length <= sniffedBytes, name)
  if (!searchedTypes.has(type)) return { bytes, found: [] }
  const { text, encode } = decoded(bytes)
  const found = new Set<SensitiveKind>()
  const mask = (part: string): string => {
    const masked = maskSensitiveNumbers(part)
    for (const kind of masked.found) found.add(kind)
    return masked.text
  }
  const masked = mask(type === 'message/rfc822' ? maskEncodedParts(text, mask) : text)
  return found.size === 0 ? { bytes, found: [] } : { bytes: encode(masked), found: [...found] }
}

/** The text of a file, and how to write it back: UTF-16 by its mark, UTF-8, and for what is neither Latin-1, which has a letter for every byte. */
function decoded(bytes: Uint8Array): { readonly text: string; readonly encode: (text: string) => Uint8Array } {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe
  if (little || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    const swapped = (buffer: Buffer) => (little ? buffer : buffer.swap16())
    const whole = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
    return { text: swapped(whole).toString('utf16le'), encode: (text) => swapped(Buffer.from(text, 'utf16le')) }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), encode: (text) => Buffer.from(text) }
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), encode: (text) => Buffer.from(text.replaceAll('•', '*'), 'latin1') }
  }
}

/** Text parts of a mail that travel in base64 (RFC 2045 §6.8), masked and written back in the same form. */
function maskEncodedParts(mail: string, mask: (text: string) => string): string {
  return mail.replace(
    /((?:^[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+)(\r?\n)([A-Za-z0-9+/=\r\n]+)/gm,
    (whole, headers, gap, body) => {
      const isText = !/^content-type:/im.test(headers) || /^content-type:\s*text\//im.test(headers)
      if (!isText || !/^content-transfer-encoding:\s*base64/im.test(headers)) return whole
      const inside = Buffer.from(body, 'base64')
      const { text, encode } = decoded(inside)
      const masked = mask(text)
      if (masked === text) return whole
      const lines =
        Buffer.from(encode(masked))
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      return `${headers}${gap}${lines.join('\r\n')}\r\n`
    },
  )
}
