import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { FieldNote } from '../../../ui/field.tsx'
import { Form, FormProblem, type FormState, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { servicesQuery } from '../../calendar/queries.ts'
import { type Rule, rulesQuery, type Way } from './queries.ts'
import { amountFits, bodyOf, faultyLocale, newRule, type RuleValues, type TextLocale, textLocales, valuesOf } from './rule-form.ts'
import { RuleTexts } from './rule-texts.tsx'
import { reminderWords } from './words.ts'

export type RuleSheetProps = {
  readonly moment: Rule['moment']
  /** Left out: a new one. */
  readonly rule?: Rule
  readonly ways: readonly Way[]
  readonly onClose: () => void
}

/** Adds a reminder or a question afterwards, or changes one; shows how it reads in every language. */
export function RuleSheet({ moment, rule, ways, onClose }: RuleSheetProps) {
  const t = useWords(reminderWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const reader = useReader()
  const id = useId()
  const [locale, setLocale] = useState<TextLocale>(textLocales.find((one) => one === reader.locale) ?? 'en')
  const form = useForm<RuleValues>({
    start: rule ? valuesOf(rule) : newRule(moment),
    draft: rule ? `reminder.${rule.id}.${rule.version}` : `reminder.${moment}`,
    check: ({ which, serviceIds, ...values }) => ({
      amount: amountFits(values) ? undefined : t('amountWrong'),
      serviceIds: which === 'some' && serviceIds.length === 0 ? t('chooseService') : undefined,
    }),
    send: async (values, key) => {
      const body = bodyOf(values)
      await (rule
        ? call('PUT /reminder-rules/{ruleId}', { params: { ruleId: rule.id }, version: rule.version, body })
        : call('POST /reminder-rules', { body, idempotencyKey: key }))
      await queries.invalidateQueries({ queryKey: rulesQuery.queryKey })
      notices.show({ tone: 'ok', text: t(rule ? 'saved' : 'added') })
      onClose()
    },
    onRefusal: ({ faults }) => {
      const wrong = faultyLocale(faults)
      if (wrong) setLocale(wrong)
      return false
    },
  })
  const title = rule ? t('changeTitle') : t(moment === 'before' ? 'addTitle' : 'addAfterTitle')
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={form.sending}>
          {rule ? t('save') : t('add')}
        </Button>
      }
    >
      <Form form={form} id={id} label={title}>
        <WhenFields form={form} />
        <Select
          label={t('channel')}
          {...form.field('channel')}
          options={ways.map(({ channel, setUp }) => ({
            value: channel,
            label: setUp || channel === 'email' ? t(`channel/${channel}`) : t('channelOff', { channel: t(`channel/${channel}`) }),
            disabled: !setUp && channel !== 'email' && channel !== form.values.channel,
          }))}
        />
        <ServicesFields form={form} />
        <RuleTexts form={form} locale={locale} onLocale={setLocale} />
        <FormProblem />
      </Form>
    </Sheet>
  )
}

type PartProps = { readonly form: FormState<RuleValues> }

function WhenFields({ form }: PartProps) {
  const t = useWords(reminderWords)
  return (
    <div className="grid grid-cols-2 gap-4">
      <TextField label={t('amount')} figures inputMode="numeric" maxLength={3} autoComplete="off" {...form.field('amount')} />
      <Select
        label={t('unit')}
        hint={form.values.unit === 'days' ? t('daysHint') : undefined}
        {...form.field('unit')}
        options={(['minutes', 'hours', 'days'] as const).map((value) => ({ value, label: t(`unit/${value}`) }))}
      />
    </div>
  )
}

function ServicesFields({ form }: PartProps) {
  const t = useWords(reminderWords)
  const note = useId()
  const services = useQuery(servicesQuery).data ?? []
  const { which, serviceIds } = form.values
  return (
    <>
      <Select
        label={t('services')}
        {...form.field('which')}
        options={[
          { value: 'all', label: t('servicesAll') },
          { value: 'some', label: t('servicesSome') },
        ]}
      />
      {which === 'some' && (
        <fieldset className="grid gap-x-6">
          <legend className="sr-only">{t('servicesSome')}</legend>
          {services.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={<bdi>{name}</bdi>}
              value={serviceIds.includes(id)}
              onChange={(on) => form.set({ serviceIds: on ? [...serviceIds, id] : serviceIds.filter((other) => other !== id) })}
            />
          ))}
          <FieldNote id={note} error={form.faults.serviceIds as string | undefined} />
        </fieldset>
      )}
    </>
  )
}
