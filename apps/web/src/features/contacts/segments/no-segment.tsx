import { useWords } from '../../../lib/i18n.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { segmentsWords } from './words.ts'

/** What stands beside segments and lists. */
export function NoSegment() {
  const t = useWords(segmentsWords)
  return (
    <DetailPane>
      <div className="grid h-full place-items-center">
        <EmptyState icon="filter">{t('screenHint')}</EmptyState>
      </div>
    </DetailPane>
  )
}
