import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import type { Contact } from '../../contacts/queries.ts'
import { settingsWords } from '../../settings/words.ts'
import { type SensitiveValue, sensitiveValuesQuery } from './queries.ts'
import { sensitiveWords } from './words.ts'

/** Writes a protected value down; it leaves the screen masked. */
export function WriteValueDialog({
  contact,
  value,
  onClose,
}: {
  readonly contact: Contact
  readonly value: SensitiveValue
  readonly onClose: () => void
}) {
  const t = useWords(sensitiveWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const title = t('writeOf', { field: value.label })
  const form = useForm<{ readonly value: string }>({
    start: { value: '' },
    secret: ['value'],
    check: (values) => ({ value: isBlank(values.value) ? shared('needed') : undefined }),
    beside: { 'privacy/not-such-a-number': 'value' },
    send: async (values, key) => {
      await call('PUT /contacts/{contactId}/sensitive-values/{fieldId}', {
        params: { contactId: contact.id, fieldId: value.fieldId },
        body: { value: values.value.trim() },
        idempotencyKey: key,
      })
      await queries.invalidateQueries({ queryKey: sensitiveValuesQuery(contact.id).queryKey })
      notices.show({ tone: 'ok', text: t('written', { field: value.label }) })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={t('writeIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        <TextField
          label={value.label}
          hint={t(`example/${value.kind}`)}
          maxLength={200}
          autoComplete="off"
          autoFocus
          {...form.field('value')}
        />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
