import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { RadioGroup } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { settingsWords } from '../../settings/words.ts'
import { rulesWords } from './words.ts'

const scopes = ['marketing', 'texts', 'calls', 'all'] as const

export type OptOutDialogProps = { readonly contactId: string; readonly name: string; readonly onClose: () => void }

/** Takes down what somebody asked for on the telephone or at the counter. It holds at once, and can be taken back for a moment. */
export function OptOutDialog({ contactId, name, onClose }: OptOutDialogProps) {
  const t = useWords(rulesWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const params = { contactId }
  const refresh = () =>
    Promise.all([queries.invalidateQueries({ queryKey: ['contacts'] }), queries.invalidateQueries({ queryKey: ['privacy'] })])
  const form = useForm<{ readonly scope: (typeof scopes)[number] }>({
    start: { scope: 'marketing' },
    send: async ({ scope }, key) => {
      const { isNew } = await call('POST /contacts/{contactId}/opt-outs', { params, body: { scope }, idempotencyKey: key })
      void refresh()
      notices.show(
        isNew
          ? {
              tone: 'ok',
              text: t('recorded'),
              undo: async () => {
                await call('POST /contacts/{contactId}/opt-outs/undo', { params })
                void refresh()
              },
            }
          : { tone: 'ok', text: t('recordedBefore') },
      )
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('asked', { name })}
      description={t('askedIntro', { name })}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('record')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('asked', { name })}>
        <RadioGroup
          label={t('asked', { name })}
          quiet
          look="boxes"
          {...form.field('scope')}
          choices={scopes.map((scope) => ({ value: scope, label: t(`ask/${scope}`), note: t(`askNote/${scope}`, { name }) }))}
        />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
