import { useWords } from '../../../lib/i18n.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { companiesWords } from './words.ts'

/** What stands beside the list while no company is open. */
export function NoCompany() {
  const t = useWords(companiesWords)
  return (
    <DetailPane>
      <div className="grid h-full place-items-center">
        <EmptyState icon="building">{t('chooseOne')}</EmptyState>
      </div>
    </DetailPane>
  )
}
