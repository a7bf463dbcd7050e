import type { EventType } from '@frontdesk/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { legalWords } from '../../privacy/registers/legal-words.ts'
import { recipientsQuery } from '../../privacy/registers/queries.ts'
import { settingsWords } from '../words.ts'
import { KindsField } from './kinds-field.tsx'
import type { Endpoint, ShownSecret } from './queries.ts'
import { webhookWords } from './words.ts'

type Values = {
  readonly url: string
  readonly description: string
  readonly which: 'all' | 'some'
  readonly kinds: readonly string[]
  /** Whose program it is; empty: one of the business itself. */
  readonly processorId: string
  readonly purpose: (typeof purposes)[number]
}

const purposes = ['service', 'advice', 'accounting'] as const

export type EndpointSheetProps = {
  /** The one that is changed; left out: a new one. */
  readonly endpoint?: Endpoint
  readonly onClose: () => void
  readonly onMade?: (made: ShownSecret) => void
  readonly onChanged?: () => void
}

/** Adds an address that is told of events, or changes one. */
export function EndpointSheet({ endpoint, onClose, onMade, onChanged }: EndpointSheetProps) {
  const t = useWords(webhookWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const id = useId()
  const form = useForm<Values>({
    start: {
      url: endpoint?.url ?? 'https://',
      description: endpoint?.description ?? '',
      which: endpoint?.kinds ? 'some' : 'all',
      kinds: endpoint?.kinds ?? [],
      processorId: '',
      purpose: 'service',
    },
    ...(endpoint ? {} : { draft: 'webhook' }),
    check: ({ url, which, kinds }) => ({
      url: isBlank(url) || url === 'https://' ? shared('needed') : undefined,
      kinds: which === 'some' && kinds.length === 0 ? t('kindsMissing') : undefined,
    }),
    beside: { 'webhooks/address-refused': 'url' },
    send: async ({ url, description, which, kinds, processorId, purpose }, key) => {
      const common = { url: url.trim(), description: description.trim(), kinds: which === 'all' ? null : ([...kinds] as EventType[]) }
      if (endpoint) {
        await call('PATCH /webhook-endpoints/{endpointId}', {
          params: { endpointId: endpoint.id },
          version: endpoint.version,
          body: common,
        })
        await queries.invalidateQueries({ queryKey: ['webhooks'] })
        onChanged?.()
        return
      }
      const body = { ...common, recipient: processorId === '' ? null : { processorId, purpose } }
      const made = await call('POST /webhook-endpoints', { body, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: ['webhooks'] })
      onMade?.(made)
    },
  })
  const title = endpoint ? t('edit') : t('new')
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={form.sending}>
          {endpoint ? t('save') : t('create')}
        </Button>
      }
    >
      <Form form={form} id={id} label={title}>
        <TextField
          label={t('address')}
          hint={t('addressHint')}
          type="url"
          maxLength={2000}
          autoComplete="off"
          autoFocus
          {...form.field('url')}
        />
        <TextField label={t('description')} hint={t('descriptionHint')} optional maxLength={200} {...form.field('description')} />
        {!endpoint && <WhoseField form={form} />}
        <Select
          label={t('kinds')}
          {...form.field('which')}
          options={[
            { value: 'all', label: t('kindsAll') },
            { value: 'some', label: t('kindsSome') },
          ]}
        />
        {form.values.which === 'some' && (
          <KindsField value={form.values.kinds} onChange={(kinds) => form.set({ kinds })} error={form.faults.kinds} />
        )}
        <FormProblem />
      </Form>
    </Sheet>
  )
}

/** Whose program it is: somebody outside has to stand in the register of recipients. */
function WhoseField({ form }: { readonly form: ReturnType<typeof useForm<Values>> }) {
  const t = useWords(webhookWords)
  const legal = useWords(legalWords)
  const able = (useQuery(recipientsQuery).data?.items ?? []).flatMap((one) =>
    one.id !== null && one.connection === null && one.stopped === null ? [{ value: one.id, label: one.name }] : [],
  )
  return (
    <>
      <Select label={t('who')} hint={t('whoHint')} {...form.field('processorId')} options={[{ value: '', label: t('ours') }, ...able]} />
      {form.values.processorId !== '' && (
        <Select
          label={t('whatFor')}
          {...form.field('purpose')}
          options={purposes.map((value) => ({ value, label: legal(`purpose/${value}`) }))}
        />
      )}
    </>
  )
}
