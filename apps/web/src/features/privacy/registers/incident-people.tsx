import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Section } from '../../../ui/section.tsx'
import { More } from '../../../ui/table.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { type IncidentCase, type IncidentPerson, peopleQuery } from './incident-queries.ts'
import { incidentWords } from './incident-words.ts'

const tones: Readonly<Record<IncidentPerson['notice'], Tone>> = { waiting: 'wait', sent: 'ok', unreachable: 'no', erased: 'neutral' }

/** Who is affected, counted and page by page. */
export function IncidentPeople({ incident }: { readonly incident: IncidentCase }) {
  const t = useWords(incidentWords)
  const asked = useInfiniteQuery(peopleQuery(incident.id))
  const { people, waiting, sent, unreachable, erased } = incident.counts
  return (
    <Section title={t('people')} note={incident.search === 'done' ? t('found', { count: people }) : undefined}>
      {incident.search === 'running' ? (
        <p role="status" className="text-sm text-ink-3">
          {t('searching')}
        </p>
      ) : (
        <p className="flex flex-wrap gap-2">
          {people === 0 && <span className="text-sm text-ink-3">{t('noPeople')}</span>}
          {waiting > 0 && <Badge tone="wait">{t('waiting', { count: waiting })}</Badge>}
          {sent > 0 && <Badge tone="ok">{t('sent', { count: sent })}</Badge>}
          {unreachable > 0 && <Badge tone="no">{t('unreachable', { count: unreachable })}</Badge>}
          {erased > 0 && <Badge>{t('erasedCount', { count: erased })}</Badge>}
        </p>
      )}
      {incident.search === 'done' && people > 0 && (
        <Asked asked={asked} lines={3}>
          {(data) => (
            <>
              <ul className="grid divide-y divide-line">
                {rowsOf(data).map((person) => (
                  <PersonRow key={person.id} person={person} />
                ))}
              </ul>
              <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
            </>
          )}
        </Asked>
      )}
    </Section>
  )
}

function PersonRow({ person }: { readonly person: IncidentPerson }) {
  const t = useWords(incidentWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <li className="flex flex-wrap items-center gap-2 py-2 text-sm">
      <span className="min-w-0 flex-1 wrap-anywhere">
        {person.contactId ? (
          <Link to="/w/$workspace/contacts/$contactId" params={{ workspace: slug, contactId: person.contactId }} className={linkLook}>
            <bdi>{person.name}</bdi>
          </Link>
        ) : person.memberId ? (
          <>
            <bdi>{person.name ?? t('somebody')}</bdi> <span className="text-xs text-ink-3">{t('member')}</span>
          </>
        ) : (
          t('somebody')
        )}
      </span>
      {person.toldAt && <span className="text-xs text-ink-3">{formats.dateTime(person.toldAt)}</span>}
      <Badge tone={tones[person.notice]}>{t(`notice/${person.notice}`)}</Badge>
    </li>
  )
}
