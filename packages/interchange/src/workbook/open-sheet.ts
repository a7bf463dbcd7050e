import { detectHeader } from '../delimited/detect-header.ts'
import { FileUnreadable, type Guess, type Reason } from '../refusal.ts'
import type { ReadRow, Row, Table } from '../rows.ts'
import type { Workbook } from './open-workbook.ts'
import { type Merged, mergedCells, sheetRows } from './read-sheet.ts'

/** What a person may say about a sheet; what is not said is detected. */
export type SheetFormat = {
  /** By name; otherwise the first that is not hidden. */
  readonly sheet?: string
  /** Rows before the header, or before the first row. */
  readonly skipRows?: number
  readonly header?: boolean
}

/** A sheet, opened: a table, and what was guessed about it. */
export type OpenSheet = Table & { readonly sheet: string; readonly guess: Guess<{ readonly skipRows: number; readonly header: boolean }> }

const headRows = 40

/** Opens one sheet as a table. Throws `FileUnreadable`. */
export async function openSheet(book: Workbook, said: SheetFormat = {}): Promise<OpenSheet> {
  const sheet =
    said.sheet === undefined
      ? (book.sheets.find(({ hidden }) => !hidden) ?? book.sheets[0])
      : book.sheets.find(({ name }) => name === said.sheet)
  if (sheet === undefined) throw new FileUnreadable('no_such_sheet', `There is no sheet "${said.sheet}".`, { sheet: said.sheet ?? '' })
  const batches = sheetRows(book, sheet)
  const head: ReadRow[] = []
  while (head.length < headRows) {
    const next = await batches.next()
    if (next.done) break
    head.push(...next.value)
  }
  const first = head.filter((row): row is Row => row.kind === 'row')
  if (first.length === 0) throw new FileUnreadable('empty_file', 'There are no rows in this sheet.')
  const guess = guessHead(first.slice(0, headRows), said)
  const start = first.findIndex(({ line }) => line > guess.value.skipRows)
  const rows = first.slice(Math.max(0, start))
  if (start < 0) throw new FileUnreadable('empty_file', 'There are no rows in this sheet.')
  const names = guess.value.header ? await headerOf(rows, () => mergedCells(book, sheet)) : undefined
  const width = Math.max(names?.cells.length ?? 0, ...rows.map(({ cells }) => cells.length))
  const lastHeadLine = names?.lastLine ?? guess.value.skipRows
  return {
    sheet: sheet.name,
    guess,
    header: names ? Array.from({ length: width }, (_, index) => (names.cells[index] ?? '').trim()) : null,
    width,
    rows: asTable(
      head.filter(({ line }) => line > lastHeadLine),
      batches,
      width,
    ),
  }
}

function guessHead(rows: readonly Row[], said: SheetFormat): OpenSheet['guess'] {
  const filled = (row: Row) => row.cells.filter((cell) => cell.trim() !== '').length
  const usual = rows.map(filled).toSorted((one, other) => one - other)[Math.floor(rows.length / 2)] ?? 1
  const full = rows.findIndex((row) => filled(row) > Math.max(1, usual / 3))
  const skipRows = said.skipRows ?? (usual < 3 || full <= 0 ? 0 : (rows[full - 1]?.line ?? 0))
  const detected = detectHeader(rows.filter(({ line }) => line > skipRows).map(({ cells }) => cells))
  const reasons: readonly Reason[] = [...(skipRows > 0 ? [{ code: 'lines_before_the_rows', lines: skipRows }] : []), ...detected.reasons]
  return said.header === undefined
    ? { value: { skipRows, header: detected.value }, confidence: detected.confidence, reasons }
    : { value: { skipRows, header: said.header }, confidence: 1, reasons }
}

/**
 * The names of the columns. A cell that is merged over several columns names all of them; where names stand below it in the next row, they are read together: "Address" over "Street" and "City".
 */
async function headerOf(
  [first, second]: readonly Row[],
  merged: () => Promise<readonly Merged[]>,
): Promise<{ readonly cells: readonly string[]; readonly lastLine: number } | undefined> {
  if (first === undefined) return undefined
  const { cells, line } = first
  const plain = { cells, lastLine: line }
  const hasGaps = cells.some((cell, index) => cell.trim() === '' && index > 0)
  if (!hasGaps && (second === undefined || second.cells.length <= cells.length)) return plain
  const here = (await merged()).filter(({ top, left, right }) => top === line && right > left)
  if (here.length === 0) return plain
  const over = (index: number) => here.find(({ left, right }) => index >= left && index <= right)
  const width = Math.max(cells.length, ...here.map(({ right }) => right + 1))
  const spread = Array.from({ length: width }, (_, index) => cells[over(index)?.left ?? index] ?? '')
  const isNamed =
    second?.line === line + 1 &&
    here.every(({ left, right }) => second.cells.slice(left, right + 1).some((cell) => /^\p{L}[^@\d]*$/u.test(cell)))
  if (second === undefined || !isNamed) return { cells: spread, lastLine: line }
  const joined = spread.map((name, index) => [name, second.cells[index] ?? ''].filter((part) => part !== '').join(' '))
  return { cells: joined, lastLine: second.line }
}

async function* asTable(
  head: readonly ReadRow[],
  rest: AsyncIterable<readonly ReadRow[]>,
  width: number,
): AsyncGenerator<readonly ReadRow[]> {
  const fit = (row: ReadRow): ReadRow => {
    if (row.kind === 'broken') return row
    if (row.cells.slice(width).some((cell) => cell.trim() !== '')) {
      return {
        kind: 'broken',
        line: row.line,
        raw: row.cells.join('\t'),
        problem: { code: 'too_many_cells', cells: row.cells.length, expected: width },
      }
    }
    const cells = row.cells.length === width ? row.cells : Array.from({ length: width }, (_, index) => row.cells[index] ?? '')
    return { ...row, cells }
  }
  if (head.length > 0) yield head.map(fit)
  for await (const batch of rest) yield batch.map(fit)
}
