import { FileUnreadable, limits } from '../refusal.ts'
import type { ReadRow, RowProblem } from '../rows.ts'
import { numberText } from './cell-formats.ts'
import { type Sheet, type Workbook, workbookLimits } from './open-workbook.ts'
import { unpackPart } from './read-parts.ts'
import { attribute, scanXml, xmlText } from './scan-xml.ts'

/** A rectangle of merged cells; rows from 1, columns from 0. */
export type Merged = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }

/** A column by its letters: A is 0. Undefined where there are none, or more than a sheet has. */
function columnOf(reference: string): number | undefined {
  let column = 0
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at) & ~32
    if (code < 65 || code > 90) return at === 0 || at > 3 ? undefined : column - 1
    column = column * 26 + (code - 64)
  }
  return undefined
}

/** The rows of a sheet, batch by batch, with all cells that are filled. Rows that are not there are not told; `line` is the number of the row. */
export async function* sheetRows(book: Workbook, sheet: Sheet): AsyncGenerator<readonly ReadRow[]> {
  let batch: ReadRow[] = []
  let cells: string[] = []
  let line = 0
  let column = -1
  let kind = 'n'
  let style = 0
  let value = ''
  let chars = 0
  let widest = 0
  let inValue = false
  let inReading = 0

  const take = () => {
    const text = cellText(book, kind, style, value)
    if (text === '' || column < 0) return
    chars += text.length
    widest = Math.max(widest, column + 1)
    if (column >= limits.columns || chars > limits.rowChars) return
    while (cells.length < column) cells.push('')
    cells[column] = text
  }
  const part = book.parts.get(sheet.part)
  if (part === undefined) throw new FileUnreadable('no_such_sheet', `There is no sheet "${sheet.name}".`)
  const scanning = scanXml(unpackPart(book.file, part, workbookLimits.sheetBytes), {
    open(tag, attributes) {
      if (tag === 'c') {
        column = columnOf(attribute(attributes, 'r') ?? '') ?? column + 1
        kind = attribute(attributes, 't') ?? 'n'
        style = Number(attribute(attributes, 's') ?? 0)
        value = ''
      } else if (tag === 'v' || (tag === 't' && kind === 'inlineStr')) inValue = true
      else if (tag === 'rPh') inReading += 1
      else if (tag === 'row') {
        const said = Number(attribute(attributes, 'r') ?? Number.NaN)
        line = Number.isSafeInteger(said) ? said : line + 1
        widest = 0
        cells = []
        column = -1
        chars = 0
      }
    },
    close(tag) {
      if (tag === 'v' || tag === 't') inValue = false
      else if (tag === 'rPh') inReading -= 1
      else if (tag === 'c') take()
      else if (tag === 'row') {
        const problem = rowProblem(chars, widest)
        if (problem) batch.push({ kind: 'broken', line, raw: cells.join('\t').slice(0, limits.rawChars), problem })
        else if (cells.length > 0) batch.push({ kind: 'row', line, cells, raw: '' })
      }
    },
    text(raw) {
      if (inValue && inReading === 0) value += raw
    },
  })
  for await (const _ of scanning) {
    if (batch.length === 0) continue
    yield batch
    batch = []
  }
}

function rowProblem(chars: number, widest: number): RowProblem | undefined {
  if (chars > limits.rowChars) return { code: 'row_too_long', most: limits.rowChars }
  return widest > limits.columns ? { code: 'too_many_cells', cells: widest, expected: limits.columns } : undefined
}

function cellText({ texts, formats, from1904 }: Workbook, kind: string, style: number, raw: string): string {
  switch (kind) {
    case 's':
      return texts[Number(raw)] ?? ''
    case 'b':
      return raw === '1' ? 'TRUE' : 'FALSE'
    // What a formula could not work out is no value.
    case 'e':
      return ''
    case 'n':
      return raw === '' ? '' : numberText(raw, formats[style] ?? { kind: 'number' }, from1904)
    default:
      return xmlText(raw)
  }
}

/** The merged cells of a sheet. They stand behind its rows, so that all of it is unpacked. */
export async function mergedCells(book: Workbook, sheet: Sheet, most = 1000): Promise<readonly Merged[]> {
  const part = book.parts.get(sheet.part)
  const merged: Merged[] = []
  if (part === undefined) return merged
  const scanning = scanXml(unpackPart(book.file, part, workbookLimits.sheetBytes), {
    open(tag, attributes) {
      if (tag !== 'mergeCell' || merged.length >= most) return
      const [, left = '', top = '', right = '', bottom = ''] =
        /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/i.exec(attribute(attributes, 'ref') ?? '') ?? []
      const [from, to] = [columnOf(`${left}1`), columnOf(`${right}1`)]
      if (from !== undefined && to !== undefined) merged.push({ top: Number(top), left: from, bottom: Number(bottom), right: to })
    },
    close: () => undefined,
    text: () => undefined,
  })
  for await (const _ of scanning);
  return merged
}
