import { isToken, SyntaxFault } from './grammar.ts'
import { codecOf, codecs, type HeaderName, headerNamed } from './headers.ts'
import { isRequest, type SipMessage } from './message.ts'
import { isSipUri, writeUri } from './uri.ts'

const order = Object.keys(codecs) as HeaderName[]

/** The bytes of a message, §7, in the order in which elements on the way need them, §7.3.1. Throws a SyntaxFault when it holds what RFC 3261 forbids. */
export function writeMessage(message: SipMessage): Buffer {
  const lines = [startLine(message)]
  for (const key of order) {
    const value: unknown = message.headers[key]
    if (value === undefined) continue
    const { name, write } = codecOf(key)
    lines.push(`${name}: ${write(value)}`)
  }
  for (const [name, value] of message.headers.others ?? []) {
    if (!isToken(name) || headerNamed(name) || /^(content-length|l)$/i.test(name))
      throw new SyntaxFault(name, 'is no name of another header')
    lines.push(`${name}: ${value}`)
  }
  const bad = lines.find((line) => /[\r\n]/.test(line))
  if (bad !== undefined) throw new SyntaxFault(bad.slice(0, 40), 'a line break stands in it')
  lines.push(`Content-Length: ${message.body.length}`)
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), message.body])
}

function startLine(message: SipMessage): string {
  if (isRequest(message)) {
    const { method, uri, headers } = message
    if (!isToken(method) || headers.cseq.method !== method)
      throw new SyntaxFault('request line', `${JSON.stringify(method)} is no method for this CSeq`)
    // §19.1.1: headers have no place in a Request-URI.
    return `${method} ${writeUri(isSipUri(uri) ? { ...uri, headers: [] } : uri)} SIP/2.0`
  }
  const { status, reason } = message
  if (!(Number.isInteger(status) && status >= 100 && status < 700)) throw new SyntaxFault('status line', `${status} is no status`)
  return `SIP/2.0 ${status} ${reason}`
}
