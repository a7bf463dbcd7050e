import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { RadioGroup } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'
import type { IncidentCase } from './incident-queries.ts'
import { incidentWords } from './incident-words.ts'
import { useSaveIncident } from './use-save-incident.ts'

const risks = ['none', 'low', 'real', 'high'] as const
const tones: Readonly<Record<(typeof risks)[number], Tone>> = { none: 'ok', low: 'neutral', real: 'wait', high: 'no' }

/** What the incident may do to people, and why. */
export function IncidentRisk({ incident, may }: { readonly incident: IncidentCase; readonly may: boolean }) {
  const t = useWords(incidentWords)
  const [assessing, setAssessing] = useState(false)
  const { risk, riskGrounds, measures } = incident
  return (
    <Section
      title={t('riskTitle')}
      actions={
        may && (
          <Button size="sm" variant={risk ? 'plain' : 'solid'} onClick={() => setAssessing(true)}>
            {risk ? t('assessAgain') : t('assess')}
          </Button>
        )
      }
    >
      {risk ? (
        <>
          <span>
            <Badge tone={tones[risk]}>{t(`risk/${risk}`)}</Badge>
          </span>
          <Facts
            items={[
              { term: t('grounds'), value: <bdi className="whitespace-pre-line">{riskGrounds}</bdi> },
              { term: t('measures'), value: <bdi className="whitespace-pre-line">{measures}</bdi> },
            ]}
          />
        </>
      ) : (
        <p className="text-sm text-ink-3">{t('unassessed')}</p>
      )}
      {assessing && <RiskDialog incident={incident} onClose={() => setAssessing(false)} />}
    </Section>
  )
}

function RiskDialog({ incident, onClose }: { readonly incident: IncidentCase; readonly onClose: () => void }) {
  const t = useWords(incidentWords)
  const shared = useWords(settingsWords)
  const save = useSaveIncident(incident.id)
  const id = useId()
  const form = useForm({
    start: { risk: incident.risk ?? ('real' as const), grounds: incident.riskGrounds ?? '', measures: incident.measures ?? '' },
    check: ({ grounds, measures }) => ({
      grounds: isBlank(grounds) ? shared('needed') : undefined,
      measures: isBlank(measures) ? shared('needed') : undefined,
    }),
    send: async ({ risk, grounds, measures }, key) => {
      const body = { risk, grounds: grounds.trim(), measures: measures.trim() }
      await save(call('POST /breaches/{breachId}/risk', { params: { breachId: incident.id }, body, idempotencyKey: key }))
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('riskTitle')}
      description={t('riskHint')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {shared('save')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('riskTitle')}>
        <RadioGroup label={t('riskTitle')} {...form.field('risk')} choices={risks.map((value) => ({ value, label: t(`risk/${value}`) }))} />
        <TextArea label={t('grounds')} maxLength={10_000} {...form.field('grounds')} />
        <TextArea label={t('measures')} maxLength={10_000} {...form.field('measures')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
