import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../lib/api.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { minorUnits } from '../../lib/money.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { MoneyField } from '../../ui/money-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { type Service, serviceQuery } from './queries.ts'
import { servicesWords } from './words.ts'

export type AddServiceDialogProps = { readonly onClose: () => void; readonly onAdded: (service: Service) => void }

/** Adds a service by what matters first; everything else is on its page. */
export function AddServiceDialog({ onClose, onAdded }: AddServiceDialogProps) {
  const t = useWords(servicesWords)
  const { id: workspaceId, currency } = useWorkspace()
  const formats = useFormats()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm({
    start: { name: '', minutes: '30', price: '' },
    draft: `service.new.${workspaceId}`,
    check: ({ name, minutes, price }) => ({
      name: name.trim() === '' ? t('nameMissing') : undefined,
      minutes: lengthFits(minutes) ? undefined : t('lengthWrong'),
      price: price.trim() === '' || minorUnits(price, currency) !== undefined ? undefined : t('priceWrong'),
    }),
    send: async ({ name, minutes, price }, key) => {
      const minor = price.trim() === '' ? undefined : minorUnits(price, currency)
      const service = await call('POST /services', {
        body: { name: name.trim(), durationMinutes: Number(minutes), price: minor === undefined ? null : { minor, currency } },
        idempotencyKey: key,
      })
      queries.setQueryData(serviceQuery(service.id).queryKey, service)
      await queries.invalidateQueries({ queryKey: ['scheduling'] })
      notices.show({ tone: 'ok', text: t('serviceAdded', { name: service.name }) })
      onAdded(service)
    },
  })
  const { values, field } = form
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('addServiceTitle')}
      description={t('addServiceText')}
      footer={
        <Button variant="solid" type="submit" form={id} busy={form.sending}>
          {t('doAdd')}
        </Button>
      }
    >
      <Form form={form} id={id} label={t('addServiceTitle')}>
        <TextField label={t('name')} maxLength={80} autoComplete="off" {...field('name')} />
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={t('length')}
            hint={lengthFits(values.minutes) ? formats.durationInWords(Number(values.minutes)) : undefined}
            inputMode="numeric"
            after={t('minutes')}
            autoComplete="off"
            maxLength={4}
            {...field('minutes')}
          />
          <MoneyField label={t('price')} optional currency={currency} {...field('price')} />
        </div>
        <FormProblem />
      </Form>
    </Dialog>
  )
}

const lengthFits = (minutes: string): boolean => /^\d+$/.test(minutes) && Number(minutes) >= 5 && Number(minutes) <= 1440
