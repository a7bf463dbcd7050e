import { isUtf8 } from 'node:buffer'
import { hasControlCharacter, isToken, limits, SyntaxFault, trimmed, wholeNumber } from './grammar.ts'
import { type CoreHeaders, codecOf, type HeaderName, type Headers, headerNamed } from './headers.ts'
import { noBody, type SipMessage } from './message.ts'
import { isSipUri, parseUri } from './uri.ts'

/** Why a message was not taken. */
export type Fault = {
  readonly field: string
  readonly why: string
  /** What a server answers. */
  readonly status: number
  /** What an answer needs, where the message is a request and that much of it can be read. */
  readonly request?: { readonly method: string; readonly headers: CoreHeaders }
}

/** A message, with the names of malformed fields that nobody needs and that were left out (§8.2.2); or why it is none. */
export type Parsed =
  | { readonly ok: true; readonly message: SipMessage; readonly ignored: readonly string[] }
  | { readonly ok: false; readonly fault: Fault }

type StartLine =
  | { readonly method: string; readonly target: string; readonly version: string }
  /** Only the method can be read: enough to answer 400, as RFC 4475 §3.1.2.8 asks. */
  | { readonly method: string; readonly fault: SyntaxFault }
  | { readonly status: number; readonly reason: string }
type Reading = { start?: StartLine; readonly headers: Record<string, unknown>; readonly ignored: string[] }

const core = ['via', 'from', 'to', 'callId', 'cseq'] as const
const requestLine = /^([^ ]+) ([^ ]+) (SIP\/\d{1,3}\.\d{1,3})$/i
const statusLine = /^SIP\/2\.0 (\d+)(?: (.*))?$/i

/** Reads one message from the bytes of a datagram, or from those that `MessageFramer` cut from a stream. Never throws. */
export function parseMessage(bytes: Uint8Array): Parsed {
  const state: Reading = { headers: {}, ignored: [] }
  try {
    return { ok: true, message: read(bytes, state), ignored: state.ignored }
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error
    const { field, message, status } = error
    const answerable = state.start && 'method' in state.start && core.every((name) => state.headers[name] !== undefined)
    const request = answerable ? { method: methodOf(state.start), headers: state.headers as unknown as CoreHeaders } : undefined
    return { ok: false, fault: { field, why: message, status, ...(request && { request }) } }
  }
}

const methodOf = (start: StartLine | undefined): string => (start && 'method' in start ? start.method : '')

function read(bytes: Uint8Array, state: Reading): SipMessage {
  const { head, bodyStart } = splitHead(bytes)
  const lines = unfold(head)
  const start = readStartLine(lines[0] ?? '')
  state.start = start
  const { others, lengths, fault } = readFields(lines.slice(1), state)
  if ('fault' in start) throw start.fault
  if (fault) throw fault
  for (const name of core) if (state.headers[name] === undefined) throw new SyntaxFault(codecOf(name).name, 'is missing')
  const headers = { ...state.headers, ...(others.length > 0 && { others }) } as unknown as Headers & CoreHeaders
  const body = readBody(bytes.subarray(bodyStart), lengths)
  if ('status' in start) return { ...start, headers, body }
  // §8.2.1 and §21.5.6: a method or version that is not ours is answered only when the rest can be read.
  if (start.version.toUpperCase() !== 'SIP/2.0') throw new SyntaxFault('request line', `${start.version} is not supported`, 505)
  if (headers.cseq.method !== start.method) throw new SyntaxFault('CSeq', 'names another method than the request line') // §8.1.1.5
  const uri = parseUri(start.target, 'request line')
  if (isSipUri(uri) && uri.headers.length > 0) throw new SyntaxFault('request line', 'a Request-URI has no headers') // §19.1.1
  return { method: start.method, uri, headers, body }
}

function splitHead(bytes: Uint8Array): { readonly head: string; readonly bodyStart: number } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let start = 0
  while (buffer[start] === 13 || buffer[start] === 10) start++ // §7.5: empty lines before the start line
  const blank = buffer.indexOf('\r\n\r\n', start)
  const bare = buffer.indexOf('\n\n', start)
  const isBare = bare >= 0 && (blank < 0 || bare < blank)
  const found = isBare ? bare : blank
  // A head without the empty line at its end is whole in a datagram: there is no more to come.
  const end = found < 0 ? buffer.length : found
  if (end - start > limits.headBytes) throw new SyntaxFault('head', 'is too long', 513)
  const head = buffer.subarray(start, end)
  if (!isUtf8(head)) throw new SyntaxFault('head', 'is not UTF-8')
  return { head: head.toString('utf8'), bodyStart: found < 0 ? buffer.length : found + (isBare ? 2 : 4) }
}

/** §7.3.1: a line that begins with white space continues the one before. */
function unfold(head: string): string[] {
  const lines: string[] = []
  for (const line of head.split(/\r?\n/)) {
    const last = lines.length - 1
    if (last > 0 && /^[ \t]/.test(line)) lines[last] = `${lines[last]} ${trimmed(line)}`
    else if (line !== '' || last < 0) lines.push(line)
    if (lines.length > limits.fields + 1) throw new SyntaxFault('head', 'has too many fields', 513)
  }
  return lines
}

function readStartLine(line: string): StartLine {
  const [, status, reason = ''] = statusLine.exec(line) ?? []
  if (status !== undefined) {
    const code = /^\d{3}$/.test(status) ? wholeNumber(status, 'status line', 699) : 0
    if (code < 100) throw new SyntaxFault('status line', 'the status is not between 100 and 699')
    if (hasControlCharacter(reason)) throw new SyntaxFault('status line', 'a control character stands in it')
    return { status: code, reason }
  }
  const [, method = '', target = '', version = ''] = requestLine.exec(line) ?? []
  if (version === '' || !isToken(method)) {
    const fault = new SyntaxFault('request line', 'is malformed')
    const first = /^[^ ]+(?= .*SIP\/)/i.exec(line)?.[0] ?? ''
    if (!isToken(first)) throw fault
    return { method: first, fault }
  }
  return { method, target, version }
}

function readFields(lines: readonly string[], { headers, ignored }: Reading) {
  const others: (readonly [string, string])[] = []
  const lengths: string[] = []
  let fault: SyntaxFault | undefined
  for (const line of lines) {
    try {
      const colon = line.indexOf(':')
      const name = trimmed(line.slice(0, Math.max(0, colon)))
      if (!isToken(name) || line.includes('\r')) throw new SyntaxFault('head', 'a line is no header field')
      const value = trimmed(line.slice(colon + 1))
      const key = headerNamed(name)
      if (key) readField(key, value, headers, ignored)
      else if (/^(content-length|l)$/i.test(name)) lengths.push(value)
      else if (hasControlCharacter(value)) ignored.push(name)
      else others.push([name, value])
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error
      fault ??= error // the rest is read all the same, so that an answer can be made
    }
  }
  return { others, lengths, fault }
}

function readField(key: HeaderName, value: string, headers: Record<string, unknown>, ignored: string[]): void {
  const codec = codecOf(key)
  try {
    const found = codec.read(value, codec.name)
    const before = headers[key]
    if (before !== undefined && !codec.join) throw new SyntaxFault(codec.name, 'stands there twice')
    headers[key] = before === undefined || !codec.join ? found : codec.join(before, found)
  } catch (error) {
    if (!(error instanceof SyntaxFault) || codec.essential) throw error
    ignored.push(codec.name)
  }
}

/** §18.3: as long as Content-Length says; what follows in a datagram is left. */
function readBody(rest: Uint8Array, lengths: readonly string[]): Uint8Array {
  if (new Set(lengths).size > 1) throw new SyntaxFault('Content-Length', 'stands there twice')
  const [length] = lengths
  const size = length === undefined ? rest.length : wholeNumber(length, 'Content-Length', Number.MAX_SAFE_INTEGER)
  if (size > rest.length) throw new SyntaxFault('Content-Length', 'is more than there is')
  if (size > limits.bodyBytes) throw new SyntaxFault('Content-Length', 'is too much', 513)
  return size === 0 ? noBody : rest.subarray(0, size)
}
