import { useWords } from '../../lib/i18n.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { DetailPane } from '../../ui/panes.tsx'
import { servicesWords } from './words.ts'

/** What stands beside the list while no service is open. */
export function NoService() {
  const t = useWords(servicesWords)
  return <Nothing icon="tag">{t('chooseOne')}</Nothing>
}

/** What stands beside the list while no person is open. */
export function NoPerson() {
  const t = useWords(servicesWords)
  return <Nothing icon="users">{t('choosePerson1')}</Nothing>
}

function Nothing({ icon, children }: { readonly icon: 'tag' | 'users'; readonly children: string }) {
  return (
    <DetailPane>
      <div className="grid h-full place-items-center">
        <EmptyState icon={icon}>{children}</EmptyState>
      </div>
    </DetailPane>
  )
}
