import type { Guess } from './refusal.ts'
import { textDecoder } from './text/decode-text.ts'
import { detectEncoding } from './text/detect-encoding.ts'

/** What a file is, by its content: a name may say anything. */
export type FileFormat = 'delimited' | 'workbook' | 'vcard' | 'json' | 'old_workbook' | 'document' | 'unknown'

const signatures: readonly (readonly [readonly number[], FileFormat])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'workbook'],
  // OLE2: Excel up to 2003, and workbooks behind a password.
  [[0xd0, 0xcf, 0x11, 0xe0], 'old_workbook'],
  [[0x25, 0x50, 0x44, 0x46], 'document'],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], 'document'],
]

/** What a file is, by its first bytes. Only `delimited`, `workbook` and `vcard` are read. */
export function detectFormat(head: Uint8Array): Guess<FileFormat> {
  const found = (value: FileFormat, confidence: number, code: string): Guess<FileFormat> => ({ value, confidence, reasons: [{ code }] })
  if (head.length === 0) return found('unknown', 1, 'empty')
  const signed = signatures.find(([bytes]) => bytes.every((byte, at) => head[at] === byte))
  if (signed) return found(signed[1], 0.95, 'signature')
  const text = textDecoder(detectEncoding(head).value).decode(head).trimStart()
  if (/^(?:[\w-]+\.)?BEGIN[ \t]*:[ \t]*VCARD/i.test(text)) return found('vcard', 0.99, 'begins_as_vcard')
  if (/^[[{]\s*["{[\]}]/.test(text)) return found('json', 0.7, 'begins_as_json')
  if (/^<(!doctype|html|\?xml)/i.test(text)) return found('document', 0.8, 'begins_as_markup')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no text holds these.
  const controls = text.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/g)?.length ?? 0
  return controls > text.length * 0.02 ? found('unknown', 0.9, 'binary') : found('delimited', 0.9, 'text')
}
