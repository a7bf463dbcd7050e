import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox, RadioGroup } from '../../../ui/checkbox.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'
import { Choices } from './choices.tsx'
import { type IncidentCase, placesQuery } from './incident-queries.ts'
import { incidentWords } from './incident-words.ts'
import { MomentFields, type MomentText, momentOf, textOf } from './moment-fields.tsx'
import { registerWords } from './words.ts'

type Values = {
  readonly what: string
  readonly began: MomentText
  readonly ended: MomentText
  readonly detected: MomentText
  readonly extent: IncidentCase['extent']
  readonly tables: readonly string[]
  readonly laws: IncidentCase['laws']
  readonly accounts: boolean
}

const extents = ['all_there', 'written'] as const
const laws = [
  'gdpr',
  'uk_gdpr',
  'pipeda',
  'quebec',
  'us_california',
  'us_colorado',
  'us_florida',
  'us_new_york',
  'us_texas',
  'us_washington',
  'us_other',
] as const

/** Reports an incident, or corrects what is written down about one. */
export function IncidentSheet({
  incident,
  onClose,
  onReported,
}: {
  readonly incident?: IncidentCase
  readonly onClose: () => void
  readonly onReported?: (breachId: string) => void
}) {
  const t = useWords(incidentWords)
  const shared = useWords(settingsWords)
  const { zone } = useReader()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const places = useQuery(placesQuery).data?.items ?? []
  const now = Temporal.Now.instant().toString()
  const form = useForm<Values>({
    start: {
      what: incident?.what ?? '',
      began: textOf(incident?.beganAt ?? null, zone),
      ended: textOf(incident?.endedAt ?? null, zone),
      detected: textOf(incident?.detectedAt ?? now, zone),
      extent: incident?.extent ?? 'all_there',
      tables: incident?.tables ?? [],
      laws: incident?.laws ?? [],
      accounts: incident?.accounts ?? false,
    },
    check: ({ what, began, detected }) => ({
      what: isBlank(what) ? shared('needed') : undefined,
      began: began.day === '' ? shared('needed') : undefined,
      detected: detected.day === '' ? shared('needed') : undefined,
    }),
    send: async ({ what, began, ended, detected, extent, tables, laws: chosen, accounts }, key) => {
      const beganAt = momentOf(began, zone)
      const detectedAt = momentOf(detected, zone)
      const endedAt = ended.day === '' ? null : momentOf(ended, zone)
      if (incident) {
        const body = { what: what.trim(), beganAt, endedAt, detectedAt, extent, tables: [...tables], laws: [...chosen], accounts }
        await call('PUT /breaches/{breachId}/scope', {
          params: { breachId: incident.id },
          body,
          version: incident.version,
          idempotencyKey: key,
        })
        notices.show({ tone: 'ok', text: t('corrected') })
      } else {
        const body = { what: what.trim(), beganAt, detectedAt, extent, ...(endedAt ? { endedAt } : {}), tables: [...tables], accounts }
        const made = await call('POST /breaches', { body, idempotencyKey: key })
        notices.show({ tone: 'ok', text: t('reported') })
        onReported?.(made.id)
      }
      void queries.invalidateQueries({ queryKey: ['registers'] })
      onClose()
    },
  })
  const title = incident ? t('correct') : t('reportTitle')
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={title}
      description={incident ? undefined : t('reportHint')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {incident ? shared('save') : t('report')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        <TextArea label={t('what')} hint={t('whatHint')} maxLength={10_000} {...form.field('what')} />
        <MomentFields labels={{ day: t('beganDay'), time: t('beganTime') }} {...form.field('began')} />
        <MomentFields labels={{ day: t('endedDay'), time: t('endedTime') }} hint={t('endedHint')} optional {...form.field('ended')} />
        <MomentFields labels={{ day: t('detectedDay'), time: t('detectedTime') }} {...form.field('detected')} />
        <RadioGroup
          label={t('extent')}
          {...form.field('extent')}
          choices={extents.map((value) => ({ value, label: t(`extent/${value}`) }))}
        />
        <Checkbox label={t('accounts')} hint={t('accountsHint')} {...form.field('accounts')} />
        <Places places={places} value={form.values.tables} onChange={(tables) => form.set({ tables })} />
        {incident && (
          <Choices
            label={t('lawsTitle')}
            {...form.field('laws')}
            options={laws.map((value) => ({ value, label: t(`law/${value}`) }))}
            onChange={(chosen) => form.set({ laws: [...chosen] })}
          />
        )}
        <FormProblem />
      </Form>
    </Sheet>
  )
}

/** Tables by the kinds of data in them; none chosen means all. */
function Places({
  places,
  value,
  onChange,
}: {
  readonly places: readonly { readonly table: string; readonly categories: readonly IncidentCase['categories'][number][] }[]
  readonly value: readonly string[]
  readonly onChange: (tables: readonly string[]) => void
}) {
  const t = useWords(incidentWords)
  const registers = useWords(registerWords)
  return (
    <details className="grid gap-1 text-sm">
      <summary className="cursor-pointer font-medium">{t('where')}</summary>
      <p className="py-1 text-xs text-ink-3">{t('whereHint')}</p>
      <Choices
        label={t('where')}
        value={value}
        onChange={onChange}
        options={places.map(({ table, categories }) => ({
          value: table,
          label: `${table}: ${categories.map((category) => registers(`category/${category}`)).join(', ')}`,
        }))}
      />
    </details>
  )
}
