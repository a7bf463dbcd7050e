import { type CellShape, cellShape } from '../cells/cell-shape.ts'
import type { Guess, Reason } from '../refusal.ts'
import type { ReadRow } from '../rows.ts'
import { detectHeader } from './detect-header.ts'
import { type Dialect, plainDialect } from './dialect.ts'
import { isRow, splitWhole } from './open-delimited.ts'

const delimiters = [',', ';', '\t', '|'] as const
const mostRows = 400

type Trial = {
  readonly delimiter: string
  readonly rows: readonly ReadRow[]
  readonly width: number
  /** Share of the rows that have this width. */
  readonly steady: number
  readonly score: number
}

/** How the rows of a text are written, by its beginning. `whole` says that the sample is all there is, so that its last line counts. */
export function detectDialect(sample: string, { whole = false }: { readonly whole?: boolean } = {}): Guess<Dialect> {
  const reasons: Reason[] = []
  const lineEnd = lineEndOf(sample)
  const newline = lineEnd === '\r' ? '\r' : '\n'
  const lastLine = sample.lastIndexOf(newline)
  const text = whole || lastLine < 0 ? sample : sample.slice(0, lastLine + 1)
  const named = /^sep=(.)\r?$/i.exec(text.slice(0, 8).split(/\r?\n|\r/)[0] ?? '')?.[1]
  const written = { ...plainDialect, ...quotingOf(text), lineEnd, skipLines: named === undefined ? 0 : 1 }
  const trials = (named === undefined ? delimiters : [named]).map((delimiter) => attempt(text, { ...written, delimiter }))
  const [best, second] = trials.toSorted((one, other) => other.score - one.score)
  if (best === undefined || best.rows.length === 0) return { value: written, confidence: 0, reasons: [{ code: 'no_rows' }] }
  if (named !== undefined) reasons.push({ code: 'delimiter_is_named', delimiter: named })
  else if (best.width === 1) reasons.push({ code: 'one_column' })
  else reasons.push({ code: 'steady_columns', delimiter: best.delimiter, columns: best.width, share: rounded(best.steady) })
  if (written.quote === "'") reasons.push({ code: 'quoted_by_apostrophes' })
  if (written.escape === 'backslash') reasons.push({ code: 'quotes_behind_backslashes' })

  const skipped = titleRows(best.rows, best.width)
  const firstLine = best.rows[skipped]?.line ?? 1
  const skipLines = skipped === 0 ? written.skipLines : firstLine - 1
  if (skipped > 0) reasons.push({ code: 'lines_before_the_rows', lines: skipLines })
  const cells = best.rows
    .slice(skipped)
    .filter(isRow)
    .map((row) => row.cells)
  const header = detectHeader(cells)
  const width = Math.max(best.width, cells[0]?.length ?? 0)
  const short = cells.slice(1).filter((row) => row.length < width).length
  // Rarely short is broken; often short is a habit.
  const ragged = short >= 2 && short >= cells.length * 0.1
  if (ragged) reasons.push({ code: 'short_rows_are_usual', share: rounded(short / cells.length) })
  const apart = best.score - (second?.score ?? 0)
  const sure = named !== undefined ? 1 : best.width === 1 ? 0.5 : Math.min(0.99, 0.4 + best.steady * 0.3 + Math.min(apart, 0.3))
  return {
    value: { ...written, delimiter: best.delimiter, skipLines, header: header.value, ragged, width },
    confidence: rounded(sure * (0.5 + header.confidence / 2)),
    reasons: [...reasons, ...header.reasons],
  }
}

function lineEndOf(text: string): Dialect['lineEnd'] {
  const both = text.split('\r\n', 1000).length - 1
  if (both > 0) return '\r\n'
  return text.includes('\r') && !text.includes('\n') ? '\r' : '\n'
}

/** Where quotes stand at the edges of cells they are the quotes; apostrophes count only where they do so throughout. */
function quotingOf(text: string): Pick<Dialect, 'quote' | 'escape' | 'blanksAroundQuotes'> {
  const edges = (quote: string) =>
    text.match(new RegExp(`(^|[,;\\t|\\r\\n])${quote}[^${quote}\\r\\n]*${quote}(?=[,;\\t|\\r\\n]|$)`, 'g'))?.length ?? 0
  const doubles = edges('"')
  const apostrophes = doubles === 0 ? edges("'") : 0
  const lines = text.split(/\r?\n|\r/, mostRows).length
  const spaced = text.match(/[,;\t|] +"[^"\r\n]*" *(?=[,;\t|\r\n]|$)/g)?.length ?? 0
  return {
    quote: apostrophes > 0 && apostrophes >= lines / 2 ? "'" : '"',
    escape: doubles > 0 && /[^\\"]\\"[^,;\t|\r\n"]/.test(text) ? 'backslash' : 'doubled',
    blanksAroundQuotes: spaced > 0,
  }
}

function attempt(text: string, dialect: Dialect): Trial {
  const rows = splitWhole(text, dialect, { anyWidth: true }).slice(0, mostRows)
  const counts = new Map<number, number>()
  const shapes = { clean: 0, all: 0 }
  for (const row of rows) {
    if (row.kind === 'broken') continue
    counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1)
    for (const cell of row.cells) {
      shapes.all += 1
      if (isClean(cell, cellShape(cell))) shapes.clean += 1
    }
  }
  const [width = 1, count = 0] = [...counts].toSorted(([w1, c1], [w2, c2]) => c2 - c1 || w2 - w1)[0] ?? []
  const steady = rows.length === 0 ? 0 : count / rows.length
  const clean = shapes.all === 0 ? 0 : shapes.clean / shapes.all
  // One column is what every wrong delimiter gives.
  return { delimiter: dialect.delimiter, rows, width, steady, score: steady * steady * clean * (width === 1 ? 0.2 : 1 - 0.3 / width) }
}

/** A cell that holds another delimiter between words, or half a quote, was rather cut wrongly. */
const isClean = (cell: string, shape: CellShape): boolean =>
  shape !== 'text' || !(/[;\t|]\S/.test(cell) || /,\S/.test(cell) || cell.startsWith('"') !== cell.endsWith('"'))

/** How many rows come before the header: titles, dates of the export, which fill few cells. A header may name fewer columns than there are, but not that few. */
function titleRows(rows: readonly ReadRow[], width: number): number {
  const filled = (row: ReadRow) => (row.kind === 'row' ? row.cells.filter((cell) => cell.trim() !== '').length : 0)
  const isTitle = (row: ReadRow) => row.kind === 'broken' || filled(row) <= Math.max(1, width / 3)
  if (width < 3) return 0
  const first = rows.slice(0, 11).findIndex((row) => !isTitle(row))
  return first > 0 ? first : 0
}

const rounded = (share: number) => Math.round(share * 100) / 100
