import { useWords } from '../../../lib/i18n.tsx'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import type { Import } from './queries.ts'
import { importWords } from './words.ts'

const tones: Readonly<Record<Import['state'], Tone | 'outline'>> = {
  reading: 'accent',
  draft: 'outline',
  checking: 'accent',
  checked: 'outline',
  writing: 'accent',
  paused: 'wait',
  cancelled: 'neutral',
  finished: 'ok',
  undoing: 'accent',
  undone: 'neutral',
  failed: 'no',
}

/** Where an import is, in a word. */
export function StateBadge({ state }: { readonly state: Import['state'] }) {
  const t = useWords(importWords)
  return <Badge tone={tones[state]}>{t(`state/${state}`)}</Badge>
}
