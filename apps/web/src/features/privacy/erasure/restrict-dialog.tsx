import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import type { RightsDialogProps } from './export-dialog.tsx'
import { type ContactRights, rightsQuery } from './queries.ts'
import { rightsWords } from './words.ts'

type Ground = NonNullable<ContactRights['restriction']>['ground']
const grounds = ['accuracy_contested', 'unlawful', 'needed_for_claims', 'objection_pending'] as const satisfies readonly Ground[]

/** Has her data kept and not used, or used again. */
export function RestrictDialog({ contactId, name, onClose }: RightsDialogProps) {
  const t = useWords(rightsWords)
  const formats = useFormats()
  const queries = useQueryClient()
  const id = useId()
  const { data: rights } = useQuery(rightsQuery(contactId))
  const restriction = rights?.restriction ?? null
  const form = useForm({
    start: { ground: 'accuracy_contested' as Ground, because: '' },
    send: async ({ ground, because }) => {
      const answer = restriction
        ? await call('POST /contacts/{contactId}/restriction/lift', { params: { contactId }, body: { because } })
        : await call('POST /contacts/{contactId}/restriction', { params: { contactId }, body: { ground } })
      queries.setQueryData(rightsQuery(contactId).queryKey, answer)
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      onClose()
    },
  })
  const title = restriction ? t('liftTitle', { name }) : t('restrictTitle', { name })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={
        restriction
          ? t('liftText', { since: formats.weekdayDate(restriction.since), ground: t(`ground/${restriction.ground}`) })
          : t('restrictText')
      }
      footer={
        <>
          <Button onClick={onClose}>{t('keep')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending} disabled={!rights}>
            {restriction ? t('doLift') : t('doRestrict')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        {restriction ? (
          <TextField label={t('liftBecause')} maxLength={300} {...form.field('because')} />
        ) : (
          <Select
            label={t('restrictWhy')}
            options={grounds.map((value) => ({ value, label: t(`ground/${value}`) }))}
            {...form.field('ground')}
          />
        )}
        <FormProblem />
      </Form>
    </Dialog>
  )
}
