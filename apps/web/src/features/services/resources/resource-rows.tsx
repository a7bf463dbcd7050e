import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { List, rowLook, rowProps } from '../../../ui/list.tsx'
import { Name } from '../../../ui/name.tsx'
import { servicesQuery } from '../../calendar/queries.ts'
import { LoadedList } from '../list-states.tsx'
import { archivedResourcesQuery, resourcesQuery } from './queries.ts'
import { resourceWords } from './words.ts'

/** Rooms and devices, and the services that need them. */
export function ResourceRows({ archived, onAdd }: { readonly archived: boolean; readonly onAdd: () => void }) {
  const t = useWords(resourceWords)
  const formats = useFormats()
  const { slug: workspace } = useWorkspace()
  const asked = useQuery(archived ? archivedResourcesQuery : resourcesQuery)
  const services = useQuery(servicesQuery).data
  return (
    <LoadedList
      asked={asked}
      archived={archived}
      emptyArchived={t('emptyArchived')}
      empty={{ icon: 'store', text: t('empty'), add: t('addResource'), onAdd }}
    >
      {(resources) => (
        <List label={t('resources')} items={resources} keyOf={(resource) => resource.id}>
          {(resource) => {
            const names = services?.filter(({ id }) => resource.serviceIds.includes(id)).map(({ name }) => name)
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
                  {[t(`kind/${resource.kind}`), ...(names ? [names.length > 0 ? formats.list(names) : t('neededByNone')] : [])].join(' · ')}
                </Name>
              </Link>
            )
          }}
        </List>
      )}
    </LoadedList>
  )
}
