import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { settingsWords } from '../words.ts'
import { accessWords } from './access-words.ts'
import type { Member } from './queries.ts'

const ways = ['mail', 'letter', 'phone', 'in_person'] as const

/** Lets a member in again who deactivated her account herself, with what shows that she asked for it. */
export function BringBackDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { confirmed, dialog } = useConfirmation()
  const id = useId()
  const form = useForm({
    start: { askedHow: 'mail' as (typeof ways)[number], askedOn: '', proof: '' },
    check: ({ askedOn, proof }) => ({
      askedOn: askedOn === '' ? shared('needed') : undefined,
      proof: isBlank(proof) ? shared('needed') : undefined,
    }),
    send: async ({ askedHow, askedOn, proof }, key) => {
      const body = { askedHow, askedOn, proof: proof.trim() }
      await confirmed(() => call('POST /members/{memberId}/return', { params: { memberId: member.id }, body, idempotencyKey: key }))
      await queries.invalidateQueries({ queryKey: ['members'] })
      notices.show({ tone: 'ok', text: t('broughtBack', { name: member.name }) })
      onClose()
    },
  })
  return (
    <>
      <Dialog
        open
        onOpenChange={onClose}
        title={t('bringBackTitle', { name: member.name })}
        description={t('bringBackText')}
        footer={
          <>
            <Button onClick={onClose}>{shared('cancel')}</Button>
            <Button variant="solid" type="submit" form={id} busy={form.sending}>
              {t('bringBackDo')}
            </Button>
          </>
        }
      >
        <Form form={form} id={id} label={t('bringBackTitle', { name: member.name })}>
          <Select
            label={t('askedHow')}
            options={ways.map((value) => ({ value, label: t(`askedHow/${value}`) }))}
            {...form.field('askedHow')}
          />
          <DateField label={t('askedOn')} {...form.field('askedOn')} />
          <TextField label={t('askedProof')} hint={t('askedProofHint')} maxLength={500} {...form.field('proof')} />
          <FormProblem />
        </Form>
      </Dialog>
      {dialog}
    </>
  )
}
