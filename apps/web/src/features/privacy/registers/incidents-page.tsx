import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { rowLook, rowProps } from '../../../ui/list.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { type Incident, incidentsQuery } from './incident-queries.ts'
import { IncidentSheet } from './incident-sheet.tsx'
import { incidentWords } from './incident-words.ts'
import { EntryList } from './register-list.tsx'

/** The register of incidents. */
export function IncidentsPage() {
  const t = useWords(incidentWords)
  const room = useWords(roomWords)
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
    <PrivacyPane title={room('page/incidents')}>
      <EntryList asked={asked} title={t('title')} intro={t('intro')} empty={t('empty')} icon="flag" action={button}>
        {(incident) => (
          <Link
            {...rowProps}
            to="/w/$workspace/privacy/incidents/$breachId"
            params={{ workspace: slug, breachId: incident.id }}
            className={rowLook}
          >
            <IncidentRow incident={incident} />
          </Link>
        )}
      </EntryList>
      {reporting && (
        <IncidentSheet
          onClose={() => setReporting(false)}
          onReported={(breachId) =>
            void navigate({ to: '/w/$workspace/privacy/incidents/$breachId', params: { workspace: slug, breachId } })
          }
        />
      )}
    </PrivacyPane>
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
