import { useQuery } from '@tanstack/react-query'
import { Link, useMatchRoute } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Count } from '../../ui/badge.tsx'
import { cx } from '../../ui/cx.ts'
import { intoLine, tabListLook, tabLook } from '../../ui/tab-look.ts'
import { mayMerge } from './merge/may-merge.ts'
import { taskCountsQuery } from './tasks/queries.ts'
import { contactsWords } from './words.ts'

/** People, the companies they belong to, what is to be done for them, and those who may be one person. */
export function RoomTabs() {
  const t = useWords(contactsWords)
  const { slug: workspace, role } = useWorkspace()
  const matches = useMatchRoute()
  const open =
    (['companies', 'segments', 'duplicates', 'tasks'] as const).find((part) =>
      matches({ to: `/w/$workspace/contacts/${part}`, fuzzy: true }),
    ) ?? 'people'
  const line = useRef<HTMLElement>(null)
  useEffect(() => intoLine(line.current, open), [open])
  const tab = (part: typeof open) => ({
    activeOptions: { exact: true },
    'data-tab': part,
    'data-status': part === open ? 'active' : undefined,
    'aria-current': part === open ? ('page' as const) : undefined,
    // Closer together than elsewhere: they stand above a narrow list.
    className: cx(tabLook, '-mx-1'),
  })
  return (
    <nav ref={line} aria-label={t('roomTabs')} className={cx(tabListLook, 'border-0 px-3')}>
      <Link to="/w/$workspace/contacts" params={{ workspace }} search={{}} {...tab('people')}>
        {t('people')}
      </Link>
      <Link to="/w/$workspace/contacts/companies" params={{ workspace }} search={{}} {...tab('companies')}>
        {t('companies')}
      </Link>
      <Link to="/w/$workspace/contacts/tasks" params={{ workspace }} search={{}} {...tab('tasks')}>
        {t('tasks')}
        <Waiting />
      </Link>
      {mayMerge.includes(role) && (
        <Link to="/w/$workspace/contacts/duplicates" params={{ workspace }} search={{}} {...tab('duplicates')}>
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
