import { limits } from '../refusal.ts'
import type { BrokenRow, ReadRow, RowProblem } from '../rows.ts'
import type { Dialect } from './dialect.ts'

const LF = 10
const CR = 13
const BLANK = 32
const BACKSLASH = 92
const NOWHERE = Number.MAX_SAFE_INTEGER

type Options = {
  readonly rowChars?: number
  readonly rawChars?: number
  /** Leaves rows as they are, however many cells they have: for detection. */
  readonly anyWidth?: boolean
}

/**
 * Splits text into rows, piece by piece. Strict about quotes: a row that breaks their rules is an error row, and reading goes on at the line after its first one, because a quote that was never
 * closed would otherwise swallow every good row up to the next quote. Broken lines that follow inside of what the broken row had reached are pieces of it and are told as one.
 */
export class RowSplitter {
  readonly #dialect: Dialect
  readonly #newline: '\n' | '\r'
  readonly #delimiterCode: number
  readonly #quoteCode: number
  readonly #rowChars: number
  readonly #rawChars: number
  readonly #anyWidth: boolean
  #columns: number
  #isFirst = true
  #text = ''
  #line = 1
  #skipLines: number
  /** Behind a row that is too long: everything up to the next line is its rest. */
  #skipping = false
  #pending: BrokenRow | undefined
  /** Up to where in `#text` the pending error row had reached. */
  #reach = 0
  /** Where the row that was read last ends (the place of the next one), how many lines it has, and whether a quote stood in an unquoted cell. */
  #next = 0
  #lines = 1
  #stray = false
  #problem: RowProblem | undefined
  #failedAt = 0

  constructor(dialect: Dialect, { rowChars = limits.rowChars, rawChars = limits.rawChars, anyWidth = false }: Options = {}) {
    this.#dialect = dialect
    this.#newline = dialect.lineEnd === '\r' ? '\r' : '\n'
    this.#delimiterCode = dialect.delimiter.charCodeAt(0)
    this.#quoteCode = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0)
    this.#rowChars = rowChars
    this.#rawChars = rawChars
    this.#anyWidth = anyWidth
    this.#columns = dialect.width
    this.#skipLines = dialect.skipLines
  }

  /** The rows that are complete with this piece of text. */
  push(text: string): ReadRow[] {
    this.#text = this.#text === '' ? text : this.#text + text
    return this.#read(false)
  }

  /** The rows that end with the file. */
  end(): ReadRow[] {
    const rows = this.#read(true)
    if (this.#pending) rows.push(this.#pending)
    this.#pending = undefined
    return rows
  }

  #read(final: boolean): ReadRow[] {
    const rows: ReadRow[] = []
    const text = this.#text
    const { delimiter, quote } = this.#dialect
    const newline = this.#newline
    let at = this.#skipHead()
    let quoteAt = -1
    let delimiterAt = -1
    while (at < text.length) {
      if (quoteAt < at) quoteAt = place(text, quote, at)
      let lineEnd = text.indexOf(newline, at)
      const complete = lineEnd >= 0
      if (!complete) lineEnd = text.length
      if (quoteAt < lineEnd) {
        const cells = this.#readQuoted(at, final)
        if (cells === undefined && this.#problem === undefined) break
        if (cells !== undefined) at = this.#take(rows, cells, at)
        else {
          at = this.#recover(rows, at, lineEnd)
          this.#skipping = !complete && !final
        }
        continue
      }
      if (lineEnd - at > this.#rowChars) {
        this.#failedAt = lineEnd
        this.#problem = { code: 'row_too_long', most: this.#rowChars }
        at = this.#recover(rows, at, lineEnd)
        this.#skipping = !complete && !final
        continue
      }
      if (!complete && !final) break
      const end = newline === '\n' && text.charCodeAt(lineEnd - 1) === CR && lineEnd > at ? lineEnd - 1 : lineEnd
      this.#next = complete ? lineEnd + 1 : lineEnd
      this.#lines = 1
      this.#stray = false
      if (end === at) {
        this.#line += 1
        at = this.#next
        continue
      }
      const cells: string[] = []
      let from = at
      for (;;) {
        if (delimiterAt < from) delimiterAt = place(text, delimiter, from)
        if (delimiterAt >= end) break
        cells.push(text.slice(from, delimiterAt))
        from = delimiterAt + 1
      }
      cells.push(text.slice(from, end))
      at = this.#take(rows, cells, at, end)
    }
    this.#text = at === 0 ? text : text.slice(at)
    this.#reach -= at
    if (this.#pending && this.#reach <= 0) this.#flush(rows)
    return rows
  }

  /** Leaves out the lines before the header, and the rest of a line that was too long. */
  #skipHead(): number {
    let at = 0
    while (this.#skipLines > 0 || this.#skipping) {
      const end = this.#text.indexOf(this.#newline, at)
      if (end < 0) return this.#text.length
      at = end + 1
      if (this.#skipping) this.#skipping = false
      else {
        this.#skipLines -= 1
        this.#line += 1
      }
    }
    return at
  }

  /** A row that was split, against the number of columns. Answers the place of the next row. */
  #take(rows: ReadRow[], cells: string[], at: number, end = this.#endOf(at)): number {
    if (this.#columns === 0 && cells.length <= limits.columns) this.#columns = cells.length
    const expected = this.#anyWidth ? cells.length : this.#columns
    if (cells.length === 1 && expected > 1 && cells[0]?.trim() === '') {
      this.#line += this.#lines
      return this.#next
    }
    while (cells.length > expected && cells.at(-1) === '') cells.pop()
    const fits = cells.length === expected || (cells.length < expected && (this.#dialect.ragged || this.#isFirst))
    if (!fits || (this.#stray && this.#lines > 1)) {
      const counted = { cells: cells.length, expected: expected || limits.columns }
      this.#failedAt = this.#next
      this.#problem = fits ? { code: 'stray_quote' } : { code: cells.length > expected ? 'too_many_cells' : 'too_few_cells', ...counted }
      const first = this.#text.indexOf(this.#newline, at)
      return this.#recover(rows, at, first < 0 ? this.#text.length : first)
    }
    while (cells.length < expected) cells.push('')
    this.#isFirst = false
    if (this.#pending) this.#flush(rows)
    rows.push({ kind: 'row', line: this.#line, cells, raw: this.#text.slice(at, end) })
    this.#line += this.#lines
    return this.#next
  }

  /** Where the text of the row ends that begins at `at` and is followed by `#next`. */
  #endOf(at: number): number {
    let end = this.#next
    if (end > at && this.#text[end - 1] === this.#newline) end -= 1
    if (this.#newline === '\n' && end > at && this.#text.charCodeAt(end - 1) === CR) end -= 1
    return end
  }

  /** Tells the first line of a row as broken and goes on behind it. */
  #recover(rows: ReadRow[], at: number, lineEnd: number): number {
    const problem = this.#problem ?? { code: 'stray_quote' }
    this.#problem = undefined
    const end = this.#newline === '\n' && this.#text.charCodeAt(lineEnd - 1) === CR && lineEnd > at ? lineEnd - 1 : lineEnd
    const raw = this.#text.slice(at, Math.min(end, at + this.#rawChars))
    const isPiece = problem.code === 'too_few_cells' || problem.code === 'too_many_cells' || problem.code === 'stray_quote'
    if (this.#pending && at < this.#reach && isPiece) {
      if (this.#pending.raw.length + raw.length < this.#rawChars) {
        this.#pending = { ...this.#pending, raw: `${this.#pending.raw}${this.#dialect.lineEnd}${raw}` }
      }
    } else {
      if (this.#pending) this.#flush(rows)
      this.#pending = { kind: 'broken', line: this.#line, raw, problem }
      // A quote that is never closed reaches the end of the file, which says nothing about the lines on the way.
      const isEndless = problem.code === 'quote_not_closed' || problem.code === 'row_too_long'
      this.#reach = isEndless ? lineEnd : Math.max(this.#failedAt, lineEnd)
    }
    this.#line += 1
    return Math.min(lineEnd + 1, this.#text.length)
  }

  #flush(rows: ReadRow[]): void {
    if (this.#pending) rows.push(this.#pending)
    this.#pending = undefined
    this.#reach = 0
  }

  /** The cells of a row that holds a quote; undefined with a problem where it is broken, undefined without one where the text ends too soon to tell. */
  #readQuoted(start: number, final: boolean): string[] | undefined {
    const text = this.#text
    const { delimiter, quote, blanksAroundQuotes } = this.#dialect
    const cells: string[] = []
    this.#stray = false
    let at = start
    let delimiterAt = -1
    let lineEnd = -1
    for (;;) {
      let open = at
      if (blanksAroundQuotes) while (text.charCodeAt(open) === BLANK) open += 1
      if (text.charCodeAt(open) === this.#quoteCode) {
        const close = this.#closingQuote(open + 1, start, final)
        if (close < 0) return undefined
        const inside = text.slice(open + 1, close)
        cells.push(this.#unescaped(inside))
        const after = this.#behindQuote(close + 1, start, final)
        if (after < 0) return undefined
        at = after
        if (text.charCodeAt(at - 1) === this.#delimiterCode && at > close + 1) continue
        return this.#rowEnds(cells, start, at)
      }
      if (delimiterAt < at) delimiterAt = place(text, delimiter, at)
      if (lineEnd < at) lineEnd = place(text, this.#newline, at)
      const end = Math.min(delimiterAt, lineEnd, text.length)
      if (end - start > this.#rowChars) return this.#fail({ code: 'row_too_long', most: this.#rowChars }, start + this.#rowChars)
      if (end === text.length && !final) return undefined
      const crlf = end === lineEnd && this.#newline === '\n' && end > at && text.charCodeAt(end - 1) === CR
      const cell = text.slice(at, crlf ? end - 1 : end)
      if (cell.includes(quote)) this.#stray = true
      cells.push(cell)
      if (end === delimiterAt) {
        at = end + 1
        continue
      }
      return this.#rowEnds(cells, start, Math.min(end + 1, text.length))
    }
  }

  /** The place of the quote that closes a cell, or -1 with a problem, or -1 where the text ends too soon. */
  #closingQuote(from: number, start: number, final: boolean): number {
    const text = this.#text
    const most = start + this.#rowChars
    let at = from
    for (;;) {
      const close = text.indexOf(this.#dialect.quote, at)
      if (close > most || (close < 0 && text.length > most)) {
        this.#fail({ code: 'row_too_long', most: this.#rowChars }, most)
        return -1
      }
      if (close < 0) {
        if (final) this.#fail({ code: 'quote_not_closed' }, text.length)
        return -1
      }
      if (this.#dialect.escape === 'backslash' && backslashesBefore(text, close, from) % 2 === 1) at = close + 1
      else if (text.charCodeAt(close + 1) === this.#quoteCode) at = close + 2
      else if (close + 1 >= text.length && !final) return -1
      else return close
    }
  }

  /** The place of the next cell or row behind a closed quote, or -1. */
  #behindQuote(from: number, start: number, final: boolean): number {
    const text = this.#text
    let at = from
    if (this.#dialect.blanksAroundQuotes) while (text.charCodeAt(at) === BLANK) at += 1
    if (at >= text.length) return final ? text.length : -1
    const code = text.charCodeAt(at)
    if (code === this.#delimiterCode) return at + 1
    if (this.#newline === '\r' ? code === CR : code === LF) return at + 1
    if (code === CR && this.#newline === '\n') {
      if (at + 1 >= text.length) return final ? text.length : -1
      if (text.charCodeAt(at + 1) === LF) return at + 2
    }
    const lineEnd = text.indexOf(this.#newline, at)
    if (lineEnd < 0 && !final && text.length <= start + this.#rowChars) return -1
    this.#fail({ code: 'text_after_quote' }, lineEnd < 0 ? text.length : lineEnd)
    return -1
  }

  #rowEnds(cells: string[], start: number, next: number): string[] | undefined {
    if (next - start > this.#rowChars) return this.#fail({ code: 'row_too_long', most: this.#rowChars }, start + this.#rowChars)
    this.#next = next
    this.#lines = 0
    for (let at = start; at < next; this.#lines += 1) at = place(this.#text, this.#newline, at) + 1
    return cells
  }

  #fail(problem: RowProblem, at: number): undefined {
    this.#problem = problem
    this.#failedAt = at
    return undefined
  }

  #unescaped(cell: string): string {
    const { quote } = this.#dialect
    if (this.#dialect.escape === 'backslash' && cell.includes('\\'))
      return cell.replace(/\\([\s\S])/g, '$1').replaceAll(quote + quote, quote)
    return cell.includes(quote) ? cell.replaceAll(quote + quote, quote) : cell
  }
}

/** Where `what` is next, or nowhere. */
function place(text: string, what: string, from: number): number {
  if (what === '') return NOWHERE
  const at = text.indexOf(what, from)
  return at < 0 ? NOWHERE : at
}

function backslashesBefore(text: string, at: number, from: number): number {
  let count = 0
  while (at - count - 1 >= from && text.charCodeAt(at - count - 1) === BACKSLASH) count += 1
  return count
}
