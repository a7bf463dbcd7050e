import { type ReactNode, useId } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'

/** What `WordsDialog` is given. */
export type WordsDialogProps = {
  readonly title: string
  readonly intro?: ReactNode
  readonly label: string
  readonly hint?: string
  readonly action: string
  /** More fields above the words. */
  readonly children?: ReactNode
  readonly onSend: (words: string, key: string) => Promise<unknown>
  readonly onClose: () => void
}

/** Asks for a few words and sends them: a decision, a reason, grounds. */
export function WordsDialog({ title, intro, label, hint, action, children, onSend, onClose }: WordsDialogProps) {
  const shared = useWords(settingsWords)
  const id = useId()
  const form = useForm<{ readonly words: string }>({
    start: { words: '' },
    check: ({ words }) => ({ words: isBlank(words) ? shared('needed') : undefined }),
    send: async ({ words }, key) => {
      await onSend(words.trim(), key)
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={intro}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {action}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        {children}
        <TextArea label={label} hint={hint} maxLength={10_000} {...form.field('words')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
