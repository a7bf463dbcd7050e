import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { Combobox } from '../../../ui/combobox.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { useRested } from '../../calendar/contact-picker.tsx'
import { settingsWords } from '../../settings/words.ts'
import { legalHoldsQuery, type RetentionRule } from './queries.ts'
import { retentionWords } from './words.ts'

type Values = {
  readonly on: 'contact' | 'rule'
  readonly contactId: string
  readonly rule: RetentionRule['rule']
  readonly why: string
  readonly until: string
}

const ruleNames = ['removed', 'mail', 'conversation', 'booking', 'contact', 'proof'] as const satisfies readonly RetentionRule['rule'][]
const REST_MS = 180

/** Holds back the deletion of one contact's data, or of all that one rule would take. */
export function PlaceHoldDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(retentionWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm<Values>({
    start: { on: 'contact', contactId: '', rule: 'conversation', why: '', until: '' },
    check: ({ on, contactId, why }) => ({
      contactId: on === 'contact' && contactId === '' ? shared('needed') : undefined,
      why: isBlank(why) ? shared('needed') : undefined,
    }),
    send: async ({ on, contactId, rule, why, until }, key) => {
      const body = { ...(on === 'contact' ? { contactId } : { rule }), why: why.trim(), ...(until ? { until } : {}) }
      await call('POST /legal-holds', { body, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: legalHoldsQuery.queryKey })
      notices.show({ tone: 'ok', text: t('placed') })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('place')}
      description={t('placeIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('placeDo')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('place')}>
        <SegmentedControl
          label={t('on')}
          value={form.values.on}
          onChange={(on) => form.set({ on })}
          options={[
            { value: 'contact', label: t('onOne'), icon: 'user' },
            { value: 'rule', label: t('onRule'), icon: 'archive' },
          ]}
        />
        {form.values.on === 'contact' ? (
          <WhoseData {...form.field('contactId')} />
        ) : (
          <Select
            label={t('onRule')}
            {...form.field('rule')}
            options={ruleNames.map((rule) => ({ value: rule, label: t(`rule/${rule}`) }))}
          />
        )}
        <TextField label={t('why')} hint={t('whyHint')} maxLength={500} {...form.field('why')} />
        <DateField label={t('untilDay')} hint={t('untilHint')} optional {...form.field('until')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}

function WhoseData({
  value,
  onChange,
  error,
}: {
  readonly value: string
  readonly onChange: (id: string) => void
  readonly error: string | undefined
}) {
  const t = useWords(retentionWords)
  const [typed, setTyped] = useState('')
  const text = useRested(typed.trim(), REST_MS)
  const { data } = useQuery({
    queryKey: ['contacts', 'picker', text],
    queryFn: async ({ signal }) =>
      text.length > 1
        ? await call('GET /contacts/search', { query: { q: text, limit: 8 }, signal })
        : await call('GET /contacts', { query: { limit: 8, sort: 'recent' }, signal }),
    placeholderData: (before) => before,
  })
  const options = (data?.items ?? []).map((contact) => ({
    value: contact.id as string,
    label: contact.name,
    lead: <Avatar name={contact.name} id={contact.id} size="sm" />,
  }))
  return (
    <Combobox
      label={t('onOne')}
      placeholder={t('findContact')}
      value={value}
      options={options}
      onSearch={setTyped}
      onChange={onChange}
      error={error}
      none={t('nobodyFound')}
    />
  )
}
