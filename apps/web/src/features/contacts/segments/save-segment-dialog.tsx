import type { ContactFilter, TableLook } from '@frontdesk/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { partsOf } from './filter-value.ts'
import { mayShareSegments } from './may-keep.ts'
import type { Segment } from './queries.ts'
import { useSayFilter } from './use-say-filter.ts'
import { segmentsWords } from './words.ts'

export type SaveSegmentDialogProps = {
  readonly filter: ContactFilter
  /** How its table looks, where it is shown in one. */
  readonly look: TableLook | null
  readonly onClose: () => void
  readonly onSaved: (segment: Segment) => void
}

/** Keeps the conditions in force under a name. */
export function SaveSegmentDialog({ filter, look, onClose, onSaved }: SaveSegmentDialogProps) {
  const t = useWords(segmentsWords)
  const say = useSayFilter([filter])
  const { role } = useWorkspace()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm<{ name: string; shared: boolean }>({
    start: { name: '', shared: mayShareSegments.includes(role) },
    check: ({ name }) => ({ name: name.trim() === '' ? t('nameMissing') : undefined }),
    send: async ({ name, shared }, key) => {
      const saved = await call('POST /segments', { body: { name: name.trim(), shared, filter, look }, idempotencyKey: key })
      await queries.invalidateQueries({ queryKey: ['segments'] })
      notices.show({ tone: 'ok', text: t('saved', { name: saved.name }) })
      onSaved(saved)
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('saveAs')}
      description={[...(partsOf(filter).parts.length > 0 ? [say.filter(filter)] : []), ...(look ? [t('keepsLook')] : [])].join(' · ')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('saveAs')}>
        <TextField label={t('name')} maxLength={120} autoComplete="off" {...form.field('name')} />
        {mayShareSegments.includes(role) && <Switch label={t('shared')} hint={t('sharedHint')} {...form.field('shared')} />}
        <FormProblem />
      </Form>
    </Dialog>
  )
}
