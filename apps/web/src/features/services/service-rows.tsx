import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Badge, HueDot } from '../../ui/badge.tsx'
import { List, rowLook, rowProps } from '../../ui/list.tsx'
import { Name } from '../../ui/name.tsx'
import { servicesQuery } from '../calendar/queries.ts'
import { LoadedList } from './list-states.tsx'
import { archivedServicesQuery, type Service } from './queries.ts'
import { ReorderGrip, useReorder } from './reorder.tsx'
import { servicesWords } from './words.ts'

export type ServiceRowsProps = { readonly archived: boolean; readonly onAdd: () => void }

/** Services in the order of the booking page; the order is changed by dragging a grip, or with the arrows on it. */
export function ServiceRows({ archived, onAdd }: ServiceRowsProps) {
  const t = useWords(servicesWords)
  const asked = useQuery(archived ? archivedServicesQuery : servicesQuery)
  const { ordered, grip, said } = useReorder(asked.data ?? [])
  return (
    <LoadedList
      asked={asked}
      archived={archived}
      emptyArchived={t('emptyArchived')}
      empty={{ icon: 'tag', text: t('empty'), add: t('addService'), onAdd }}
    >
      {() => (
        <>
          <List label={t('services')} items={ordered} keyOf={(service) => service.id}>
            {(service) => (
              <div className="group/row relative">
                <ServiceRow service={service} archived={archived} />
                {!archived && ordered.length > 1 && <ReorderGrip name={service.name} {...grip(service.id)} />}
              </div>
            )}
          </List>
          <p role="status" className="sr-only">
            {said}
          </p>
        </>
      )}
    </LoadedList>
  )
}

function ServiceRow({ service, archived }: { readonly service: Service; readonly archived: boolean }) {
  const t = useWords(servicesWords)
  const formats = useFormats()
  const { slug: workspace } = useWorkspace()
  const price = service.price && (Number(service.price.minor) === 0 ? t('free') : formats.money(service.price, { short: true }))
  return (
    <Link
      {...rowProps}
      to="/w/$workspace/services/$serviceId"
      params={{ workspace, serviceId: service.id }}
      search={archived ? { archived: true } : {}}
      activeOptions={{ includeSearch: false }}
      className={`${rowLook} pe-9!`}
    >
      <span data-hue style={{ '--h': service.hue }} className="row-span-2 grid size-8 place-items-center rounded-md bg-hue-tint">
        <HueDot hue={service.hue} />
      </span>
      <span className="flex items-center gap-2">
        <Name cut className="flex-1 font-strong">
          {service.name}
        </Name>
        {!service.active && (
          <Badge tone="outline" icon="pause">
            {t('paused')}
          </Badge>
        )}
      </span>
      <span className="figures truncate text-ink-2">{[formats.duration(service.durationMinutes), price].filter(Boolean).join(' · ')}</span>
    </Link>
  )
}
