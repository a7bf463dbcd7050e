import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge, HueDot } from '../../ui/badge.tsx'
import { List, rowLook, rowProps } from '../../ui/list.tsx'
import { Name } from '../../ui/name.tsx'
import { servicesQuery, staffQuery } from '../calendar/queries.ts'
import { LoadedList } from './list-states.tsx'
import { archivedPeopleQuery } from './queries.ts'
import { servicesWords } from './words.ts'

/** People who can be booked, and what they give. */
export function PeopleRows({ archived, onAdd }: { readonly archived: boolean; readonly onAdd: () => void }) {
  const t = useWords(servicesWords)
  const formats = useFormats()
  const { slug: workspace } = useWorkspace()
  const asked = useQuery(archived ? archivedPeopleQuery : staffQuery)
  const services = useQuery(servicesQuery).data
  return (
    <LoadedList
      asked={asked}
      archived={archived}
      emptyArchived={t('emptyArchived')}
      empty={{ icon: 'users', text: t('emptyPeople'), add: t('addPerson'), onAdd }}
    >
      {(people) => (
        <List label={t('people')} items={people} keyOf={(person) => person.id}>
          {(person) => {
            const names = services?.filter(({ id }) => person.serviceIds.includes(id)).map(({ name }) => name)
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
                    {!names ? '' : names.length > 0 ? formats.list(names) : t('givesNothing')}
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
      )}
    </LoadedList>
  )
}
