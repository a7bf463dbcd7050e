import type { ToldOfLifting } from '@frontdesk/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { isBlank } from '../../accounts/checks.ts'
import type { RightsDialogProps } from './export-dialog.tsx'
import { type ContactRights, rightsQuery } from './queries.ts'
import { rightsWords } from './words.ts'

/** Has her data kept and not used, or used again once she was told. */
export function RestrictDialog(props: RightsDialogProps) {
  const { data: rights } = useQuery(rightsQuery(props.contactId))
  if (!rights) return null
  return rights.restriction ? <LiftDialog {...props} restriction={rights.restriction} /> : <KeepDialog {...props} />
}

const grounds = ['accuracy_contested', 'unlawful', 'needed_for_claims', 'objection_pending'] as const

function KeepDialog({ contactId, name, onClose }: RightsDialogProps) {
  const t = useWords(rightsWords)
  const keep = useKeepAnswer(contactId, onClose)
  const id = useId()
  const form = useForm({
    start: { ground: 'accuracy_contested' as (typeof grounds)[number] },
    send: async ({ ground }) => keep(await call('POST /contacts/{contactId}/restriction', { params: { contactId }, body: { ground } })),
  })
  const title = t('restrictTitle', { name })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={t('restrictText')}
      footer={
        <>
          <Button onClick={onClose}>{t('keep')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('doRestrict')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        <Select
          label={t('restrictWhy')}
          options={grounds.map((value) => ({ value, label: t(`ground/${value}`) }))}
          {...form.field('ground')}
        />
        <FormProblem />
      </Form>
    </Dialog>
  )
}

const ways = ['mail', 'letter', 'phone', 'in_person'] as const satisfies readonly ToldOfLifting['how'][]
type Restriction = NonNullable<ContactRights['restriction']>

function LiftDialog({ contactId, name, onClose, restriction }: RightsDialogProps & { readonly restriction: Restriction }) {
  const t = useWords(rightsWords)
  const formats = useFormats()
  const keep = useKeepAnswer(contactId, onClose)
  const id = useId()
  const { lifting, since, ground } = restriction
  const able = lifting === 'letter_leaving' ? ways.slice(1) : ways
  const form = useForm({
    start: { because: '', how: (able[0] ?? 'phone') as (typeof ways)[number], proof: '' },
    check: ({ because, how, proof }) => ({
      because: isBlank(because) ? t('liftBecauseMissing') : undefined,
      proof: how !== 'mail' && isBlank(proof) ? t('liftProofMissing') : undefined,
    }),
    send: async ({ because, how, proof }) => {
      const told = how === 'mail' ? { how } : { how, proof: proof.trim() }
      const body = { because: because.trim(), told }
      keep(await call('POST /contacts/{contactId}/restriction/lift', { params: { contactId }, body }))
    },
  })
  const title = t('liftTitle', { name })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={t('liftText', { since: formats.weekdayDate(since), ground: t(`ground/${ground}`) })}
      footer={
        <>
          <Button onClick={onClose}>{t('keep')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t(form.values.how === 'mail' ? 'doWrite' : 'doLift')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        {lifting && <Note tone={lifting === 'letter_failed' ? 'no' : 'wait'}>{t(`lift/${lifting}`)}</Note>}
        <TextField label={t('liftBecause')} maxLength={300} {...form.field('because')} />
        <Select label={t('liftHow')} options={able.map((value) => ({ value, label: t(`liftHow/${value}`) }))} {...form.field('how')} />
        {form.values.how !== 'mail' && (
          <TextField label={t('liftProof')} hint={t('liftProofHint')} maxLength={500} {...form.field('proof')} />
        )}
        <FormProblem />
      </Form>
    </Dialog>
  )
}

function useKeepAnswer(contactId: string, onClose: () => void) {
  const queries = useQueryClient()
  return (answer: ContactRights) => {
    queries.setQueryData(rightsQuery(contactId).queryKey, answer)
    void queries.invalidateQueries({ queryKey: ['contacts'] })
    void queries.invalidateQueries({ queryKey: ['registers', 'recipient-notices'] })
    onClose()
  }
}
