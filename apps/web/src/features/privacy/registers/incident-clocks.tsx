import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/section.tsx'
import type { IncidentCase } from './incident-queries.ts'
import { incidentWords } from './incident-words.ts'
import { useSaveIncident } from './use-save-incident.ts'
import { WordsDialog } from './words-dialog.tsx'

type Clock = IncidentCase['clocks'][number]

/** Whom the law wants told and by when; an authority that was told is written down here. */
export function IncidentClocks({ incident, may }: { readonly incident: IncidentCase; readonly may: boolean }) {
  const t = useWords(incidentWords)
  const formats = useFormats()
  const save = useSaveIncident(incident.id)
  const [noting, setNoting] = useState<Clock>()
  const asOf = incident.clocks[0]?.asOf
  return (
    <Section title={t('clocks')} intro={asOf && t('clocksIntro', { date: formats.plainDate(asOf) })}>
      <ul className="grid divide-y divide-line">
        {incident.clocks.map((clock) => (
          <li key={`${clock.law} ${clock.whom}`} className="flex flex-wrap items-center gap-3 py-3 text-sm">
            <span className="grid min-w-48 flex-1 gap-0.5">
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-medium">
                  {t(`whom/${clock.whom}`)} · {t(`law/${clock.law}`)}
                </span>
                {clock.doneAt ? (
                  <Badge tone="ok">{t('doneAt', { date: formats.dateTime(clock.doneAt) })}</Badge>
                ) : clock.overdue ? (
                  <Badge tone="no">{t('overdue')}</Badge>
                ) : (
                  <Badge tone="wait">{clock.before ? t('before', { date: formats.dateTime(clock.before) }) : t('withoutDelay')}</Badge>
                )}
              </span>
              <span lang="en" className="text-ink-2">
                {clock.duty}
              </span>
              <span className="text-xs text-ink-3">
                <span lang="en">{clock.source}</span>. {t(`certainty/${clock.certainty}`)}.
              </span>
            </span>
            {may && clock.whom === 'authority' && !clock.doneAt && (
              <Button size="sm" onClick={() => setNoting(clock)}>
                {t('toldAuthority')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {noting && (
        <WordsDialog
          title={t('toldAuthorityTitle')}
          intro={noting.name}
          label={t('toldAuthority')}
          hint={t('toldAuthorityHint')}
          action={t('toldAuthority')}
          onClose={() => setNoting(undefined)}
          onSend={(note, key) =>
            save(
              call('POST /breaches/{breachId}/authority', {
                params: { breachId: incident.id },
                body: { law: noting.law, note },
                idempotencyKey: key,
              }),
            )
          }
        />
      )}
    </Section>
  )
}
