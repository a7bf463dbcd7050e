import { limits, type Parameter, SyntaxFault } from './grammar.ts'
import { parseHostPort, writeHostPort } from './host.ts'

/** A SIP or SIPS URI, §19.1. Texts keep their escapes; `unescaped` shows what they mean. */
export type SipUri = {
  readonly scheme: 'sip' | 'sips'
  readonly user?: string
  readonly password?: string
  /** IPv6 in brackets. */
  readonly host: string
  readonly port?: number
  readonly parameters: readonly Parameter[]
  readonly headers: readonly Parameter[]
}

/** A URI of any other scheme (tel, urn, http …), kept as it is. */
export type OtherUri = { readonly scheme: string; readonly opaque: string }

export type Uri = SipUri | OtherUri

const escapeText = '%[\\dA-Fa-f]{2}'
const unreserved = "\\w\\-.!~*'()"
const userText = new RegExp(`^(?:[${unreserved}&=+$,;?/]|${escapeText})+$`)
const passwordText = new RegExp(`^(?:[${unreserved}&=+$,]|${escapeText})*$`)
const parameterText = new RegExp(`^(?:[${unreserved}[\\]/:&+$]|${escapeText})+$`)
const headerText = new RegExp(`^(?:[${unreserved}[\\]/?:+$]|${escapeText})*$`)
const schemeText = /^[A-Za-z][A-Za-z\d+\-.]*$/
const opaqueText = new RegExp(`^(?:[${unreserved};/?:@&=+$,[\\]#]|${escapeText})+$`)

/** Whether the URI has the sip or the sips scheme. */
export const isSipUri = (uri: Uri): uri is SipUri => 'host' in uri

/** Reads a URI, §19.1.1. Throws a SyntaxFault of `field`. */
export function parseUri(text: string, field: string): Uri {
  const colon = text.indexOf(':')
  const scheme = text.slice(0, Math.max(colon, 0))
  if (!schemeText.test(scheme)) throw new SyntaxFault(field, 'the URI has no scheme')
  const name = scheme.toLowerCase()
  const rest = text.slice(colon + 1)
  if (name === 'sip' || name === 'sips') return parseSipUri(name, rest, field)
  if (!opaqueText.test(rest)) throw new SyntaxFault(field, 'the URI is malformed')
  return { scheme: name, opaque: rest }
}

function parseSipUri(scheme: 'sip' | 'sips', text: string, field: string): SipUri {
  const fail = (why: string): never => {
    throw new SyntaxFault(field, why)
  }
  const at = text.indexOf('@')
  const [, hostPort = '', parameterPart = '', , headerPart] =
    /^([^;?]*)((?:;[^?]*)?)(\?(.*))?$/s.exec(text.slice(at + 1)) ?? fail('the URI is malformed')
  const [, user, , password] = at < 0 ? [] : (/^([^:]*)(:(.*))?$/s.exec(text.slice(0, at)) ?? [])
  if (at >= 0 && !userText.test(user ?? '')) fail('the user part of the URI is malformed')
  if (password !== undefined && !passwordText.test(password)) fail('the password of the URI is malformed')
  const pair = (part: string, pattern: RegExp, emptyValue: boolean): Parameter => {
    const equals = part.indexOf('=')
    const name = equals < 0 ? part : part.slice(0, equals)
    const value = equals < 0 ? undefined : part.slice(equals + 1)
    if (name === '' || !pattern.test(name)) fail('a parameter of the URI is malformed')
    if (value !== undefined && !(emptyValue && value === '') && !pattern.test(value)) fail(`the URI's ${name} is malformed`)
    return value === undefined ? { name } : { name, value }
  }
  const parameters =
    parameterPart === ''
      ? []
      : parameterPart
          .slice(1)
          .split(';')
          .map((part) => pair(part, parameterText, false))
  const headers = headerPart === undefined ? [] : headerPart.split('&').map((part) => pair(part, headerText, true))
  if (headers.some(({ value }) => value === undefined)) fail('a header of the URI has no value')
  if (parameters.length + headers.length > limits.parameters) fail('the URI has too many parameters')
  if (new Set(parameters.map((one) => one.name.toLowerCase())).size !== parameters.length) fail('a parameter of the URI stands there twice')
  return {
    scheme,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...parseHostPort(hostPort, field),
    parameters,
    headers,
  }
}

/** The URI as it is sent. Throws a SyntaxFault when it holds what no URI may. */
export function writeUri(uri: Uri): string {
  if (!isSipUri(uri)) {
    if (!schemeText.test(uri.scheme) || !opaqueText.test(uri.opaque))
      throw new SyntaxFault('URI', `${JSON.stringify(uri.opaque)} is no URI`)
    return `${uri.scheme}:${uri.opaque}`
  }
  const part = (text: string, pattern: RegExp): string => {
    if (!pattern.test(text)) throw new SyntaxFault('URI', `${JSON.stringify(text)} must be escaped`)
    return text
  }
  const user = uri.user === undefined ? '' : part(uri.user, userText)
  const password = uri.password === undefined ? '' : `:${part(uri.password, passwordText)}`
  const parameters = uri.parameters.map(
    ({ name, value }) => `;${part(name, parameterText)}${value === undefined ? '' : `=${part(value, parameterText)}`}`,
  )
  const headers = uri.headers.map(({ name, value }) => `${part(name, headerText)}=${part(value ?? '', headerText)}`)
  return `${uri.scheme}:${user}${password}${user ? '@' : ''}${writeHostPort(uri.host, uri.port, 'URI')}${parameters.join('')}${headers.length > 0 ? `?${headers.join('&')}` : ''}`
}

/** What an escaped text of a URI means. Escapes that are no UTF-8 stay as they are. */
export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `text` as the user part of a URI. */
export const escapedUser = (text: string): string =>
  encodeURIComponent(text).replace(/%(26|3D|2B|24|2C|3B|3F|2F)/g, (_all, code) => String.fromCharCode(Number.parseInt(code, 16)))

/** The value of a URI's parameter, unescaped; `''` when it has none, undefined when it is not there. */
export function uriParameter(uri: Uri, name: string): string | undefined {
  if (!isSipUri(uri)) return undefined
  const found = uri.parameters.find((one) => unescaped(one.name).toLowerCase() === name)
  return found && unescaped(found.value ?? '')
}

/** Whether two URIs are equivalent, §19.1.4. */
export function sameUri(one: Uri, other: Uri): boolean {
  if (!isSipUri(one) || !isSipUri(other)) return !isSipUri(one) && !isSipUri(other) && writeUri(one) === writeUri(other)
  if (one.scheme !== other.scheme || one.port !== other.port || one.host.toLowerCase() !== other.host.toLowerCase()) return false
  if (normal(one.user) !== normal(other.user) || normal(one.password) !== normal(other.password)) return false
  const mine = byName(one.parameters)
  const theirs = byName(other.parameters)
  for (const [name, value] of mine) if (theirs.has(name) && theirs.get(name) !== value) return false
  // These four must be in both, or in neither.
  for (const name of ['user', 'ttl', 'method', 'maddr']) if (mine.has(name) !== theirs.has(name)) return false
  const headers = byName(one.headers)
  const others = byName(other.headers)
  return headers.size === others.size && [...headers].every(([name, value]) => others.get(name) === value)
}

const normal = (text: string | undefined): string | undefined => text && unescaped(text)
const byName = (parameters: readonly Parameter[]) =>
  new Map(parameters.map(({ name, value }) => [unescaped(name).toLowerCase(), unescaped(value ?? '').toLowerCase()]))
