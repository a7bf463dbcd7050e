import type { CardLine } from './card-lines.ts'

/** The versions of vCard that are read: versit 2.1, RFC 2426, RFC 6350. */
export type CardVersion = '2.1' | '3.0' | '4.0'

/** One property, unfolded, its value still encoded. */
export type CardProperty = {
  readonly group: string | undefined
  readonly name: string
  readonly params: ReadonlyMap<string, readonly string[]>
  readonly value: string
}

/** Properties that hold pictures, sounds, keys and other things which are not read. */
const heavy = /^(?:[\w-]+\.)?(PHOTO|LOGO|SOUND|KEY|X-MS-CARDPICTURE|X-WAB-GENDER)\b/i
const softBreak = /;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i
const base64 = /;(?:ENCODING=)?(?:BASE64|B)[;:]/i

/** Puts the lines of one card together again. `skipped` are the names of properties that are not read, `kept` the lines of the others. */
export function unfold(
  lines: readonly CardLine[],
  version: CardVersion,
): { readonly properties: readonly string[]; readonly skipped: readonly string[]; readonly kept: readonly CardLine[] } {
  const properties: string[] = []
  const skipped: string[] = []
  const kept: CardLine[] = []
  let current: string[] = []
  let isHeavy = false
  let inBase64 = false
  const finish = () => {
    if (current.length > 0 && !isHeavy) properties.push(current.join(''))
    current = []
  }
  for (const line of lines) {
    const { bytes } = line
    const first = bytes.charCodeAt(0)
    if (first === 32 || first === 9) {
      if (!isHeavy) kept.push(line)
      // In 2.1 the blank belongs to the text; later it only marks the fold.
      if (!isHeavy) current.push(version === '2.1' && !inBase64 ? bytes : bytes.slice(1))
      continue
    }
    const last = current.at(-1)
    if (last?.endsWith('=') && !isHeavy && softBreak.test(current[0] ?? '')) {
      kept.push(line)
      current[current.length - 1] = last.slice(0, -1)
      current.push(bytes)
      continue
    }
    if (inBase64 && bytes !== '' && !bytes.includes(':')) continue
    finish()
    inBase64 = base64.test(bytes.slice(0, bytes.indexOf(':') + 1))
    const name = heavy.exec(bytes)?.[1]
    isHeavy = name !== undefined
    if (name !== undefined && !skipped.includes(name.toUpperCase())) skipped.push(name.toUpperCase())
    if (!isHeavy) kept.push(line)
    if (bytes.trim() !== '') current.push(isHeavy ? '' : bytes)
  }
  finish()
  return { properties, skipped, kept }
}

/** Reads one unfolded property; undefined where it is none. */
export function readProperty(text: string): CardProperty | undefined {
  const [, group, name = ''] = /^(?:([\w-]+)\.)?([\w-]+)(?=[;:])/.exec(text) ?? []
  if (name === '') return undefined
  const params = new Map<string, string[]>()
  let at = (group === undefined ? 0 : group.length + 1) + name.length
  while (text[at] === ';') {
    const end = endOfParam(text, at + 1)
    addParam(params, text.slice(at + 1, end))
    at = end
  }
  return text[at] === ':' ? { group: group?.toLowerCase(), name: name.toUpperCase(), params, value: text.slice(at + 1) } : undefined
}

/** Quoted values of parameters may hold colons and semicolons. */
function endOfParam(text: string, from: number): number {
  let isQuoted = false
  for (let at = from; at < text.length; at += 1) {
    const char = text[at]
    if (char === '"') isQuoted = !isQuoted
    else if (!isQuoted && (char === ';' || char === ':')) return at
  }
  return text.length
}

const bareEncodings = new Set(['QUOTED-PRINTABLE', 'BASE64', '8BIT', '7BIT'])

function addParam(params: Map<string, string[]>, text: string): void {
  const at = text.indexOf('=')
  // Version 2.1 leaves the name out: TEL;HOME;VOICE.
  const name = at < 0 ? (bareEncodings.has(text.toUpperCase()) ? 'ENCODING' : 'TYPE') : text.slice(0, at).toUpperCase()
  const written = at < 0 ? text : text.slice(at + 1)
  // Types are a list even within quotes (RFC 6350 §5.6): TYPE="work,voice".
  const values = (name === 'TYPE' ? written.replaceAll('"', '') : written).match(/"[^"]*"|[^,]+/g) ?? []
  params.set(name, [...(params.get(name) ?? []), ...values.map(paramText)])
}

/** RFC 6868: what a parameter cannot hold is written behind a caret. */
const paramText = (value: string): string =>
  value.replace(/^"(.*)"$/, '$1').replace(/\^([n'^])/g, (_whole, char: string) => (char === 'n' ? '\n' : char === "'" ? '"' : '^'))

/** Quoted-printable (RFC 2045 §6.7), as bytes. */
export const quotedPrintable = (text: string): string =>
  text.replace(/=\r?\n/g, '').replace(/=([\dA-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Splits a value at a character that no backslash stands before. */
export function splitUnescaped(value: string, at: ';' | ','): readonly string[] {
  if (!value.includes('\\')) return value.split(at)
  const parts: string[] = []
  let from = 0
  for (let index = 0; index < value.length; index += 1) {
    if (value[index] === '\\') index += 1
    else if (value[index] === at) {
      parts.push(value.slice(from, index))
      from = index + 1
    }
  }
  return [...parts, value.slice(from)]
}

/** A text without its backslashes (RFC 6350 §3.4). */
export const unescaped = (text: string): string =>
  text.includes('\\') ? text.replace(/\\([\s\S])/g, (_whole, char: string) => (char === 'n' || char === 'N' ? '\n' : char)) : text
