import { useWords } from '../../lib/i18n.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { DetailPane } from '../../ui/panes.tsx'
import { resourceWords } from './resources/words.ts'
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

/** What stands beside the list while no room or device is open. */
export function NoResource() {
  const t = useWords(resourceWords)
  return <Nothing icon="store">{t('choose')}</Nothing>
}

function Nothing({ icon, children }: { readonly icon: 'tag' | 'users' | 'store'; readonly children: string }) {
  return (
    <DetailPane>
      <div className="grid h-full place-items-center">
        <EmptyState icon={icon}>{children}</EmptyState>
      </div>
    </DetailPane>
  )
}
