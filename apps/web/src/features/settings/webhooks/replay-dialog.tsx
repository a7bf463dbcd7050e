import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import type { Endpoint } from './queries.ts'
import { webhookWords } from './words.ts'

/** Sends everything again that failed since a day, and where it is wished what was missed. */
export function ReplayDialog({ endpoint, onClose }: { readonly endpoint: Endpoint; readonly onClose: () => void }) {
  const t = useWords(webhookWords)
  const { zone } = useReader()
  const notices = useNotices()
  const queries = useQueryClient()
  const id = useId()
  const today = Temporal.Now.plainDateISO(zone)
  const form = useForm({
    start: { since: today.subtract({ days: 1 }).toString(), missed: true },
    send: async ({ since, missed }, key) => {
      const moment = Temporal.PlainDate.from(since).toZonedDateTime(zone).toInstant().toString()
      const sent = await call('POST /webhook-endpoints/{endpointId}/replay', {
        params: { endpointId: endpoint.id },
        body: { since: moment, missed },
        idempotencyKey: key,
      })
      const count = sent.failed + sent.missed
      notices.show({ tone: 'ok', text: count === 0 ? t('replayedNone') : t('replayed', { count }) })
      void queries.invalidateQueries({ queryKey: ['webhooks'] })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('replay')}
      description={t('replayText')}
      footer={
        <Button variant="solid" type="submit" form={id} busy={form.sending}>
          {t('replayDo')}
        </Button>
      }
    >
      <Form form={form} id={id} label={t('replay')}>
        <DateField label={t('replaySince')} min={today.subtract({ days: 30 }).toString()} max={today.toString()} {...form.field('since')} />
        <Checkbox label={t('replayMissed')} {...form.field('missed')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
