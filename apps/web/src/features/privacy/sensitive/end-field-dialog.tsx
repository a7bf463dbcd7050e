import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { settingsWords } from '../../settings/words.ts'
import { type SensitiveField, sensitiveFieldsQuery } from './queries.ts'
import { sensitiveWords } from './words.ts'

/** Ends a protected field; its values go with it where that is wished. */
export function EndFieldDialog({ field, onClose }: { readonly field: SensitiveField; readonly onClose: () => void }) {
  const t = useWords(sensitiveWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const title = t('endTitle', { field: field.label })
  const form = useForm<{ readonly deleteValues: boolean }>({
    start: { deleteValues: false },
    send: async ({ deleteValues }, key) => {
      await call('POST /sensitive-fields/{fieldId}/end', { params: { fieldId: field.id }, body: { deleteValues }, idempotencyKey: key })
      await queries.invalidateQueries({ queryKey: sensitiveFieldsQuery.queryKey })
      notices.show({ tone: 'ok', text: t('fieldEnded', { field: field.label }) })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={t('endIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('end')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        {field.values > 0 && <Checkbox label={t('endDelete', { count: field.values })} {...form.field('deleteValues')} />}
        <FormProblem />
      </Form>
    </Dialog>
  )
}
