import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { List, rowLook, rowProps } from '../../../ui/list.tsx'
import { More } from '../../../ui/table.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { type Incident, incidentsQuery } from './incident-queries.ts'
import { IncidentSheet } from './incident-sheet.tsx'
import { incidentWords } from './incident-words.ts'
import { RegisterList, RegisterPane } from './register-pane.tsx'

/** The register of incidents. */
export function IncidentsPage() {
  const t = useWords(incidentWords)
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const asked = useInfiniteQuery(incidentsQuery)
  const [reporting, setReporting] = useState(false)
  const button = (
    <Button icon="flag" onClick={() => setReporting(true)}>
      {t('report')}
    </Button>
  )
  return (
    <RegisterPane title={t('title')}>
      <RegisterList intro={t('intro')} action={asked.data && rowsOf(asked.data).length > 0 && button}>
        <Asked asked={asked}>
          {(data) =>
            rowsOf(data).length === 0 ? (
              <EmptyState icon="flag" action={button}>
                {t('empty')}
              </EmptyState>
            ) : (
              <List
                label={t('title')}
                items={rowsOf(data)}
                keyOf={({ id }) => id}
                end={<More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />}
              >
                {(incident) => (
                  <Link
                    {...rowProps}
                    to="/w/$workspace/settings/records/incidents/$breachId"
                    params={{ workspace: slug, breachId: incident.id }}
                    className={rowLook}
                  >
                    <IncidentRow incident={incident} />
                  </Link>
                )}
              </List>
            )
          }
        </Asked>
      </RegisterList>
      {reporting && (
        <IncidentSheet
          onClose={() => setReporting(false)}
          onReported={(breachId) =>
            void navigate({ to: '/w/$workspace/settings/records/incidents/$breachId', params: { workspace: slug, breachId } })
          }
        />
      )}
    </RegisterPane>
  )
}

function IncidentRow({ incident }: { readonly incident: Incident }) {
  const t = useWords(incidentWords)
  const formats = useFormats()
  const { nextClock: clock } = incident
  return (
    <>
      <span className="col-span-full flex min-w-0 flex-wrap items-center gap-2">
        <span className="font-medium">{t('number', { number: String(incident.number) })}</span>
        <Badge tone={incident.state === 'open' ? 'wait' : 'neutral'}>{t(`state/${incident.state}`)}</Badge>
        {clock?.overdue && <Badge tone="no">{t('overdue')}</Badge>}
      </span>
      <bdi className="col-span-full truncate text-ink-2">{incident.what}</bdi>
      <span className="col-span-full flex flex-wrap gap-x-3 text-xs text-ink-3">
        <span>{t('noticed', { date: formats.dateTime(incident.detectedAt) })}</span>
        <span>{incident.risk ? t(`risk/${incident.risk}`) : t('unassessed')}</span>
        {clock?.before && (
          <span>
            {t(`whom/${clock.whom}`)} {t('before', { date: formats.dateTime(clock.before) })}
          </span>
        )}
      </span>
    </>
  )
}
