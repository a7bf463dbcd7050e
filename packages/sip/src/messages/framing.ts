import { limits, SyntaxFault } from './grammar.ts'

/** What came out of a stream. */
export type Framed =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  /** A double CRLF, RFC 5626 §3.5.1: answered with one CRLF. */
  | { readonly kind: 'ping' }
  /** A single CRLF: the answer to our ping. */
  | { readonly kind: 'pong' }

const lengthField = /^(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*$/gim

/** Cuts messages out of a stream of bytes by their Content-Length, §18.3. One per connection. */
export class MessageFramer {
  #waiting: Buffer = Buffer.alloc(0)
  /** Where to go on looking for the end of the head, so that a slow sender costs no second search. */
  #searched = 0
  /** How many bytes the message at the front has, once its head is there. */
  #size: number | undefined

  /** Adds bytes and takes out what is whole. Throws a SyntaxFault after which the connection must be closed: where the next message begins is not known. */
  take(chunk: Uint8Array): Framed[] {
    this.#waiting = this.#waiting.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#waiting, chunk])
    const found: Framed[] = []
    for (;;) {
      const next = this.#keepAlive() ?? this.#message()
      if (!next) return found
      found.push(next)
    }
  }

  /** How many bytes wait for the rest of their message. */
  get waiting(): number {
    return this.#waiting.length
  }

  #keepAlive(): Framed | undefined {
    if (this.#size !== undefined || this.#waiting[0] !== 13 || this.#waiting[1] !== 10) return undefined
    if (this.#waiting.length === 3 && this.#waiting[2] === 13) return undefined
    const isPing = this.#waiting[2] === 13 && this.#waiting[3] === 10
    this.#drop(isPing ? 4 : 2)
    return { kind: isPing ? 'ping' : 'pong' }
  }

  #message(): Framed | undefined {
    this.#size ??= this.#sizeOfNext()
    if (this.#size === undefined || this.#waiting.length < this.#size) return undefined
    const bytes = Buffer.from(this.#waiting.subarray(0, this.#size))
    this.#drop(this.#size)
    return { kind: 'message', bytes }
  }

  #sizeOfNext(): number | undefined {
    const end = this.#waiting.indexOf('\r\n\r\n', this.#searched)
    this.#searched = Math.max(0, this.#waiting.length - 3)
    if ((end < 0 ? this.#waiting.length : end) > limits.headBytes) throw new SyntaxFault('head', 'is too long', 513)
    if (end < 0) return undefined
    const lengths = [...this.#waiting.toString('latin1', 0, end).matchAll(lengthField)].map(([, digits]) => Number(digits))
    const [length] = lengths
    // §18.3: over a stream Content-Length must be there, once.
    if (length === undefined || new Set(lengths).size !== 1) throw new SyntaxFault('Content-Length', 'is needed in a stream')
    if (length > limits.bodyBytes) throw new SyntaxFault('Content-Length', 'is too much', 513)
    return end + 4 + length
  }

  #drop(count: number): void {
    this.#waiting = this.#waiting.subarray(count)
    this.#searched = 0
    this.#size = undefined
  }
}
