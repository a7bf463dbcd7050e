import { Link, useMatchRoute } from '@tanstack/react-router'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { tabListLook, tabLook } from '../../ui/tabs.tsx'
import { mayMerge } from './merge/may-merge.ts'
import { contactsWords } from './words.ts'

/** People, the companies they belong to, what is to be done for them, and those who may be one person. */
export function RoomTabs() {
  const t = useWords(contactsWords)
  const { slug: workspace, role } = useWorkspace()
  const matches = useMatchRoute()
  const companies = Boolean(matches({ to: '/w/$workspace/contacts/companies', fuzzy: true }))
  const segments = Boolean(matches({ to: '/w/$workspace/contacts/segments', fuzzy: true }))
  const duplicates = Boolean(matches({ to: '/w/$workspace/contacts/duplicates', fuzzy: true }))
  const tasks = Boolean(matches({ to: '/w/$workspace/contacts/tasks', fuzzy: true }))
  const tab = (chosen: boolean) => ({
    activeOptions: { exact: true },
    'data-status': chosen ? 'active' : undefined,
    'aria-current': chosen ? ('page' as const) : undefined,
    className: tabLook,
  })
  return (
    <nav aria-label={t('roomTabs')} className={`${tabListLook} border-0 px-2`}>
      <Link to="/w/$workspace/contacts" params={{ workspace }} search={{}} {...tab(!companies && !duplicates && !segments && !tasks)}>
        {t('people')}
      </Link>
      <Link to="/w/$workspace/contacts/companies" params={{ workspace }} search={{}} {...tab(companies)}>
        {t('companies')}
      </Link>
      <Link to="/w/$workspace/contacts/tasks" params={{ workspace }} search={{}} {...tab(tasks)}>
        {t('tasks')}
      </Link>
      {mayMerge.includes(role) && (
        <Link to="/w/$workspace/contacts/duplicates" params={{ workspace }} search={{}} {...tab(duplicates)}>
          {t('duplicates')}
        </Link>
      )}
    </nav>
  )
}
