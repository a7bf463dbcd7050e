import { hasControlCharacter, isToken, limits, Scanner, SyntaxFault, token, wholeNumber } from './grammar.ts'
import {
  type AuthorizationValue,
  type CSeq,
  type Parametrized,
  parseCallId,
  parseCSeq,
  parseRAck,
  parseReplaces,
  parseRetryAfter,
  parseSeconds,
  type RAck,
  type Replaces,
  scanMediaType,
  scanParametrized,
  splitChallenges,
  writeAuthorization,
  writeParametrized,
  writeReplaces,
} from './header-values.ts'
import { type NameAddr, parseFromTo, scanNameAddr, writeNameAddr } from './name-addr.ts'
import { scanVia, type Via, writeVia } from './via.ts'

/** How a header field is named, read and written. `essential` ones make a message malformed; others are left out when they are, §8.2.2. */
type Codec<Value> = {
  readonly name: string
  readonly compact?: string
  readonly essential?: true
  readonly read: (text: string, field: string) => Value
  readonly write: (value: Value) => string
  /** Joins the values of several fields of that name; without it a second one is an error, §7.3.1. */
  readonly join?: (one: Value, other: Value) => Value
}

const list = <Item>(scan: (scanner: Scanner) => Item, write: (item: Item) => string) => ({
  read(text: string, field: string): readonly Item[] {
    const scanner = new Scanner(text, field)
    const found: Item[] = []
    do {
      if (found.length >= limits.valuesOfField) scanner.fail('too many values')
      found.push(scan(scanner))
    } while (scanner.eat(','))
    scanner.end()
    return found
  },
  write: (items: readonly Item[]) => items.map(write).join(', '),
  join(one: readonly Item[], other: readonly Item[]): readonly Item[] {
    if (one.length + other.length > limits.valuesOfField) throw new SyntaxFault('header', 'too many values')
    return [...one, ...other]
  },
})

const one = <Item>(scan: (scanner: Scanner) => Item, write: (item: Item) => string) => ({
  read(text: string, field: string): Item {
    const scanner = new Scanner(text, field)
    const item = scan(scanner)
    scanner.end()
    return item
  },
  write,
})

/** Names of options, methods and packages; an empty list is allowed for Allow, Supported and Accept, §20. */
const names = {
  ...list(
    (scanner) => scanner.need(token, 'a token'),
    (name) => {
      if (!isToken(name)) throw new SyntaxFault('header', `${JSON.stringify(name)} is no token`)
      return name
    },
  ),
}
const namesOrNone = { ...names, read: (text: string, field: string) => (text === '' ? [] : names.read(text, field)) }
const addresses = list(scanNameAddr, writeNameAddr)
const address = { read: parseFromTo, write: writeNameAddr }
const seconds = { read: parseSeconds, write: (value: number) => String(whole(value)) }
const challenges = {
  read: splitChallenges,
  write: (values: readonly AuthorizationValue[]) => values.map(writeAuthorization).join(', '),
  join: (first: readonly AuthorizationValue[], second: readonly AuthorizationValue[]) => [...first, ...second],
}
const text = { read: (value: string, field: string) => plain(value, field), write: (value: string) => plain(value, 'header') }
const texts = {
  read: (value: string, field: string): readonly string[] => [plain(value, field)],
  write: (values: readonly string[]) => values.map((value) => plain(value, 'header')).join(', '),
  join: (first: readonly string[], second: readonly string[]): readonly string[] => [...first, ...second],
}

/** Contact, §20.10: addresses, or `*` alone. */
export type Contacts = readonly NameAddr[] | '*'
const contacts = {
  read: (value: string, field: string): Contacts => (value === '*' ? '*' : addresses.read(value, field)),
  write: (value: Contacts) => (value === '*' ? '*' : addresses.write(value)),
  join(first: Contacts, second: Contacts): Contacts {
    if (first === '*' || second === '*') throw new SyntaxFault('Contact', '* must stand alone')
    return addresses.join(first, second)
  },
}

const codec = <Value>(name: string, value: Omit<Codec<Value>, 'name'>): Codec<Value> => ({ name, ...value })

/** Every header field that Frontdesk understands, §20 and the extensions. The others are kept as they came. */
export const codecs = {
  via: codec<readonly Via[]>('Via', { ...list(scanVia, writeVia), compact: 'v', essential: true }),
  maxForwards: codec<number>('Max-Forwards', {
    read: (value, field) => wholeNumber(value, field, 255),
    write: (value) => String(whole(value)),
    essential: true,
  }),
  route: codec<readonly NameAddr[]>('Route', { ...addresses, essential: true }),
  recordRoute: codec<readonly NameAddr[]>('Record-Route', { ...addresses, essential: true }),
  from: codec<NameAddr>('From', { ...address, compact: 'f', essential: true }),
  to: codec<NameAddr>('To', { ...address, compact: 't', essential: true }),
  callId: codec<string>('Call-ID', { read: parseCallId, write: (value) => parseCallId(value, 'Call-ID'), compact: 'i', essential: true }),
  cseq: codec<CSeq>('CSeq', { read: parseCSeq, write: ({ sequence, method }) => `${whole(sequence)} ${method}`, essential: true }),
  contact: codec<Contacts>('Contact', { ...contacts, compact: 'm', essential: true }),
  expires: codec<number>('Expires', seconds),
  minExpires: codec<number>('Min-Expires', seconds),
  retryAfter: codec<number>('Retry-After', { ...seconds, read: parseRetryAfter }),
  allow: codec<readonly string[]>('Allow', namesOrNone),
  supported: codec<readonly string[]>('Supported', { ...namesOrNone, compact: 'k' }),
  require: codec<readonly string[]>('Require', { ...names, essential: true }),
  proxyRequire: codec<readonly string[]>('Proxy-Require', { ...names, essential: true }),
  unsupported: codec<readonly string[]>('Unsupported', names),
  accept: codec<readonly Parametrized[]>('Accept', {
    ...list(scanMediaType, writeParametrized),
    read: (value, field) => (value === '' ? [] : list(scanMediaType, writeParametrized).read(value, field)),
  }),
  contentType: codec<Parametrized>('Content-Type', { ...one(scanMediaType, writeParametrized), compact: 'c', essential: true }),
  contentEncoding: codec<readonly string[]>('Content-Encoding', { ...names, compact: 'e', essential: true }),
  contentDisposition: codec<Parametrized>('Content-Disposition', { ...one(scanParametrized, writeParametrized), essential: true }),
  authorization: codec<readonly AuthorizationValue[]>('Authorization', { ...challenges, essential: true }),
  proxyAuthorization: codec<readonly AuthorizationValue[]>('Proxy-Authorization', { ...challenges, essential: true }),
  wwwAuthenticate: codec<readonly AuthorizationValue[]>('WWW-Authenticate', challenges),
  proxyAuthenticate: codec<readonly AuthorizationValue[]>('Proxy-Authenticate', challenges),
  authenticationInfo: codec<string>('Authentication-Info', text),
  // RFC 3262
  rseq: codec<number>('RSeq', {
    read: (value, field) => wholeNumber(value, field, 2 ** 32 - 1),
    write: (value) => String(whole(value)),
    essential: true,
  }),
  rack: codec<RAck>('RAck', {
    read: parseRAck,
    write: ({ response, sequence, method }) => `${whole(response)} ${whole(sequence)} ${method}`,
    essential: true,
  }),
  // RFC 4028
  sessionExpires: codec<Parametrized>('Session-Expires', { ...one(scanSeconds, writeParametrized), compact: 'x', essential: true }),
  minSe: codec<Parametrized>('Min-SE', { ...one(scanSeconds, writeParametrized), essential: true }),
  // RFC 3515, RFC 3892, RFC 3891, RFC 6665
  referTo: codec<NameAddr>('Refer-To', { ...address, compact: 'r', essential: true }),
  referredBy: codec<NameAddr>('Referred-By', { ...address, compact: 'b' }),
  replaces: codec<Replaces>('Replaces', { read: parseReplaces, write: writeReplaces, essential: true }),
  event: codec<Parametrized>('Event', { ...one(scanParametrized, writeParametrized), compact: 'o', essential: true }),
  subscriptionState: codec<Parametrized>('Subscription-State', { ...one(scanParametrized, writeParametrized), essential: true }),
  // RFC 3326, RFC 3325, RFC 5626
  reason: codec<readonly string[]>('Reason', texts),
  assertedIdentity: codec<readonly NameAddr[]>('P-Asserted-Identity', addresses),
  diversion: codec<readonly string[]>('Diversion', texts),
  privacy: codec<string>('Privacy', text),
  path: codec<readonly NameAddr[]>('Path', addresses),
  flowTimer: codec<number>('Flow-Timer', seconds),
  userAgent: codec<string>('User-Agent', text),
  server: codec<string>('Server', text),
  subject: codec<string>('Subject', { ...text, compact: 's' }),
  warning: codec<readonly string[]>('Warning', texts),
  date: codec<string>('Date', { read: parseDate, write: (value) => plain(value, 'Date') }),
} as const

type Codecs = typeof codecs
/** A field that Frontdesk understands. */
export type HeaderName = keyof Codecs
type ValueOf<Name extends HeaderName> = Codecs[Name] extends Codec<infer Value> ? Value : never

/** The headers of a message: what is understood by its meaning, the rest in `others` as it came. */
export type Headers = { readonly [Name in HeaderName]?: ValueOf<Name> } & { readonly others?: readonly (readonly [string, string])[] }

/** What every message has, §8.1.1 (Max-Forwards apart, which old elements leave out). */
export type CoreHeaders = Required<Pick<Headers, 'via' | 'from' | 'to' | 'callId' | 'cseq'>>

const known: ReadonlyMap<string, HeaderName> = new Map(
  (Object.keys(codecs) as HeaderName[]).flatMap((key) => {
    const { name, compact }: { readonly name: string; readonly compact?: string } = codecs[key]
    return [[name.toLowerCase(), key] as const, ...(compact ? [[compact, key] as const] : [])]
  }),
)

/** The field that a name or a compact name (§7.3.3) stands for. */
export const headerNamed = (name: string): HeaderName | undefined => known.get(name.toLowerCase())

/** The codec of a field, with its value's type forgotten: for the loops of the parser and the writer. */
export const codecOf = (name: HeaderName): Codec<unknown> => codecs[name] as Codec<unknown>

function scanSeconds(scanner: Scanner): Parametrized {
  scanner.space()
  const found = scanParametrized(scanner)
  wholeNumber(found.value, scanner.field, 2 ** 32 - 1)
  return found
}

function plain(value: string, field: string): string {
  if (hasControlCharacter(value)) throw new SyntaxFault(field, 'a control character stands in it')
  return value
}

function parseDate(value: string, field: string): string {
  // §20.17: only GMT is allowed.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value))
    throw new SyntaxFault(field, 'is no date in GMT')
  return value
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new SyntaxFault('header', `${value} is no whole number`)
  return value
}
