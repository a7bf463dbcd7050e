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
import type { Flag } from './queries.ts'
import { agesWords } from './words.ts'

export type ReleaseDialogProps = {
  readonly flag: Pick<Flag, 'id' | 'name'>
  readonly onClose: () => void
}

/** Says why it was a mistake to keep somebody apart; her data is used again. */
export function ReleaseDialog({ flag, onClose }: ReleaseDialogProps) {
  const t = useWords(agesWords)
  const notices = useNotices()
  const queries = useQueryClient()
  const id = useId()
  const name = flag.name ?? ''
  const form = useForm({
    start: { because: '' },
    check: ({ because }) => ({ because: isBlank(because) ? t('becauseMissing') : undefined }),
    send: async ({ because }) => {
      await call('POST /flagged-contacts/{flagId}/release', { params: { flagId: flag.id }, body: { because: because.trim() } })
      void queries.invalidateQueries({ queryKey: ['privacy'] })
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      notices.show({ tone: 'ok', text: t('released', { name }) })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('releaseTitle', { name })}
      description={t('releaseText')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('release')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('releaseTitle', { name })}>
        <TextField label={t('because')} maxLength={300} autoFocus {...form.field('because')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
