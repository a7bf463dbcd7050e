import {
  type Parameter,
  parameter,
  quote,
  quotedString,
  Scanner,
  scanParameters,
  token,
  trimmed,
  unquote,
  writeParameters,
} from './grammar.ts'
import { parseUri, type Uri, writeUri } from './uri.ts'

/** An address as From, To, Contact, Route and Refer-To have it, §20.10: a name for people, a URI, parameters of the header. */
export type NameAddr = {
  readonly displayName?: string
  readonly uri: Uri
  readonly parameters: readonly Parameter[]
}

const unquotedName = /(?:[\w\-.!%*+`'~]+[ \t]*)*/y
const bracketed = /<[^<>\p{Cc}]*>/uy
const addrSpec = /[^\s;,?<>"\p{Cc}]+/uy

/** Reads one name-addr or addr-spec. Without brackets a `;` begins the header's parameters, and `?` and `,` may not stand in the URI, §20.10. */
export function scanNameAddr(scanner: Scanner): NameAddr {
  scanner.space()
  const start = scanner.at
  const quoted = scanner.take(quotedString)
  const displayName = quoted === undefined ? trimmed(scanner.take(unquotedName) ?? '') : unquote(quoted)
  scanner.space()
  const inside = scanner.take(bracketed)
  if (inside !== undefined) {
    // White space inside the brackets is wrong, and harmless: RFC 4475 §3.1.2.14.
    const uri = parseUri(trimmed(inside.slice(1, -1)), scanner.field)
    return { ...(displayName && { displayName }), uri, parameters: scanParameters(scanner) }
  }
  scanner.at = start
  const uri = parseUri(scanner.need(addrSpec, 'the address'), scanner.field)
  return { uri, parameters: scanParameters(scanner) }
}

/** An address as it is sent: always with brackets, so that nobody takes a parameter of one for one of the other. */
export function writeNameAddr({ displayName, uri, parameters }: NameAddr): string {
  return `${displayName ? `${quote(displayName)} ` : ''}<${writeUri(uri)}>${writeParameters(parameters)}`
}

/** The tag of a From or To, §19.3. */
export const tagOf = (address: NameAddr): string | undefined => parameter(address.parameters, 'tag')

/** From and To: one address whose tag, where it has one, is a token. */
export function parseFromTo(text: string, field: string): NameAddr {
  const scanner = new Scanner(text, field)
  const address = scanNameAddr(scanner)
  scanner.end()
  const tag = address.parameters.find(({ name }) => name.toLowerCase() === 'tag')
  if (tag && !isWhole(token, tag.value ?? '')) scanner.fail('the tag is no token')
  return address
}

const isWhole = (pattern: RegExp, text: string): boolean => {
  pattern.lastIndex = 0
  return pattern.test(text) && pattern.lastIndex === text.length
}
