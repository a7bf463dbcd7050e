import { SyntaxFault } from '../messages/grammar.ts'
import { isIpv4, isIpv6 } from '../messages/host.ts'

/** `a=name` or `a=name:value`. */
export type Attribute = { readonly name: string; readonly value?: string }
/** Where media go, RFC 4566 §5.7. */
export type Connection = { readonly family: 'IP4' | 'IP6'; readonly address: string }
export type Origin = {
  readonly username: string
  /** Decimal texts: both may be larger than a number holds. */
  readonly session: string
  readonly version: string
  readonly connection: Connection
}
/** One `m=` section. Port 0 means that it is refused or closed, RFC 3264 §6. */
export type MediaSection = {
  readonly kind: string
  readonly port: number
  readonly protocol: string
  readonly formats: readonly string[]
  readonly connection?: Connection
  readonly attributes: readonly Attribute[]
}
/** A session description, RFC 4566 (and RFC 8866). Lines that calls do not need are not kept. */
export type Sdp = {
  readonly origin: Origin
  readonly name: string
  readonly connection?: Connection
  readonly attributes: readonly Attribute[]
  readonly media: readonly MediaSection[]
}

export type ParsedSdp = { readonly ok: true; readonly sdp: Sdp } | { readonly ok: false; readonly why: string }

/** What one description may be made of at most. */
const most = { bytes: 65_536, lines: 1000, media: 32, formats: 128 } as const
const fail = (why: string): never => {
  throw new SyntaxFault('SDP', why, 488)
}

/** Reads a description. Never throws. */
export function parseSdp(body: Uint8Array): ParsedSdp {
  try {
    return { ok: true, sdp: read(body) }
  } catch (error) {
    if (error instanceof SyntaxFault) return { ok: false, why: error.message }
    throw error
  }
}

type Draft<Value> = { -readonly [Name in keyof Value]: Value[Name] }

function read(body: Uint8Array): Sdp {
  if (body.length > most.bytes) fail('it is too long')
  const lines = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    .toString('utf8')
    .split(/\r\n|\r|\n/)
  if (lines.length > most.lines) fail('it has too many lines')
  if (lines[0] !== 'v=0') fail('it does not begin with v=0')
  let origin: Origin | undefined
  let name: string | undefined
  let connection: Connection | undefined
  const attributes: Attribute[] = []
  const media: (Draft<MediaSection> & { attributes: Attribute[] })[] = []
  for (const line of lines.slice(1)) {
    if (line === '') continue
    const [, type = '', value = ''] = /^([a-z])=(.*)$/.exec(line) ?? fail('a line is no type=value')
    const section = media.at(-1)
    if (type === 'm') media.push(readMedia(value, media.length))
    else if (type === 'a') (section?.attributes ?? attributes).push(readAttribute(value))
    else if (type === 'c' && section) section.connection = readConnection(value)
    else if (type === 'c') connection = readConnection(value)
    else if (type === 'o' && !section) origin = readOrigin(value)
    else if (type === 's' && !section) name = value
  }
  if (!origin) return fail('the line o= is missing')
  for (const section of media) if (section.port > 0 && !section.connection && !connection) fail('a line c= is missing')
  return { origin, name: name ?? '-', ...(connection && { connection }), attributes, media }
}

function readMedia(value: string, count: number): Draft<MediaSection> & { attributes: Attribute[] } {
  if (count >= most.media) fail('it has too many media')
  const [, kind = '', port = '', protocol = '', formats = ''] =
    /^([\w\-.]+) +(\d{1,5})(?:\/\d+)? +([\w/\-.]+) +(\S.*)$/.exec(value) ?? fail('a line m= is malformed')
  const list = formats.trim().split(/ +/)
  if (Number(port) > 65_535 || list.length > most.formats) fail('a line m= is malformed')
  if (/^RTP\//.test(protocol) && !list.every((format) => /^\d{1,3}$/.test(format) && Number(format) < 128))
    fail('a payload type is malformed')
  return { kind, port: Number(port), protocol, formats: list, attributes: [] }
}

function readAttribute(value: string): Attribute {
  const [, name = '', text] = /^([\w\-.!#$%&'*+^`{|}~]+)(?::(.*))?$/.exec(value) ?? fail('an attribute is malformed')
  return text === undefined ? { name } : { name, value: text }
}

function readConnection(value: string): Connection {
  const [, family, address = ''] = /^IN +(IP4|IP6) +([^ /]+)(?:\/\d+(?:\/\d+)?)? *$/.exec(value) ?? fail('an address is malformed')
  const isName = /^[A-Za-z\d](?:[A-Za-z\d\-.]{0,253}[A-Za-z\d])?$/.test(address) && !/^[\d.]+$/.test(address)
  if (!(family === 'IP6' ? isIpv6(address) : isIpv4(address)) && !isName) fail('an address is malformed')
  return { family: family === 'IP6' ? 'IP6' : 'IP4', address }
}

function readOrigin(value: string): Origin {
  const [, username = '', session = '', version = '', rest = ''] =
    /^(\S+) +(\d{1,40}) +(\d{1,40}) +(.+)$/.exec(value) ?? fail('the line o= is malformed')
  return { username, session, version, connection: readConnection(rest) }
}

/** The bytes of a description. Throws a SyntaxFault when a text would break its line. */
export function writeSdp({ origin, name, connection, attributes, media }: Sdp): Buffer {
  const where = ({ family, address }: Connection) => `IN ${family} ${address}`
  const attribute = ({ name: key, value }: Attribute) => `a=${key}${value === undefined ? '' : `:${value}`}`
  const lines = [
    'v=0',
    `o=${origin.username} ${origin.session} ${origin.version} ${where(origin.connection)}`,
    `s=${name || '-'}`,
    ...(connection ? [`c=${where(connection)}`] : []),
    't=0 0',
    ...attributes.map(attribute),
    ...media.flatMap((section) => [
      `m=${section.kind} ${section.port} ${section.protocol} ${section.formats.join(' ')}`,
      ...(section.connection ? [`c=${where(section.connection)}`] : []),
      ...section.attributes.map(attribute),
    ]),
  ]
  if (lines.some((line) => /[\r\n]/.test(line))) fail('a line break stands in a line')
  return Buffer.from(`${lines.join('\r\n')}\r\n`)
}

/** The family of an address as SDP names it. */
export const connectionTo = (address: string): Connection => ({ family: address.includes(':') ? 'IP6' : 'IP4', address })
