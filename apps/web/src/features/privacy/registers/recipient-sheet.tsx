import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'
import { Choices } from './choices.tsx'
import { type Recipient, recipientsQuery } from './queries.ts'
import { registerWords } from './words.ts'

type Values = {
  readonly name: string
  readonly kind: Recipient['kind']
  readonly purposes: readonly Recipient['purposes'][number][]
  readonly categories: readonly Recipient['categories'][number][]
  readonly region: Recipient['region']
  readonly mechanism: Recipient['mechanism']
  readonly contractRef: string
  readonly contractOn: string
  readonly policyUrl: string
  readonly adheres: boolean
  readonly ended: boolean
}

const kinds = ['processor', 'affiliate', 'adviser', 'partner', 'payment_provider'] as const
const regions = ['unknown', 'US', 'CA', 'EU', 'GB', 'other'] as const
const mechanisms = ['none', 'adequacy', 'scc', 'consent'] as const
const purposes = ['service', 'communication', 'account', 'security', 'compliance', 'operation'] as const
const categories = [
  'name',
  'contact_details',
  'appointment',
  'communication',
  'free_text',
  'financial',
  'preference',
  'behaviour',
  'proof',
  'identifier',
  'credential',
  'device',
  'location',
] as const

/** Writes down who receives data, or the contract with somebody this server is connected to. */
export function RecipientSheet({ recipient, onClose }: { readonly recipient: Recipient | undefined; readonly onClose: () => void }) {
  const t = useWords(registerWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm<Values>({
    start: startOf(recipient),
    beside: { 'privacy/affiliate-not-bound': 'adheres' },
    check: (values) => ({
      name: isBlank(values.name) ? shared('needed') : undefined,
      purposes: values.purposes.length === 0 ? t('chooseOne') : undefined,
      categories: values.categories.length === 0 ? t('chooseOne') : undefined,
      adheres: values.kind === 'affiliate' && !values.adheres ? t('adheresNeeded') : undefined,
      policyUrl: isBlank(values.policyUrl) || /^https?:\/\/\S+\.\S+/.test(values.policyUrl.trim()) ? undefined : t('urlWrong'),
    }),
    send: async (values, key) => {
      const body = {
        ...values,
        ...textsOf(values),
        purposes: [...values.purposes],
        categories: [...values.categories],
        connection: recipient?.connection ?? null,
      }
      if (recipient?.id)
        await call('PUT /processors/{processorId}', {
          params: { processorId: recipient.id },
          body,
          version: recipient.version,
          idempotencyKey: key,
        })
      else await call('POST /processors', { body, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: [recipientsQuery.queryKey[0]] })
      notices.show({ tone: 'ok', text: t('savedRecipient') })
      onClose()
    },
  })
  const { kind, region } = form.values
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('recipientTitle')}
      description={t('recipientHint')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {shared('save')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('recipientTitle')}>
        <TextField label={t('name')} maxLength={200} {...form.field('name')} />
        <Select label={t('kind')} {...form.field('kind')} options={kinds.map((value) => ({ value, label: t(`kind/${value}`) }))} />
        {kind === 'affiliate' && <Checkbox label={t('adheres')} {...form.field('adheres')} />}
        <TextField label={t('contractRef')} hint={t('contractRefHint')} optional maxLength={200} {...form.field('contractRef')} />
        <DateField label={t('contractOn')} optional {...form.field('contractOn')} />
        <Select label={t('region')} {...form.field('region')} options={regions.map((value) => ({ value, label: t(`region/${value}`) }))} />
        {region !== 'unknown' && (
          <Select
            label={t('mechanism')}
            {...form.field('mechanism')}
            options={mechanisms.map((value) => ({ value, label: t(`mechanism/${value}`) }))}
          />
        )}
        <TextField label={t('policyUrl')} optional maxLength={500} inputMode="url" {...form.field('policyUrl')} />
        <Choices
          label={t('purposesTitle')}
          {...form.field('purposes')}
          options={purposes.map((value) => ({ value, label: t(`purpose/${value}`) }))}
        />
        <Choices
          label={t('categoriesTitle')}
          {...form.field('categories')}
          options={categories.map((value) => ({ value, label: t(`category/${value}`) }))}
        />
        {recipient?.id && <Checkbox label={t('ended')} {...form.field('ended')} />}
        <FormProblem />
      </Form>
    </Sheet>
  )
}

const startOf = (recipient: Recipient | undefined): Values => ({
  name: recipient?.name ?? '',
  kind: recipient?.kind ?? 'processor',
  purposes: recipient?.purposes ?? [],
  categories: recipient?.categories ?? [],
  region: recipient?.region ?? 'unknown',
  mechanism: recipient?.mechanism ?? 'none',
  contractRef: recipient?.contractRef ?? '',
  contractOn: recipient?.contractOn ?? '',
  policyUrl: recipient?.policyUrl ?? '',
  adheres: recipient?.adheres ?? false,
  ended: recipient?.state === 'ended',
})

const orNull = (text: string): string | null => (isBlank(text) ? null : text.trim())
const textsOf = ({ name, contractRef, contractOn, policyUrl }: Values) => ({
  name: name.trim(),
  contractRef: orNull(contractRef),
  contractOn: orNull(contractOn),
  policyUrl: orNull(policyUrl),
})
