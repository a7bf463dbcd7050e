import { Link, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { shellWords } from '../../app/words.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ListPane } from '../../ui/panes.tsx'
import { ListSkeleton } from '../../ui/skeleton.tsx'
import { tabListLook, tabLook } from '../../ui/tab-look.ts'
import { readServicesSearch } from './address.ts'
import { PeopleRows } from './people-rows.tsx'
import { ServiceRows } from './service-rows.tsx'
import { servicesWords } from './words.ts'

const ResourceRows = lazy(() => import('./resources/resource-rows.tsx').then((file) => ({ default: file.ResourceRows })))

/** The lists of the room. */
export type ServicesTab = 'services' | 'people' | 'resources'

export type ServicesListProps = { readonly tab: ServicesTab; readonly onAdd: () => void }

/** What can be booked, who gives it, or what it takes. */
export function ServicesList({ tab: shown, onAdd }: ServicesListProps) {
  const t = useWords(servicesWords)
  const shell = useWords(shellWords)
  const add = useAddWords()
  const { slug: workspace } = useWorkspace()
  const { serviceId, staffId, resourceId } = useParams({ strict: false })
  const { archived = false } = readServicesSearch(useSearch({ from: '/w/$workspace/services' }))
  const look = (chosen: boolean) => ({
    activeOptions: { exact: true },
    'data-status': chosen ? 'active' : undefined,
    'aria-current': chosen ? ('page' as const) : undefined,
    className: tabLook,
  })
  return (
    <ListPane
      label={t(shown === 'resources' ? 'rooms' : shown)}
      header={
        <PageHeader
          title={shell('room/services')}
          level={(serviceId ?? staffId ?? resourceId) === undefined ? 'h1' : 'h2'}
          actions={<IconButton name={add[shown]} icon="plus" variant="plain" keys="c" onClick={onAdd} />}
        >
          <nav aria-label={t('tabs')} className={`${tabListLook} border-0 px-2`}>
            <Link to="/w/$workspace/services" params={{ workspace }} search={{}} {...look(shown === 'services')}>
              {t('services')}
            </Link>
            <Link to="/w/$workspace/services/people" params={{ workspace }} search={{}} {...look(shown === 'people')}>
              {t('people')}
            </Link>
            <Link to="/w/$workspace/services/resources" params={{ workspace }} search={{}} {...look(shown === 'resources')}>
              {t('roomsTab')}
            </Link>
          </nav>
        </PageHeader>
      }
    >
      {shown === 'people' && <PeopleRows archived={archived} onAdd={onAdd} />}
      {shown === 'services' && <ServiceRows archived={archived} onAdd={onAdd} />}
      <Suspense fallback={<ListSkeleton rows={4} />}>
        {shown === 'resources' && <ResourceRows archived={archived} onAdd={onAdd} />}
      </Suspense>
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

/** What the button to add says, by list. */
export function useAddWords(): Readonly<Record<ServicesTab, string>> {
  const t = useWords(servicesWords)
  return { services: t('addService'), people: t('addPerson'), resources: t('addRoom') }
}
