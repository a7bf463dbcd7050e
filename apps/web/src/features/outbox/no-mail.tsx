import { useWords } from '../../lib/i18n.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { DetailPane } from '../../ui/panes.tsx'
import { outboxWords } from './words.ts'

/** What stands beside the list while no mail is open. */
export function NoMail() {
  const t = useWords(outboxWords)
  return (
    <DetailPane>
      <div className="grid h-full place-items-center">
        <EmptyState icon="outbox">{t('chooseOne')}</EmptyState>
      </div>
    </DetailPane>
  )
}
