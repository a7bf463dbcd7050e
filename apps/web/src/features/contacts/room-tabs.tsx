import { useQuery } from '@tanstack/react-query'
import { Link, useMatchRoute } from '@tanstack/react-router'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Count } from '../../ui/badge.tsx'
import { tabListLook, tabLook } from '../../ui/tabs.tsx'
import { mayMerge } from './merge/may-merge.ts'
import { taskCountsQuery } from './tasks/queries.ts'
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
        <Waiting />
      </Link>
      {mayMerge.includes(role) && (
        <Link to="/w/$workspace/contacts/duplicates" params={{ workspace }} search={{}} {...tab(duplicates)}>
          {t('duplicates')}
        </Link>
      )}
    </nav>
  )
}

/** How many of the reader's own tasks are overdue or for today. */
function Waiting() {
  const t = useWords(contactsWords)
  const { memberId } = useWorkspace()
  const { zone } = useReader()
  const { overdue = 0, today = 0 } = useQuery(taskCountsQuery(memberId, zone)).data ?? {}
  const count = overdue + today
  return count > 0 && <Count value={count} loud={overdue > 0} label={t('tasksWaiting', { count })} />
}
