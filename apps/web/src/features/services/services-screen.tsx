import { Outlet, useMatchRoute, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useCommands } from '../../lib/commands.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Panes } from '../../ui/panes.tsx'
import { readServicesSearch } from './address.ts'
import { ServicesList } from './services-list.tsx'
import { servicesWords } from './words.ts'

const AddPersonDialog = lazy(() => import('./add-person-dialog.tsx').then((file) => ({ default: file.AddPersonDialog })))
const AddServiceDialog = lazy(() => import('./add-service-dialog.tsx').then((file) => ({ default: file.AddServiceDialog })))

/** The services room: what can be booked and who gives it, and beside it the one that is open. */
export function ServicesScreen() {
  const t = useWords(servicesWords)
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const matches = useMatchRoute()
  const { serviceId, staffId } = useParams({ strict: false })
  const search = readServicesSearch(useSearch({ from: '/w/$workspace/services' }))
  const people = Boolean(matches({ to: '/w/$workspace/services/people', fuzzy: true }))
  const form = (open: 'new' | undefined) =>
    void navigate({ to: '.', search: (before) => readServicesSearch({ ...before, form: open }), replace: open === undefined })
  useCommands([{ label: people ? t('addPerson') : t('addService'), group: t('group'), keys: 'c', icon: 'plus', run: () => form('new') }])
  return (
    <Panes open={serviceId !== undefined || staffId !== undefined}>
      <ServicesList people={people} onAdd={() => form('new')} />
      <Outlet />
      <Suspense>
        {search.form === 'new' && people && (
          <AddPersonDialog
            onClose={() => form(undefined)}
            onAdded={({ id }) =>
              void navigate({ to: '/w/$workspace/services/people/$staffId', params: { workspace, staffId: id }, search: {} })
            }
          />
        )}
        {search.form === 'new' && !people && (
          <AddServiceDialog
            onClose={() => form(undefined)}
            onAdded={({ id }) =>
              void navigate({ to: '/w/$workspace/services/$serviceId', params: { workspace, serviceId: id }, search: {} })
            }
          />
        )}
      </Suspense>
    </Panes>
  )
}
