import { type Chunks, FileUnreadable } from '../refusal.ts'
import type { ReadRow, Row, Table } from '../rows.ts'
import { decodeText } from '../text/decode-text.ts'
import type { Encoding } from '../text/encodings.ts'
import { type Dialect, plainDialect } from './dialect.ts'
import { RowSplitter } from './split-rows.ts'

/** Text is split in pieces of at least this many characters: a batch of rows costs one turn of the event loop. */
const pieceChars = 65_536

/** How a delimited file is written, as detection or a person says. */
export type DelimitedFormat = { readonly encoding?: Encoding; readonly dialect?: Partial<Dialect> }

/** Opens a CSV or TSV file. Throws `FileUnreadable` where it is empty or its header cannot be read. */
export async function openDelimited(chunks: Chunks, format: DelimitedFormat = {}): Promise<Table> {
  return openText(decodeText(chunks, format.encoding ?? 'utf-8'), format.dialect)
}

/** Opens pasted cells, or any text that is decoded already. Throws as `openDelimited` does. */
export async function openText(pieces: AsyncIterable<string> | Iterable<string>, said: Partial<Dialect> = {}): Promise<Table> {
  const dialect = { ...plainDialect, ...said }
  const batches = splitText(pieces, dialect)
  let first: readonly ReadRow[] = []
  while (first.length === 0) {
    const next = await batches.next()
    if (next.done) throw new FileUnreadable('empty_file', 'There are no rows in this file.')
    first = next.value
  }
  const [head] = first
  if (head === undefined || head.kind === 'broken') throw headerUnreadable(head?.line ?? 1)
  return {
    header: dialect.header ? head.cells.map((cell) => detached(cell.trim())) : null,
    width: head.cells.length,
    rows: joined(dialect.header ? first.slice(1) : first, batches),
  }
}

const headerUnreadable = (line: number) =>
  new FileUnreadable('header_unreadable', `Line ${line}, where the names of the columns should stand, cannot be read.`, { line })

async function* joined(first: readonly ReadRow[], rest: AsyncIterable<readonly ReadRow[]>): AsyncGenerator<readonly ReadRow[]> {
  if (first.length > 0) yield first
  yield* rest
}

/** Batches of rows, the header among them. */
export async function* splitText(
  pieces: AsyncIterable<string> | Iterable<string>,
  dialect: Dialect,
  most: { readonly rowChars?: number } = {},
): AsyncGenerator<readonly ReadRow[]> {
  const splitter = new RowSplitter(dialect, most)
  let waiting: string[] = []
  let chars = 0
  for await (const piece of pieces) {
    waiting.push(piece)
    chars += piece.length
    if (chars < pieceChars) continue
    // A piece that is far larger would make one huge batch.
    for (const part of parts(waiting.join(''))) {
      const rows = splitter.push(part)
      if (rows.length > 0) yield rows
    }
    waiting = []
    chars = 0
  }
  const rows = splitter.push(waiting.join(''))
  if (rows.length > 0) yield rows
  const last = splitter.end()
  if (last.length > 0) yield last
}

function* parts(text: string): Generator<string> {
  if (text.length <= pieceChars * 4) yield text
  else for (let at = 0; at < text.length; at += pieceChars) yield text.slice(at, at + pieceChars)
}

/** The rows of a text that is held whole; for samples, pasted cells and tests. */
export function splitWhole(text: string, dialect: Dialect, most: { readonly anyWidth?: boolean } = {}): ReadRow[] {
  const splitter = new RowSplitter(dialect, most)
  return [...splitter.push(text), ...splitter.end()]
}

/** A copy that does not keep the piece of the file alive that it was cut from. */
export const detached = (text: string): string => (text.length < 13 ? text : Buffer.from(text).toString())

/** Whether a row was read. */
export const isRow = (row: ReadRow): row is Row => row.kind === 'row'
