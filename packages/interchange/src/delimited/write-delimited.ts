import { byteOrderMark, encodeText } from '../text/encode-text.ts'
import type { Encoding } from '../text/encodings.ts'

/** How rows are written. Without anything said: RFC 4180, UTF-8, no mark. */
export type DelimitedWriting = {
  readonly delimiter?: string
  readonly lineEnd?: '\n' | '\r\n' | '\r'
  readonly encoding?: Encoding
  /** Begins the file with a byte order mark: without one, Excel takes UTF-8 for the encoding of its own country. */
  readonly mark?: boolean
  /**
   * Puts an apostrophe before cells that begin with = + - @ or a tab, so that a spreadsheet shows them instead of running them as formulas: what strangers typed into a form could
   * otherwise call a command or send the sheet away (OWASP, "CSV injection"). Numbers and telephone numbers stay as they are. Our reader takes the apostrophe off again.
   */
  readonly guardFormulas?: boolean
}

export type Cells = readonly (string | null | undefined)[]

/** Bytes are handed on in pieces of about this size. */
const pieceChars = 65_536

/** Writes a row as text, with the end of its line. */
export function rowWriter({ delimiter = ',', lineEnd = '\r\n', guardFormulas = false }: DelimitedWriting = {}): (cells: Cells) => string {
  // A cell of blanks is quoted for readers that take them off, and so is whatever could be taken for the end of a line.
  const needsQuotes = new RegExp(`["\\r\\n]|^\\s|\\s$|${delimiter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`)
  const write = (cell: string | null | undefined): string => {
    if (cell === null || cell === undefined || cell === '') return ''
    const text = guardFormulas ? guarded(cell) : cell
    return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return (cells) => {
    const line = cells.map(write).join(delimiter)
    // A row of one empty cell would be a blank line, which is no row.
    return `${line === '' && cells.length === 1 ? '""' : line}${lineEnd}`
  }
}

/** Writes a CSV or TSV file, piece by piece. */
export async function* writeDelimited(
  rows: AsyncIterable<Cells> | Iterable<Cells>,
  writing: DelimitedWriting = {},
): AsyncGenerator<Uint8Array> {
  const encoding = writing.encoding ?? 'utf-8'
  const write = rowWriter(writing)
  if (writing.mark) yield byteOrderMark(encoding)
  let waiting: string[] = []
  let chars = 0
  for await (const cells of rows) {
    const line = write(cells)
    waiting.push(line)
    chars += line.length
    if (chars < pieceChars) continue
    yield encodeText(waiting.join(''), encoding)
    waiting = []
    chars = 0
  }
  if (chars > 0) yield encodeText(waiting.join(''), encoding)
}

const formula = /^[=+\-@\t\r]/
const harmless = /^[+-]?[\d\s().,/-]*$/

/** A cell that no spreadsheet runs. */
export const guarded = (cell: string): string => (formula.test(cell) && !harmless.test(cell) ? `'${cell}` : cell)

/** What `guarded` was given. */
export const unguarded = (cell: string): string =>
  cell.charCodeAt(0) === 39 && formula.test(cell.slice(1)) && !harmless.test(cell.slice(1)) ? cell.slice(1) : cell
