import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { isBlank } from '../../accounts/checks.ts'
import type { Contact } from '../../contacts/queries.ts'
import { settingsWords } from '../../settings/words.ts'
import { type SensitiveReveal, type SensitiveValue, sensitiveRevealsQuery } from './queries.ts'
import { sensitiveWords } from './words.ts'

const purposes = [
  'service',
  'billing',
  'tax_form',
  'identity_check',
  'her_request',
  'legal_request',
] as const satisfies readonly SensitiveReveal['purpose'][]
const taxKinds: readonly string[] = ['ssn', 'ein', 'sin', 'gst', 'vat']

export type RevealDialogProps = {
  readonly contact: Contact
  readonly value: SensitiveValue
  readonly onClose: () => void
  readonly onShown: (seen: { readonly value: string; readonly showFor: number }) => void
}

/** Asks what for and why before a value is shown in full. */
export function RevealDialog({ contact, value, onClose, onShown }: RevealDialogProps) {
  const t = useWords(sensitiveWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const id = useId()
  const form = useForm<{ readonly purpose: SensitiveReveal['purpose']; readonly reason: string }>({
    start: { purpose: taxKinds.includes(value.kind) ? 'tax_form' : 'service', reason: '' },
    check: ({ reason }) => ({ reason: isBlank(reason) ? shared('needed') : undefined }),
    send: async ({ purpose, reason }, key) => {
      const seen = await call('POST /contacts/{contactId}/sensitive-values/{fieldId}/reveal', {
        params: { contactId: contact.id, fieldId: value.fieldId },
        body: { purpose, reason: reason.trim() },
        idempotencyKey: key,
      })
      void queries.invalidateQueries({ queryKey: sensitiveRevealsQuery(contact.id).queryKey })
      onShown(seen)
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('revealOf', { field: value.label })}
      description={t('revealIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('reveal')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('revealOf', { field: value.label })}>
        <Select
          label={t('purpose')}
          {...form.field('purpose')}
          options={purposes.map((purpose) => ({ value: purpose, label: t(`purpose/${purpose}`) }))}
        />
        <TextField label={t('reason')} hint={t('reasonHint')} maxLength={300} autoFocus {...form.field('reason')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
