import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Facts } from '../../../ui/section.tsx'
import type { Import } from './queries.ts'
import { importWords } from './words.ts'

const order = ['created', 'updated', 'unchanged', 'duplicate', 'invalid', 'erased', 'refused', 'withProblems', 'stopped'] as const

/** Rows by what becomes of them. What does not occur is left out, but for new and changed ones. */
export function Counts({ counts }: { readonly counts: Import['counts'] }) {
  const t = useWords(importWords)
  const formats = useFormats()
  return (
    <Facts
      items={order
        .filter((name) => counts[name] > 0 || name === 'created' || name === 'updated')
        .map((name) => ({ term: t(`count/${name}`), value: <span className="figures font-medium">{formats.number(counts[name])}</span> }))}
    />
  )
}
