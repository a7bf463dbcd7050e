import { Outlet, useMatchRoute, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useCommands } from '../../lib/commands.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Panes } from '../../ui/panes.tsx'
import { readServicesSearch } from './address.ts'
import { ServicesList, useAddWords } from './services-list.tsx'
import { servicesWords } from './words.ts'

const AddPersonDialog = lazy(() => import('./add-person-dialog.tsx').then((file) => ({ default: file.AddPersonDialog })))
const AddResourceDialog = lazy(() => import('./resources/add-resource-dialog.tsx').then((file) => ({ default: file.AddResourceDialog })))
const AddServiceDialog = lazy(() => import('./add-service-dialog.tsx').then((file) => ({ default: file.AddServiceDialog })))

/** The services room: what can be booked, who gives it and what it takes, and beside it the one that is open. */
export function ServicesScreen() {
  const t = useWords(servicesWords)
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const matches = useMatchRoute()
  const { serviceId, staffId, resourceId } = useParams({ strict: false })
  const search = readServicesSearch(useSearch({ from: '/w/$workspace/services' }))
  const resources = Boolean(matches({ to: '/w/$workspace/services/resources', fuzzy: true }))
  const tab = resources ? 'resources' : matches({ to: '/w/$workspace/services/people', fuzzy: true }) ? 'people' : 'services'
  const add = useAddWords()
  const form = (open: 'new' | undefined) =>
    void navigate({ to: '.', search: (before) => readServicesSearch({ ...before, form: open }), replace: open === undefined })
  useCommands([{ label: add[tab], group: t('group'), keys: 'c', icon: 'plus', run: () => form('new') }])
  return (
    <Panes open={(serviceId ?? staffId ?? resourceId) !== undefined}>
      <ServicesList tab={tab} onAdd={() => form('new')} />
      <Outlet />
      <Suspense>
        {search.form === 'new' && tab === 'people' && (
          <AddPersonDialog
            onClose={() => form(undefined)}
            onAdded={({ id }) =>
              void navigate({ to: '/w/$workspace/services/people/$staffId', params: { workspace, staffId: id }, search: {} })
            }
          />
        )}
        {search.form === 'new' && tab === 'services' && (
          <AddServiceDialog
            onClose={() => form(undefined)}
            onAdded={({ id }) =>
              void navigate({ to: '/w/$workspace/services/$serviceId', params: { workspace, serviceId: id }, search: {} })
            }
          />
        )}
        {search.form === 'new' && tab === 'resources' && (
          <AddResourceDialog
            onClose={() => form(undefined)}
            onAdded={({ id }) =>
              void navigate({ to: '/w/$workspace/services/resources/$resourceId', params: { workspace, resourceId: id }, search: {} })
            }
          />
        )}
      </Suspense>
    </Panes>
  )
}
