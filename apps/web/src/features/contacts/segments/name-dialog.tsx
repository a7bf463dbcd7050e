import { useId } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { segmentsWords } from './words.ts'

export type NameDialogProps = {
  readonly title: string
  readonly label: string
  readonly action: string
  readonly name: string
  readonly onClose: () => void
  readonly send: (name: string, key: string) => Promise<void>
}

/** Asks for one name. */
export function NameDialog({ title, label, action, name, onClose, send }: NameDialogProps) {
  const t = useWords(segmentsWords)
  const id = useId()
  const form = useForm<{ name: string }>({
    start: { name },
    check: (values) => ({ name: values.name.trim() === '' ? t('nameMissing') : undefined }),
    send: async (values, key) => {
      await send(values.name.trim(), key)
      onClose()
    },
    beside: { 'contacts/list-taken': 'name' },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {action}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        <TextField label={label} maxLength={120} autoComplete="off" {...form.field('name')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
