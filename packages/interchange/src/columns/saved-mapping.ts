import { foldWords } from '../text/fold-words.ts'
import type { ColumnTarget, Mapping } from './fields.ts'

/** A mapping as it is remembered: by the names of the columns, so that it fits the next file of the same kind in whatever order its columns come. */
export type SavedMapping = { readonly signature: string; readonly targets: Readonly<Record<string, ColumnTarget>> }

/** By what files of one kind are known again: the names of their columns, in no order. */
export const headerSignature = (header: readonly string[]): string => keysOf(header).toSorted().join('\n')

/** Names that stand twice are told apart by their place among each other. */
function keysOf(header: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return header.map((name) => {
    const folded = foldWords(name)
    const count = (seen.get(folded) ?? 0) + 1
    seen.set(folded, count)
    return count === 1 ? folded : `${folded} (${count})`
  })
}

/** Remembers what became of a file's columns. */
export function saveMapping(header: readonly string[], mapping: Mapping): SavedMapping {
  const targets = keysOf(header).map((key, index): readonly [string, ColumnTarget] => [key, mapping[index] ?? { field: 'ignore' }])
  return { signature: headerSignature(header), targets: Object.fromEntries(targets) }
}

/** The remembered mapping for a file with these columns; undefined where it is of another kind. */
export function applySavedMapping(saved: SavedMapping, header: readonly string[]): Mapping | undefined {
  if (saved.signature !== headerSignature(header)) return undefined
  return keysOf(header).map((key) => (Object.hasOwn(saved.targets, key) ? saved.targets[key] : undefined) ?? { field: 'ignore' })
}
