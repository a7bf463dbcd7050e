import { FileUnreadable } from '../refusal.ts'
import { decodeText } from '../text/decode-text.ts'

/** Hears the tags and texts of a document in their order. Names come without their namespace's prefix. */
export type XmlListener = {
  readonly open: (name: string, attributes: string, isEmpty: boolean) => void
  readonly close: (name: string) => void
  readonly text: (raw: string) => void
}

/** No tag of a workbook is longer; a document with one is not read on. */
const mostToken = 1_048_576

/**
 * Scans a document piece by piece, as far as workbooks use XML 1.0: no document types, so nothing that a document could define or load. A listener hears everything of a piece before the
 * generator goes on, which yields after each.
 */
export async function* scanXml(bytes: AsyncIterable<Uint8Array>, listener: XmlListener): AsyncGenerator<void> {
  let rest = ''
  let depth = 0
  const counted: XmlListener = {
    ...listener,
    open(name, attributes, isEmpty) {
      depth += 1
      listener.open(name, attributes, isEmpty)
    },
    close(name) {
      depth -= 1
      listener.close(name)
    },
  }
  for await (const piece of decodeText(bytes, 'utf-8')) {
    rest = scan(rest === '' ? piece : rest + piece, counted)
    if (rest.length > mostToken) throw new FileUnreadable('workbook_damaged', 'This workbook is damaged: a part of it is no XML.')
    yield
  }
  if (rest.trim() !== '' || depth !== 0)
    throw new FileUnreadable('workbook_damaged', 'This workbook is damaged: a part of it ends too soon.')
}

/** Answers what is not complete yet. */
function scan(xml: string, { open, close, text }: XmlListener): string {
  let at = 0
  for (;;) {
    const tag = xml.indexOf('<', at)
    if (tag < 0) {
      // A text goes on with the next piece, and an entity in it may be cut in two.
      return xml.slice(at)
    }
    const code = xml.charCodeAt(tag + 1)
    const end = code === 33 || code === 63 ? specialEnd(xml, tag) : tagEnd(xml, tag)
    if (end < 0) return xml.slice(at)
    if (tag > at) text(xml.slice(at, tag))
    if (code === 33 && xml.startsWith('<![CDATA[', tag)) text(escaped(xml.slice(tag + 9, end - 2)))
    else if (code === 47) close(localName(xml.slice(tag + 2, end).trimEnd()))
    else if (code !== 33 && code !== 63) {
      const isEmpty = xml.charCodeAt(end - 1) === 47
      const inside = xml.slice(tag + 1, isEmpty ? end - 1 : end)
      const blank = blankIn(inside)
      const name = localName(blank < 0 ? inside : inside.slice(0, blank))
      open(name, blank < 0 ? '' : inside.slice(blank), isEmpty)
      if (isEmpty) close(name)
    }
    at = end + 1
  }
}

/** Where a tag ends: at the first > outside of quotes; -1 where it is not complete. */
function tagEnd(xml: string, from: number): number {
  let quote = 0
  for (let at = from + 1; at < xml.length; at += 1) {
    const code = xml.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 62) return at
    else if (code === 34 || code === 39) quote = code
  }
  return -1
}

function specialEnd(xml: string, from: number): number {
  if (xml.startsWith('<!--', from)) return lastOf(xml, '-->', from + 4)
  if (xml.startsWith('<![CDATA[', from)) return lastOf(xml, ']]>', from + 9)
  if (xml.startsWith('<?', from)) return lastOf(xml, '?>', from + 2)
  if (xml.length - from < 9) return -1
  throw new FileUnreadable('workbook_damaged', 'This workbook holds a document type, which no workbook has.')
}

function lastOf(xml: string, what: string, from: number): number {
  const at = xml.indexOf(what, from)
  return at < 0 ? -1 : at + what.length - 1
}

/** The first blank of a tag, which ends its name. */
function blankIn(tag: string): number {
  for (let at = 0; at < tag.length; at += 1) if (tag.charCodeAt(at) <= 32) return at
  return -1
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** A text of a document, with its entities and the escapes that workbooks use for control characters (ECMA-376 Part 1, 22.9.2.19). */
export function xmlText(raw: string): string {
  const plain = raw.includes('&')
    ? raw.replace(/&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex?: string, decimal?: string, name?: string) => {
        if (name !== undefined) return named[name] ?? whole
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
        return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
      })
    : raw
  return plain.includes('_x')
    ? plain.replace(/_x([\dA-Fa-f]{4})_/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : plain
}

/** The value of an attribute, by its name with its prefix; undefined where there is none. */
export function attribute(attributes: string, name: string): string | undefined {
  const at = attributes.indexOf(`${name}=`)
  if (at < 0) return undefined
  if (at > 0 && attributes.charCodeAt(at - 1) > 32) return attribute(attributes.slice(at + 1), name)
  const quote = attributes[at + name.length + 1]
  if (quote !== '"' && quote !== "'") return undefined
  const from = at + name.length + 2
  const end = attributes.indexOf(quote, from)
  return end < 0 ? undefined : xmlText(attributes.slice(from, end))
}
