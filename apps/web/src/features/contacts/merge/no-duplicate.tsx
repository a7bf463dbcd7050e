import { useWords } from '../../../lib/i18n.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { duplicatesWords } from './words.ts'

/** What stands beside the list while no pair is open. */
export function NoDuplicate() {
  const t = useWords(duplicatesWords)
  return (
    <DetailPane>
      <div className="grid h-full place-items-center">
        <EmptyState icon="users">{t('chooseOne')}</EmptyState>
      </div>
    </DetailPane>
  )
}
