import { Dialog as Radix, AlertDialog as RadixAlert } from 'radix-ui'
import { type ReactNode, useId, useState } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { useDialogFocus } from './dialog-focus.ts'
import { IconButton } from './icon-button.tsx'
import { TextField } from './text-field.tsx'
import { uiWords } from './words.ts'

const scrimLook = 'fixed inset-0 z-50 animate-appear bg-scrim'
/** In the middle of the desk; on the phone it rises from the bottom, where the thumb is. */
const boxLook = cx(
  'fixed z-50 grid max-h-[calc(100dvh-2rem)] w-full animate-rise grid-rows-[auto_minmax(0,1fr)_auto] overflow-hidden bg-raised shadow-float focus:outline-none',
  'desk:inset-x-0 desk:top-[12vh] desk:mx-auto desk:max-h-[76vh] desk:rounded-lg',
  'phone:inset-x-0 phone:bottom-0 phone:rounded-t-xl phone:pb-[env(safe-area-inset-bottom)] forced-colors:border',
)
const widths = { sm: 'desk:max-w-104', md: 'desk:max-w-128', lg: 'desk:max-w-176' } as const

/** What `Dialog` is given. */
export type DialogProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly description?: ReactNode
  readonly children?: ReactNode
  /** Buttons, the main one last. */
  readonly footer?: ReactNode
  readonly size?: keyof typeof widths
}

/** A task that wants the whole attention. Escape and a click beside it close it; what was typed stays in the draft. */
export function Dialog({ open, onOpenChange, title, description, children, footer, size = 'sm' }: DialogProps) {
  const t = useWords(uiWords)
  const focus = useDialogFocus()
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimLook} />
        <Radix.Content className={cx(boxLook, widths[size])} {...focus} {...(description ? {} : { 'aria-describedby': undefined })}>
          <header className="flex items-start gap-2 p-5 pb-3">
            <div className="grid min-h-(--control-sm) min-w-0 flex-1 content-center gap-1">
              <Radix.Title className="text-lg font-strong">{title}</Radix.Title>
              {description && <Radix.Description className="text-sm text-ink-2">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton name={t('close')} icon="close" tip="none" size="sm" />
            </Radix.Close>
          </header>
          <div data-body className="scroll-calm min-h-0 overflow-auto px-5 pb-5 empty:hidden">
            {children}
          </div>
          {footer && <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** What `ConfirmDialog` is given. */
export type ConfirmDialogProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** A question with the name of the thing. */
  readonly title: string
  /** What will be gone and what stays. */
  readonly description: ReactNode
  /** The verb of the final button. */
  readonly action: string
  /** A word to type first, where much is lost. */
  readonly word?: string
  readonly busy?: boolean
  readonly onConfirm: () => void
}

/** Asks before the irreversible, and only then; for all else there is undo. */
export function ConfirmDialog({ open, onOpenChange, title, description, action, word, busy, onConfirm }: ConfirmDialogProps) {
  const t = useWords(uiWords)
  const focus = useDialogFocus()
  const form = useId()
  const [typed, setTyped] = useState('')
  const ready = word === undefined || typed.trim() === word
  return (
    <RadixAlert.Root
      open={open}
      onOpenChange={(next) => {
        setTyped('')
        onOpenChange(next)
      }}
    >
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={scrimLook} />
        <RadixAlert.Content className={cx(boxLook, widths.sm)} {...focus}>
          <div className="grid gap-1 p-5 pb-3">
            <RadixAlert.Title className="text-lg font-strong">{title}</RadixAlert.Title>
            <RadixAlert.Description className="text-sm text-ink-2">{description}</RadixAlert.Description>
          </div>
          <form
            data-body
            id={form}
            className="px-5 pb-5 empty:hidden"
            onSubmit={(event) => {
              event.preventDefault()
              if (ready && !busy) onConfirm()
            }}
          >
            {word !== undefined && <TextField label={t('typeToConfirm', { word })} value={typed} onChange={setTyped} autoComplete="off" />}
          </form>
          <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
            <RadixAlert.Cancel asChild>
              <Button>{t('cancel')}</Button>
            </RadixAlert.Cancel>
            <Button variant="danger" type="submit" form={form} disabled={!ready} busy={busy}>
              {action}
            </Button>
          </footer>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  )
}
