import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { RadioGroup } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type Resource, resourceQuery } from './queries.ts'
import { resourceWords } from './words.ts'

export type AddResourceDialogProps = { readonly onClose: () => void; readonly onAdded: (resource: Resource) => void }

/** Adds a room or a device. */
export function AddResourceDialog({ onClose, onAdded }: AddResourceDialogProps) {
  const t = useWords(resourceWords)
  const { id: workspaceId } = useWorkspace()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm<{ name: string; kind: Resource['kind'] }>({
    start: { name: '', kind: 'room' },
    draft: `resource.new.${workspaceId}`,
    check: ({ name }) => ({ name: name.trim() === '' ? t('nameNeeded') : undefined }),
    send: async ({ name, kind }, key) => {
      const resource = await call('POST /resources', { body: { name: name.trim(), kind }, idempotencyKey: key })
      queries.setQueryData(resourceQuery(resource.id).queryKey, resource)
      await queries.invalidateQueries({ queryKey: ['scheduling'] })
      notices.show({ tone: 'ok', text: t('added', { name: resource.name }) })
      onAdded(resource)
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('addTitle')}
      description={t('addText')}
      footer={
        <Button variant="solid" type="submit" form={id} busy={form.sending}>
          {t('doAdd')}
        </Button>
      }
    >
      <Form form={form} id={id} label={t('addTitle')}>
        <TextField label={t('name')} hint={t('nameHint')} maxLength={80} autoComplete="off" {...form.field('name')} />
        <RadioGroup
          label={t('kind')}
          {...form.field('kind')}
          choices={(['room', 'equipment'] as const).map((value) => ({ value, label: t(`kind/${value}`) }))}
        />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
