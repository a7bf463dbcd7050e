import {
  hasControlCharacter,
  isToken,
  type Parameter,
  parameter,
  Scanner,
  SyntaxFault,
  scanParameters,
  token,
  trimmed,
  unquote,
  wholeNumber,
  word,
  writeParameters,
} from './grammar.ts'

/** §20.16: a sequence number and the method it counts. */
export type CSeq = { readonly sequence: number; readonly method: string }
/** RFC 3262 §7.2: which reliable provisional response is acknowledged. */
export type RAck = { readonly response: number; readonly sequence: number; readonly method: string }
/** A token or media type with parameters: Content-Type, Event, Subscription-State, Session-Expires … */
export type Parametrized = { readonly value: string; readonly parameters: readonly Parameter[] }
/** RFC 3891 §6.1: the dialog that a new call takes the place of. */
export type Replaces = { readonly callId: string; readonly toTag: string; readonly fromTag: string; readonly earlyOnly: boolean }

const most32 = 4_294_967_295
const mediaType = /[\w\-.!%*+`'~]+[ \t]*\/[ \t]*[\w\-.!%*+`'~]+/y
const digits = /\d+/y
const blank = /[ \t]+/y
const callIdText = /^[\w\-.!%*+`'~()<>:\\"/[\]?{}]+(@[\w\-.!%*+`'~()<>:\\"/[\]?{}]+)?$/

/** A Call-ID: `word [ "@" word ]`. */
export function parseCallId(text: string, field: string): string {
  if (!callIdText.test(text)) throw new SyntaxFault(field, 'is malformed')
  return text
}

/** §8.1.1.5: less than 2**31. */
export function parseCSeq(text: string, field: string): CSeq {
  const scanner = new Scanner(text, field)
  const sequence = wholeNumber(scanner.need(digits, 'the number'), field, 2 ** 31 - 1)
  scanner.need(blank, 'the space')
  const method = scanner.need(token, 'the method')
  scanner.end()
  return { sequence, method }
}

/** RFC 3262 §7.2: response number, CSeq number, method. */
export function parseRAck(text: string, field: string): RAck {
  const scanner = new Scanner(text, field)
  const response = wholeNumber(scanner.need(digits, 'the response number'), field, most32)
  scanner.need(blank, 'the space')
  return { response, ...parseCSeq(text.slice(scanner.at), field) }
}

/** One token with parameters. */
export function scanParametrized(scanner: Scanner): Parametrized {
  scanner.space()
  const value = scanner.need(token, 'a token')
  return { value, parameters: scanParameters(scanner) }
}

/** A media type with parameters, §20.15. A media range such as `text/*` is one too. */
export function scanMediaType(scanner: Scanner): Parametrized {
  scanner.space()
  const value = scanner.need(mediaType, 'the media type').replace(/[ \t]/g, '').toLowerCase()
  return { value, parameters: scanParameters(scanner) }
}

/** A parametrized value as it is sent. */
export function writeParametrized({ value, parameters }: Parametrized): string {
  if (!value.split('/').every(isToken)) throw new SyntaxFault('header', `${JSON.stringify(value)} is no token`)
  return `${value}${writeParameters(parameters)}`
}

/** RFC 3891 §6.1. */
export function parseReplaces(text: string, field: string): Replaces {
  const scanner = new Scanner(text, field)
  const callId = parseCallId(scanner.need(/[^;\s]+/y, 'the Call-ID'), field)
  const parameters = scanParameters(scanner)
  scanner.end()
  const toTag = parameter(parameters, 'to-tag')
  const fromTag = parameter(parameters, 'from-tag')
  if (!toTag || !fromTag) throw new SyntaxFault(field, 'to-tag or from-tag is missing')
  return { callId, toTag, fromTag, earlyOnly: parameter(parameters, 'early-only') !== undefined }
}

/** A Replaces value as it is sent. */
export const writeReplaces = ({ callId, toTag, fromTag, earlyOnly }: Replaces): string =>
  `${callId};to-tag=${toTag};from-tag=${fromTag}${earlyOnly ? ';early-only' : ''}`

/** Seconds, such as Expires and Min-SE. A number too large for 32 bits means the largest there is, §20.19. */
export function parseSeconds(text: string, field: string): number {
  const [, number] = /^(\d{1,128})$/.exec(text) ?? []
  if (number === undefined) throw new SyntaxFault(field, 'a number of seconds is expected')
  return Math.min(Number(number), most32)
}

/** Retry-After, §20.33: seconds, with a comment and parameters that are not kept. */
export function parseRetryAfter(text: string, field: string): number {
  const scanner = new Scanner(text, field)
  const seconds = wholeNumber(scanner.need(digits, 'the number'), field, most32)
  return seconds
}

/** A challenge or the answer to one, §25.1: a scheme and `name=value` pairs; those of other schemes stay a text. */
export type AuthorizationValue = { readonly scheme: string; readonly values: ReadonlyMap<string, string>; readonly rest?: string }

const authText = /(?:[^",]|"(?:[^"\\]|\\.)*"|,(?![ \t]*[\w-]+[ \t]+[\w\-.]+[ \t]*=))+/sy
const authPair = /[\w\-.!%*+`'~]+[ \t]*=[ \t]*(?:"(?:[^"\\\p{Cc}]|\\(?![\r\n])\p{ASCII})*"|[\w\-.!%*+`'~]+)/uy
const numbersOfDigest = /^(nc)$/

/** Digest values, RFC 8760 and RFC 7616 §3.3; each name once. */
export function parseAuthorization(text: string, field: string): AuthorizationValue {
  const scanner = new Scanner(text, field)
  const scheme = scanner.need(token, 'the scheme')
  if (scheme.toLowerCase() !== 'digest') return { scheme, values: new Map(), rest: trimmed(text.slice(scheme.length)) }
  scanner.need(blank, 'the space')
  const values = new Map<string, string>()
  do {
    const pair = scanner.need(authPair, 'a value')
    const equals = pair.indexOf('=')
    const name = trimmed(pair.slice(0, equals)).toLowerCase()
    if (values.has(name)) scanner.fail(`${name} stands there twice`)
    const value = unquote(trimmed(pair.slice(equals + 1)))
    if (numbersOfDigest.test(name) && !/^[\da-f]{8}$/i.test(value)) scanner.fail(`${name} is malformed`)
    values.set(name, value)
  } while (scanner.eat(','))
  scanner.end()
  return { scheme, values }
}

/** Challenges of several schemes may stand in one field, although §7.3.1 asks for one each. */
export function splitChallenges(text: string, field: string): readonly AuthorizationValue[] {
  if (hasControlCharacter(text)) throw new SyntaxFault(field, 'a control character stands in it')
  const scanner = new Scanner(text, field)
  const found: AuthorizationValue[] = []
  do {
    scanner.space()
    found.push(parseAuthorization(trimmed(scanner.need(authText, 'a challenge')), field))
  } while (scanner.eat(','))
  scanner.end()
  return found
}

const unquotedValues = new Set(['algorithm', 'nc', 'stale'])

/** A challenge or credentials as they are sent. In credentials `qop` has no quotes, RFC 7616 §3.4. */
export function writeAuthorization({ scheme, values, rest }: AuthorizationValue): string {
  if (rest !== undefined) return trimmed(`${scheme} ${rest}`)
  const bare = values.has('response') ? new Set([...unquotedValues, 'qop']) : unquotedValues
  const pairs = [...values].map(
    ([name, value]) => `${name}=${bare.has(name) && isToken(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`,
  )
  return `${scheme} ${pairs.join(', ')}`
}

/** Words of §25.1, for what needs to check a text before it is sent. */
export const isWord = (text: string): boolean => {
  word.lastIndex = 0
  return word.test(text) && word.lastIndex === text.length
}
