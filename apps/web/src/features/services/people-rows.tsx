import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge, HueDot } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List, rowLook, rowProps } from '../../ui/list.tsx'
import { Name } from '../../ui/name.tsx'
import { ListSkeleton } from '../../ui/skeleton.tsx'
import { servicesQuery, staffQuery } from '../calendar/queries.ts'
import { ListFailed } from './list-states.tsx'
import { archivedPeopleQuery } from './queries.ts'
import { servicesWords } from './words.ts'

/** People who can be booked, and what they give. */
export function PeopleRows({ archived, onAdd }: { readonly archived: boolean; readonly onAdd: () => void }) {
  const t = useWords(servicesWords)
  const formats = useFormats()
  const { slug: workspace } = useWorkspace()
  const asked = useQuery(archived ? archivedPeopleQuery : staffQuery)
  const services = useQuery(servicesQuery).data ?? []
  if (asked.isError && !asked.data) return <ListFailed error={asked.error} onAgain={() => void asked.refetch()} />
  if (!asked.data) return <ListSkeleton rows={4} />
  if (asked.data.length === 0) {
    if (archived) return <EmptyState icon="archive">{t('emptyArchived')}</EmptyState>
    return (
      <EmptyState
        icon="users"
        action={
          <Button variant="solid" icon="plus" onClick={onAdd}>
            {t('addPerson')}
          </Button>
        }
      >
        {t('emptyPeople')}
      </EmptyState>
    )
  }
  return (
    <List label={t('people')} items={asked.data} keyOf={(person) => person.id}>
      {(person) => {
        const names = services.filter(({ id }) => person.serviceIds.includes(id)).map(({ name }) => name)
        return (
          <Link
            {...rowProps}
            to="/w/$workspace/services/people/$staffId"
            params={{ workspace, staffId: person.id }}
            search={archived ? { archived: true } : {}}
            activeOptions={{ includeSearch: false }}
            className={rowLook}
          >
            <span className="row-span-2">
              <Avatar name={person.name} id={person.id} />
            </span>
            <span className="flex items-center gap-2">
              <Name cut className="font-strong">
                {person.name}
              </Name>
              <HueDot hue={person.hue} />
              {!person.active && (
                <span className="ms-auto">
                  <Badge tone="outline" icon="pause">
                    {t('notBookable')}
                  </Badge>
                </span>
              )}
            </span>
            <span className="flex min-w-0 items-center gap-2">
              <Name cut className="text-ink-2">
                {names.length > 0 ? formats.list(names) : t('givesNothing')}
              </Name>
              {person.calendarFailing && (
                <span className="ms-auto">
                  <Badge tone="wait" icon="alert">
                    {t('calendarFailing')}
                  </Badge>
                </span>
              )}
            </span>
          </Link>
        )
      }}
    </List>
  )
}
