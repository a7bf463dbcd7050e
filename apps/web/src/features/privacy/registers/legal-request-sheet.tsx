import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'
import type { LegalRequest } from './legal-queries.ts'
import { legalWords } from './legal-words.ts'

const kinds = ['subpoena', 'court_order', 'warrant', 'authority_request', 'civil_claim', 'own_claim', 'safety'] as const
const reasons = ['law_requires', 'court_proceedings', 'enforce_terms', 'protect_rights', 'protect_safety', 'crime_reported'] as const

type Values = {
  readonly kind: LegalRequest['kind']
  readonly reason: LegalRequest['reason']
  readonly authority: string
  readonly jurisdiction: string
  readonly reference: string
  readonly asked: string
  readonly dueOn: string
  readonly complaintNumber: string
  readonly gagUntil: string
  readonly gagSource: string
}

/** Writes down what an authority or a court wants. */
export function LegalRequestSheet({ onClose, onRecorded }: { readonly onClose: () => void; readonly onRecorded: (id: string) => void }) {
  const t = useWords(legalWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm<Values>({
    start: {
      kind: 'subpoena',
      reason: 'law_requires',
      authority: '',
      jurisdiction: '',
      reference: '',
      asked: '',
      dueOn: '',
      complaintNumber: '',
      gagUntil: '',
      gagSource: '',
    },
    check: (values) => ({
      authority: isBlank(values.authority) ? shared('needed') : undefined,
      jurisdiction: isBlank(values.jurisdiction) ? shared('needed') : undefined,
      asked: isBlank(values.asked) ? shared('needed') : undefined,
      complaintNumber: isBlank(values.complaintNumber) || Number(values.complaintNumber) >= 1 ? undefined : t('countWrong'),
    }),
    send: async ({ kind, reason, authority, jurisdiction, asked, ...more }, key) => {
      const given = Object.fromEntries(
        Object.entries({ reference: more.reference, dueOn: more.dueOn, gagUntil: more.gagUntil, gagSource: more.gagSource })
          .map(([name, value]) => [name, value.trim()] as const)
          .filter(([, value]) => value !== ''),
      )
      const complaintNumber = Number(more.complaintNumber)
      const body = {
        kind,
        reason,
        authority: authority.trim(),
        jurisdiction: jurisdiction.trim(),
        asked: asked.trim(),
        ...given,
        ...(complaintNumber >= 1 ? { complaintNumber } : {}),
      }
      const made = await call('POST /legal-requests', { body, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: ['registers'] })
      notices.show({ tone: 'ok', text: t('recorded') })
      onClose()
      onRecorded(made.id)
    },
  })
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('record')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('record')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('record')}>
        <Select label={t('kind')} {...form.field('kind')} options={kinds.map((value) => ({ value, label: t(`kind/${value}`) }))} />
        <Select label={t('reason')} {...form.field('reason')} options={reasons.map((value) => ({ value, label: t(`reason/${value}`) }))} />
        <TextField label={t('authority')} maxLength={200} {...form.field('authority')} />
        <TextField label={t('jurisdiction')} maxLength={200} {...form.field('jurisdiction')} />
        <TextField label={t('reference')} optional maxLength={200} {...form.field('reference')} />
        <TextArea label={t('asked')} maxLength={10_000} {...form.field('asked')} />
        <DateField label={t('dueOn')} optional {...form.field('dueOn')} />
        <TextField
          label={t('complaintNumber')}
          hint={t('complaintHint')}
          optional
          inputMode="numeric"
          maxLength={9}
          {...form.field('complaintNumber')}
        />
        <DateField label={t('gagUntil')} hint={t('gagHint')} optional {...form.field('gagUntil')} />
        <TextField label={t('gagSource')} optional maxLength={200} {...form.field('gagSource')} />
        <FormProblem />
      </Form>
    </Sheet>
  )
}
