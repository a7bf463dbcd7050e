import { useWords } from '../../lib/i18n.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { DetailPane } from '../../ui/panes.tsx'
import { inboxWords } from './words.ts'

/** What stands beside the list while nothing is open. */
export function NoConversation() {
  const t = useWords(inboxWords)
  return (
    <DetailPane>
      <div className="grid h-full place-items-center">
        <EmptyState icon="inbox">{t('chooseOne')}</EmptyState>
      </div>
    </DetailPane>
  )
}
