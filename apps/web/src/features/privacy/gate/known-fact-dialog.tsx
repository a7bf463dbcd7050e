import type { KnownFactInput } from '@frontdesk/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { RadioGroup } from '../../../ui/checkbox.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import type { Contact } from '../../contacts/queries.ts'
import { settingsWords } from '../../settings/words.ts'
import { LookUp } from './look-up.tsx'
import { PlaceFields } from './place-fields.tsx'
import { rulesWords } from './words.ts'

type Kind = 'place' | 'line' | 'reassigned'
const answers = { line: ['mobile', 'landline', 'voip'], reassigned: ['no', 'yes', 'no_data'] } as const

export type KnownFactDialogProps = {
  readonly contact: Contact
  /** What it begins with, where a number of hers can be asked about. */
  readonly start?: Kind
  readonly onClose: () => void
}

/** Takes down what somebody learned of a person or a number that the rules ask for. */
export function KnownFactDialog({ contact, start = 'place', onClose }: KnownFactDialogProps) {
  const t = useWords(rulesWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const name = contact.givenName ?? contact.name
  const numbers = contact.points.filter(({ kind }) => kind === 'phone')
  const form = useForm({
    start: {
      kind: numbers.length > 0 ? start : ('place' as Kind),
      country: '',
      address: '',
      pointId: numbers[0]?.id ?? '',
      answer: '',
      checkedOn: '',
      checkedWith: '',
    },
    check: ({ kind, country, answer, checkedOn }) =>
      kind === 'place'
        ? { country: country === '' ? t('countryMissing') : undefined }
        : { answer: answer === '' ? t('answerMissing') : undefined, checkedOn: checkedOn === '' ? t('dayMissing') : undefined },
    send: async ({ kind, country, address, pointId, answer, checkedOn, checkedWith }, key) => {
      const source = checkedWith.trim() || null
      const place = { kind, country, address: address.trim() || null, checkedOn: checkedOn || null, checkedWith: source }
      const body = (kind === 'place' ? place : { kind, pointId, answer, checkedOn, checkedWith: source }) as KnownFactInput
      await call('POST /contacts/{contactId}/known-facts', { params: { contactId: contact.id }, body, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      notices.show({ tone: 'ok', text: t('factSaved') })
      onClose()
    },
    beside: { 'privacy/unreadable-place': 'address' },
  })
  const { kind } = form.values
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('supplyTitle', { name })}
      description={kind === 'place' ? t('supplyText') : undefined}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('record')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('supplyTitle', { name })}>
        {numbers.length > 0 && (
          <RadioGroup
            label={t('supplyKind')}
            {...form.field('kind')}
            choices={(['place', 'line', 'reassigned'] as const).map((value) => ({ value, label: t(`supply/${value}`, { name }) }))}
          />
        )}
        {kind === 'place' ? (
          <PlaceFields
            country={form.field('country')}
            address={form.field('address')}
            source={form.field('checkedWith')}
            asOf={form.field('checkedOn')}
          />
        ) : (
          <>
            <LookUp contactId={contact.id} onAsked={onClose} />
            {numbers.length > 1 && (
              <Select
                label={t('factNumber')}
                {...form.field('pointId')}
                options={numbers.map(({ id: value, shown }) => ({ value, label: shown }))}
              />
            )}
            <RadioGroup
              key={kind}
              label={t('factAnswer')}
              {...form.field('answer')}
              choices={answers[kind].map((value) => ({ value, label: t(`${kind}/${value}` as 'line/mobile') }))}
            />
            <DateField label={t('factOn')} {...form.field('checkedOn')} />
            <TextField label={t('factWithLabel')} hint={t('factWithHint')} maxLength={120} {...form.field('checkedWith')} />
          </>
        )}
        <FormProblem />
      </Form>
    </Dialog>
  )
}
