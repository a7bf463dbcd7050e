import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { cx } from './cx.ts'
import { useDialogFocus } from './dialog-focus.ts'
import { IconButton } from './icon-button.tsx'
import { uiWords } from './words.ts'

/** What `Sheet` is given. */
export type SheetProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly description?: ReactNode
  readonly children: ReactNode
  readonly footer?: ReactNode
  /** From the end of the line on the desk, or from the bottom; on the phone always from the bottom. */
  readonly side?: 'end' | 'bottom'
}

/** A longer form or a detail beside the work it belongs to. On the phone it fills the screen. */
export function Sheet({ open, onOpenChange, title, description, children, footer, side = 'end' }: SheetProps) {
  const t = useWords(uiWords)
  const focus = useDialogFocus()
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-appear bg-scrim" />
        <Radix.Content
          {...focus}
          className={cx(
            'fixed z-50 grid grid-rows-[auto_minmax(0,1fr)_auto] bg-raised shadow-float focus:outline-none forced-colors:border',
            'phone:inset-x-0 phone:bottom-0 phone:max-h-[92dvh] phone:animate-rise phone:rounded-t-xl phone:pb-[env(safe-area-inset-bottom)]',
            side === 'end'
              ? 'desk:inset-y-0 desk:end-0 desk:w-full desk:max-w-112 desk:animate-slide-in rtl:[--from:-1rem]'
              : 'desk:inset-x-0 desk:bottom-0 desk:mx-auto desk:max-h-[80vh] desk:max-w-176 desk:animate-rise desk:rounded-t-xl',
          )}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="flex items-start gap-2 border-b border-line px-5 py-3">
            <div className="grid min-h-control min-w-0 flex-1 content-center gap-0.5">
              <Radix.Title className="text-lg font-strong">{title}</Radix.Title>
              {description && <Radix.Description className="text-sm text-ink-2">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton name={t('close')} icon="close" tip="none" />
            </Radix.Close>
          </header>
          <div data-body className="scroll-calm min-h-0 overflow-auto p-5">
            {children}
          </div>
          {footer && <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
