import { useWords } from '../../lib/i18n.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { DetailPane } from '../../ui/panes.tsx'
import { contactsWords } from './words.ts'

/** What stands beside the list while nobody is open. */
export function NoContact() {
  const t = useWords(contactsWords)
  return (
    <DetailPane>
      <div className="grid h-full place-items-center">
        <EmptyState icon="users">{t('chooseOne')}</EmptyState>
      </div>
    </DetailPane>
  )
}
