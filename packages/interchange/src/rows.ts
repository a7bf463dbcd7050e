/** What can be wrong with a row as a whole. */
export type RowProblem =
  | { readonly code: 'text_after_quote' }
  | { readonly code: 'quote_not_closed' }
  | { readonly code: 'stray_quote' }
  | { readonly code: 'too_many_cells'; readonly cells: number; readonly expected: number }
  | { readonly code: 'too_few_cells'; readonly cells: number; readonly expected: number }
  | { readonly code: 'row_too_long'; readonly most: number }

/** One row. `line` counts from 1 over all lines of the file; in a workbook it is the number of the row. `raw` is its own text, without the line's end. */
export type Row = { readonly kind: 'row'; readonly line: number; readonly cells: readonly string[]; readonly raw: string }

/** A row that could not be read. Reading went on behind it. */
export type BrokenRow = { readonly kind: 'broken'; readonly line: number; readonly raw: string; readonly problem: RowProblem }

export type ReadRow = Row | BrokenRow

/** A file with columns, opened. Rows come in batches, as many as a piece of the file holds; a cell kept longer than its batch keeps the piece in memory. */
export type Table = {
  readonly header: readonly string[] | null
  readonly width: number
  readonly rows: AsyncIterable<readonly ReadRow[]>
}
