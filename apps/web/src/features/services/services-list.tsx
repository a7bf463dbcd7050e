import { Link, useParams, useSearch } from '@tanstack/react-router'
import { shellWords } from '../../app/words.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ListPane } from '../../ui/panes.tsx'
import { tabListLook, tabLook } from '../../ui/tabs.tsx'
import { readServicesSearch } from './address.ts'
import { PeopleRows } from './people-rows.tsx'
import { ServiceRows } from './service-rows.tsx'
import { servicesWords } from './words.ts'

export type ServicesListProps = { readonly people: boolean; readonly onAdd: () => void }

/** What can be booked, or who gives it. */
export function ServicesList({ people, onAdd }: ServicesListProps) {
  const t = useWords(servicesWords)
  const shell = useWords(shellWords)
  const { slug: workspace } = useWorkspace()
  const { serviceId, staffId } = useParams({ strict: false })
  const { archived = false } = readServicesSearch(useSearch({ from: '/w/$workspace/services' }))
  const tab = (chosen: boolean) => ({
    activeOptions: { exact: true },
    'data-status': chosen ? 'active' : undefined,
    'aria-current': chosen ? ('page' as const) : undefined,
    className: tabLook,
  })
  return (
    <ListPane
      label={people ? t('people') : t('services')}
      header={
        <PageHeader
          title={shell('room/services')}
          level={(serviceId ?? staffId) === undefined ? 'h1' : 'h2'}
          actions={<IconButton name={people ? t('addPerson') : t('addService')} icon="plus" variant="plain" keys="c" onClick={onAdd} />}
        >
          <nav aria-label={t('tabs')} className={`${tabListLook} border-0 px-2`}>
            <Link to="/w/$workspace/services" params={{ workspace }} search={{}} {...tab(!people)}>
              {t('services')}
            </Link>
            <Link to="/w/$workspace/services/people" params={{ workspace }} search={{}} {...tab(people)}>
              {t('people')}
            </Link>
          </nav>
        </PageHeader>
      }
    >
      {people ? <PeopleRows archived={archived} onAdd={onAdd} /> : <ServiceRows archived={archived} onAdd={onAdd} />}
      <p className="p-3 text-xs">
        <Link
          to="."
          search={(before) => readServicesSearch({ ...before, archived: archived ? undefined : true })}
          className="text-ink-3 underline underline-offset-2 hover:text-ink"
        >
          {archived ? t('showCurrent') : t('showArchived')}
        </Link>
      </p>
    </ListPane>
  )
}
