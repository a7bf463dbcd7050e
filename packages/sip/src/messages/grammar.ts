/** Why a text is not what RFC 3261 allows. Parsers throw it among themselves; `parseMessage` and `parseSdp` return it as a value. */
export class SyntaxFault extends Error {
  /** The header field or part of the message, such as `Via` or `request line`. */
  readonly field: string
  /** What a server answers, §21.4 and §21.5. */
  readonly status: number

  constructor(field: string, why: string, status = 400) {
    super(why)
    this.field = field
    this.status = status
  }
}

/** What one message may be made of at most. RFC 3261 sets no bounds; a datagram cannot be larger than 65,535 bytes anyway. */
export const limits = {
  headBytes: 65_535,
  bodyBytes: 1_048_576,
  fields: 256,
  valuesOfField: 128,
  parameters: 64,
} as const

/** §25.1 `token`. */
export const token = /[\w\-.!%*+`'~]+/y
/** §25.1 `word`, of which a Call-ID is made. */
export const word = /[\w\-.!%*+`'~()<>:\\"/[\]?{}]+/y
/** §25.1 `quoted-string`; an escaped pair may be any ASCII character but CR and LF. */
export const quotedString = /"(?:[^"\\\p{Cc}]|\t|\\(?![\r\n])\p{ASCII})*"/uy
/** A parameter's value that is a token or a host, §25.1 `gen-value`. */
const bareValue = /[\w\-.!%*+`'~:[\]]+/y
const spaces = /[ \t]*/y
const wholeToken = /^[\w\-.!%*+`'~]+$/
const controlCharacter = /(?!\t)\p{Cc}/u

/** Whether all of `text` is one token. */
export const isToken = (text: string): boolean => wholeToken.test(text)
/** Whether `text` has a control character other than a tab: it could not stand in one line. */
export const hasControlCharacter = (text: string): boolean => controlCharacter.test(text)

/** `text` without spaces and tabs around it. `trim` would take characters that belong to the text, such as U+FEFF. */
export function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (text[start] === ' ' || text[start] === '\t') start++
  while (end > start && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--
  return text.slice(start, end)
}

/** Reads one header value from left to right. */
export class Scanner {
  readonly text: string
  readonly field: string
  at = 0

  constructor(text: string, field: string) {
    this.text = text
    this.field = field
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  fail(why: string): never {
    throw new SyntaxFault(this.field, why)
  }

  /** What `pattern` (sticky) finds here, if anything. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (!found) return undefined
    this.at = pattern.lastIndex
    return found[0]
  }

  need(pattern: RegExp, what: string): string {
    return this.take(pattern) ?? this.fail(`${what} is missing or malformed`)
  }

  space(): void {
    this.take(spaces)
  }

  /** One character with white space around it, as SEMI, COMMA, EQUAL and SLASH are written. */
  eat(character: string): boolean {
    const start = this.at
    this.space()
    if (this.text[this.at] !== character) {
      this.at = start
      return false
    }
    this.at += 1
    this.space()
    return true
  }

  end(): void {
    this.space()
    if (!this.done) this.fail('something follows that does not belong there')
  }
}

/** One parameter. The value is as written, with its quotes. */
export type Parameter = { readonly name: string; readonly value?: string }

/** `;name=value;name…` up to what is no parameter any more. */
export function scanParameters(scanner: Scanner): readonly Parameter[] {
  const found: Parameter[] = []
  while (scanner.eat(';')) {
    if (found.length >= limits.parameters) scanner.fail('too many parameters')
    const name = scanner.need(token, 'a parameter')
    if (scanner.eat('=')) found.push({ name, value: scanner.take(quotedString) ?? scanner.need(bareValue, `the value of ${name}`) })
    else found.push({ name })
  }
  const names = new Set(found.map(({ name }) => name.toLowerCase()))
  if (names.size !== found.length) scanner.fail('a parameter stands there twice') // §7.3.1
  return found
}

/** The value of a parameter without its quotes: a text, `''` when it has none, undefined when it is not there. */
export function parameter(parameters: readonly Parameter[], name: string): string | undefined {
  const found = parameters.find((one) => one.name.toLowerCase() === name)
  return found && unquote(found.value ?? '')
}

/** The parameters with one more, or with a new value for one that was there. */
export const withParameter = (parameters: readonly Parameter[], name: string, value?: string): readonly Parameter[] => [
  ...parameters.filter((one) => one.name.toLowerCase() !== name),
  value === undefined ? { name } : { name, value },
]

/** Parameters as they are sent. */
export function writeParameters(parameters: readonly Parameter[]): string {
  return parameters
    .map(({ name, value }) => {
      if (!isToken(name)) throw new SyntaxFault('parameter', `${JSON.stringify(name)} is no token`)
      if (value === undefined) return `;${name}`
      return `;${name}=${new RegExp(`^(?:${bareValue.source}|${quotedString.source})$`, 'u').test(value) ? value : quote(value)}`
    })
    .join('')
}

/** The text inside a quoted string; any other text as it is. */
export const unquote = (text: string): string => (text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text)

/** The text as a quoted string. */
export function quote(text: string): string {
  if (/[\r\n]/.test(text)) throw new SyntaxFault('quoted string', 'a line break cannot be quoted')
  return `"${text.replace(/["\\]|(?!\t)\p{Cc}/gu, (character) => `\\${character}`)}"`
}

/** A whole number up to `most`. Leading zeros are allowed, §25.1 `1*DIGIT`. */
export function wholeNumber(text: string, field: string, most: number): number {
  const digits = trimmed(text)
  if (!/^\d{1,64}$/.test(digits)) throw new SyntaxFault(field, 'a whole number is expected')
  const value = Number(digits)
  if (value > most) throw new SyntaxFault(field, `${digits.slice(0, 24)} is more than ${most}`)
  return value
}
