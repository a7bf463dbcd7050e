import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioGroup } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { type Lead, pipelinesQuery } from './queries.ts'
import { useLeadActs } from './use-lead-acts.ts'
import { leadsWords } from './words.ts'

/** Why a lead was lost. Taken back with one key. */
export function LoseDialog({ lead, onClose }: { readonly lead: Lead; readonly onClose: () => void }) {
  const t = useWords(leadsWords)
  const acts = useLeadActs()
  const id = useId()
  const reasons = useQuery(pipelinesQuery).data?.items.find((one) => one.id === lead.pipelineId)?.lostReasons ?? []
  const title = t('loseTitle', { name: lead.contact.name })
  const form = useForm({
    start: { reason: '', note: '' },
    check: ({ reason }) => ({ reason: reason === '' ? t('reasonMissing') : undefined }),
    send: async ({ reason, note }) => {
      await acts.lose(lead, reason, note.trim() || null)
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('lose')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        <RadioGroup
          label={t('lostReason')}
          choices={reasons.map((one) => ({ value: one.id, label: one.label }))}
          {...form.field('reason')}
        />
        <TextField label={t('lostNote')} optional maxLength={500} {...form.field('note')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
