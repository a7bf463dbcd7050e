import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { IncidentClocks } from './incident-clocks.tsx'
import { IncidentNotices } from './incident-notices.tsx'
import { IncidentPeople } from './incident-people.tsx'
import { type IncidentCase, incidentQuery } from './incident-queries.ts'
import { IncidentRisk } from './incident-risk.tsx'
import { IncidentSheet } from './incident-sheet.tsx'
import { incidentWords } from './incident-words.ts'
import { useSaveIncident } from './use-save-incident.ts'
import { registerWords } from './words.ts'
import { WordsDialog } from './words-dialog.tsx'

const route = getRouteApi('/w/$workspace/privacy/incidents/$breachId')

/** One incident: what happened, whom the law wants told, who is affected, the notice, what was decided. */
export function IncidentPage() {
  const t = useWords(incidentWords)
  const { breachId } = route.useParams()
  const { role } = useWorkspace()
  const asked = useQuery(incidentQuery(breachId))
  const title = asked.data ? t('number', { number: String(asked.data.number) }) : t('title')
  return (
    <PrivacyPane title={title} from="incidents">
      <Asked asked={asked} lines={10}>
        {(incident) => {
          const may = (role === 'owner' || role === 'privacy_officer') && incident.state === 'open'
          return (
            <>
              <Head incident={incident} may={may} />
              <IncidentRisk incident={incident} may={may} />
              <IncidentClocks incident={incident} may={may} />
              <IncidentPeople incident={incident} />
              <IncidentNotices key={incident.version} incident={incident} may={may} />
              <History incident={incident} may={may} />
            </>
          )
        }}
      </Asked>
    </PrivacyPane>
  )
}

function Head({ incident, may }: { readonly incident: IncidentCase; readonly may: boolean }) {
  const t = useWords(incidentWords)
  const registers = useWords(registerWords)
  const formats = useFormats()
  const [correcting, setCorrecting] = useState(false)
  return (
    <Section
      title={t('what')}
      actions={
        <>
          <Badge tone={incident.state === 'open' ? 'wait' : 'neutral'}>{t(`state/${incident.state}`)}</Badge>
          {may && (
            <Button size="sm" onClick={() => setCorrecting(true)}>
              {t('correct')}
            </Button>
          )}
        </>
      }
    >
      <p className="text-sm wrap-anywhere whitespace-pre-line">
        <bdi>{incident.what}</bdi>
      </p>
      {incident.reportedBy === 'operator' && <p className="text-sm text-ink-2">{t('reportedBy/operator')}</p>}
      <Facts
        items={[
          { term: t('beganDay'), value: formats.dateTime(incident.beganAt) },
          ...(incident.endedAt ? [{ term: t('endedDay'), value: formats.dateTime(incident.endedAt) }] : []),
          { term: t('detectedDay'), value: formats.dateTime(incident.detectedAt) },
          { term: t('extent'), value: t(`extent/${incident.extent}`) },
          { term: t('data'), value: incident.categories.map((category) => registers(`category/${category}`)).join(', ') },
        ]}
      />
      {correcting && <IncidentSheet incident={incident} onClose={() => setCorrecting(false)} />}
    </Section>
  )
}

function History({ incident, may }: { readonly incident: IncidentCase; readonly may: boolean }) {
  const t = useWords(incidentWords)
  const formats = useFormats()
  const save = useSaveIncident(incident.id)
  const [asking, setAsking] = useState<'decide' | 'close'>()
  const params = { breachId: incident.id }
  return (
    <Section
      title={t('history')}
      actions={
        may && (
          <>
            <Button size="sm" onClick={() => setAsking('decide')}>
              {t('decide')}
            </Button>
            <Button size="sm" onClick={() => setAsking('close')}>
              {t('close')}
            </Button>
          </>
        )
      }
    >
      <ol className="grid divide-y divide-line text-sm">
        {incident.steps.map((step) => (
          <li key={step.id} className="grid gap-0.5 py-2">
            <span className="font-medium">{t(`step/${step.step as 'reported'}`)}</span>
            {step.note && <bdi className="wrap-anywhere whitespace-pre-line text-ink-2">{step.note}</bdi>}
            <span className="text-xs text-ink-3">{t('stepBy', { date: formats.dateTime(step.at), name: step.by })}</span>
          </li>
        ))}
      </ol>
      <p className="text-xs text-ink-3">{t('keptUntil', { date: formats.date(incident.keptUntil) })}</p>
      {asking === 'decide' && (
        <WordsDialog
          title={t('decide')}
          label={t('decision')}
          hint={t('decisionHint')}
          action={t('decide')}
          onClose={() => setAsking(undefined)}
          onSend={(note, key) => save(call('POST /breaches/{breachId}/decisions', { params, body: { note }, idempotencyKey: key }))}
        />
      )}
      {asking === 'close' && (
        <WordsDialog
          title={t('close')}
          intro={t('closeHint', { date: formats.date(incident.keptUntil) })}
          label={t('closeNote')}
          action={t('close')}
          onClose={() => setAsking(undefined)}
          onSend={(note, key) => save(call('POST /breaches/{breachId}/close', { params, body: { note }, idempotencyKey: key }))}
        />
      )}
    </Section>
  )
}
