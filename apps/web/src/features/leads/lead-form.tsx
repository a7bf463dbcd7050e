import { useQueryClient } from '@tanstack/react-query'
import { useId, useRef } from 'react'
import { ApiProblem, call } from '../../lib/api.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { minorUnits, typedAmount } from '../../lib/money.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { MoneyField } from '../../ui/money-field.tsx'
import { Facts, Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { type Lead, leadQuery } from './queries.ts'
import { sourceOptions } from './source-options.ts'
import { leadsWords } from './words.ts'

/** What a lead is about, worth, where it came from, and what comes next. */
export function LeadForm({ lead, may }: { readonly lead: Lead; readonly may: boolean }) {
  const t = useWords(leadsWords)
  const formats = useFormats()
  if (may) return <Editable key={lead.version} lead={lead} />
  const none = <span className="text-ink-3">{t('nothing')}</span>
  return (
    <Section title={t('about')}>
      <Facts
        items={[
          { term: t('titleLabel'), value: lead.title ? <bdi>{lead.title}</bdi> : none },
          { term: t('value'), value: lead.value ? formats.money(lead.value, { short: true }) : none },
          { term: t('source'), value: t(`source/${lead.source}`) },
          { term: t('nextStep'), value: lead.nextStep ? <bdi>{lead.nextStep.text}</bdi> : none },
        ]}
      />
    </Section>
  )
}

function Editable({ lead }: { readonly lead: Lead }) {
  const t = useWords(leadsWords)
  const { currency: own } = useWorkspace()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const read = useRef(lead)
  const currency = lead.value?.currency ?? own
  const form = useForm({
    start: {
      title: lead.title ?? '',
      value: lead.value ? typedAmount(lead.value.minor, lead.value.currency) : '',
      source: lead.source,
      nextStep: lead.nextStep?.text ?? '',
      dueOn: lead.nextStep?.dueOn ?? '',
    },
    check: ({ value, nextStep, dueOn }) => ({
      value: value.trim() !== '' && minorUnits(value, currency) === undefined ? t('valueWrong') : undefined,
      nextStep: nextStep.trim() === '' && dueOn !== '' ? t('nextStepMissing') : undefined,
    }),
    send: async ({ title, value, source, nextStep, dueOn }) => {
      const minor = value.trim() === '' ? undefined : minorUnits(value, currency)
      try {
        const saved = await call('PATCH /leads/{leadId}', {
          params: { leadId: lead.id },
          body: {
            title: title.trim() || null,
            value: minor === undefined ? null : { minor, currency },
            source,
            nextStep: nextStep.trim() ? { text: nextStep.trim(), dueOn: dueOn || null } : null,
          },
          version: read.current.version,
        })
        queries.setQueryData(leadQuery(lead.id).queryKey, saved)
        void queries.invalidateQueries({ queryKey: ['leads'] })
        notices.show({ tone: 'ok', text: t('saved') })
      } catch (error) {
        // What somebody else wrote is known now; saving again is meant.
        if (error instanceof ApiProblem && error.slug === 'http/version-mismatch') read.current = error.details.current as Lead
        throw error
      }
    },
  })
  return (
    <Section title={t('about')}>
      <Form form={form} id={id} label={t('about')}>
        <TextField label={t('nextStep')} hint={t('nextStepHint')} optional maxLength={200} {...form.field('nextStep')} />
        <DateField label={t('dueOn')} optional {...form.field('dueOn')} />
        <TextField label={t('titleLabel')} hint={t('titleHint')} optional maxLength={120} {...form.field('title')} />
        <MoneyField label={t('value')} optional currency={currency} {...form.field('value')} />
        <Select label={t('source')} options={sourceOptions(t)} {...form.field('source')} />
        <FormProblem />
        <div>
          <Button type="submit" busy={form.sending}>
            {t('save')}
          </Button>
        </div>
      </Form>
    </Section>
  )
}
