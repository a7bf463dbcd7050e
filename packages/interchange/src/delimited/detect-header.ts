import { type CellShape, cellShape } from '../cells/cell-shape.ts'
import { readHeaderWords } from '../columns/header-words.ts'
import type { Guess, Reason } from '../refusal.ts'
import { foldWords } from '../text/fold-words.ts'

/** Whether the first of these rows names the columns. */
export function detectHeader(rows: readonly (readonly string[])[]): Guess<boolean> {
  const [first = [], ...below] = rows
  const found = (value: boolean, confidence: number, reason: Reason): Guess<boolean> => ({ value, confidence, reasons: [reason] })
  const shapes = first.map(cellShape)
  const filled = shapes.filter((shape) => shape !== 'empty').length
  if (filled === 0) return found(false, 0.5, { code: 'first_row_is_empty' })
  const data = shapes.filter((shape) => shape === 'email' || shape === 'phone' || shape === 'date').length
  const known = first.filter((cell) => readHeaderWords(foldWords(cell)) !== undefined)
  if (data === 0 && known.length >= Math.max(1, filled * 0.25)) return found(true, 0.97, { code: 'known_names', names: known.slice(0, 5) })
  if (data > 0) return found(false, 0.95, { code: 'first_row_holds_data' })
  const typed = first.filter((_cell, index) => {
    const usual = usualShape(below.slice(0, 50).map((row) => row[index] ?? ''))
    return usual !== undefined && usual !== 'text' && shapes[index] === 'text'
  }).length
  if (typed > 0) return found(true, 0.9, { code: 'unlike_the_rows_below', columns: typed })
  const distinct = new Set(first.map(foldWords)).size === first.length
  if (shapes.includes('number') || !distinct) return found(false, 0.6, { code: 'like_the_rows_below' })
  return found(filled === first.length && below.length > 0 && first.length > 1, 0.55, { code: 'nothing_tells' })
}

/** The shape that most of the filled cells have, where most have one. */
function usualShape(cells: readonly string[]): CellShape | undefined {
  const counts = new Map<CellShape, number>()
  for (const cell of cells) {
    const shape = cellShape(cell)
    if (shape !== 'empty') counts.set(shape, (counts.get(shape) ?? 0) + 1)
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const [shape, count = 0] = [...counts].toSorted(([, one], [, other]) => other - one)[0] ?? []
  return count > all * 0.7 ? shape : undefined
}
