import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { List, rowLook, rowProps } from '../../../ui/list.tsx'
import { Name } from '../../../ui/name.tsx'
import { ListSkeleton } from '../../../ui/skeleton.tsx'
import { servicesQuery } from '../../calendar/queries.ts'
import { ListFailed } from '../list-states.tsx'
import { archivedResourcesQuery, resourcesQuery } from './queries.ts'
import { resourceWords } from './words.ts'

/** Rooms and devices, and the services that need them. */
export function ResourceRows({ archived, onAdd }: { readonly archived: boolean; readonly onAdd: () => void }) {
  const t = useWords(resourceWords)
  const formats = useFormats()
  const { slug: workspace } = useWorkspace()
  const asked = useQuery(archived ? archivedResourcesQuery : resourcesQuery)
  const services = useQuery(servicesQuery).data ?? []
  if (asked.isError && !asked.data) return <ListFailed error={asked.error} onAgain={() => void asked.refetch()} />
  if (!asked.data) return <ListSkeleton rows={4} />
  if (asked.data.length === 0) {
    if (archived) return <EmptyState icon="archive">{t('emptyArchived')}</EmptyState>
    return (
      <EmptyState
        icon="store"
        action={
          <Button variant="solid" icon="plus" onClick={onAdd}>
            {t('addResource')}
          </Button>
        }
      >
        {t('empty')}
      </EmptyState>
    )
  }
  return (
    <List label={t('resources')} items={asked.data} keyOf={(resource) => resource.id}>
      {(resource) => {
        const names = services.filter(({ id }) => resource.serviceIds.includes(id)).map(({ name }) => name)
        return (
          <Link
            {...rowProps}
            to="/w/$workspace/services/resources/$resourceId"
            params={{ workspace, resourceId: resource.id }}
            search={archived ? { archived: true } : {}}
            activeOptions={{ includeSearch: false }}
            className={rowLook}
          >
            <span className="row-span-2 grid size-8 place-items-center rounded-md bg-fill text-ink-2">
              <Icon name={resource.kind === 'room' ? 'store' : 'device'} />
            </span>
            <span className="flex items-center gap-2">
              <Name cut className="font-strong">
                {resource.name}
              </Name>
              {!resource.active && (
                <span className="ms-auto">
                  <Badge tone="outline" icon="pause">
                    {t('outOfUse')}
                  </Badge>
                </span>
              )}
            </span>
            <Name cut className="text-ink-2">
              {`${t(`kind/${resource.kind}`)} · ${names.length > 0 ? formats.list(names) : t('neededByNone')}`}
            </Name>
          </Link>
        )
      }}
    </List>
  )
}
