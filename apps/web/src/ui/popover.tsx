import { Popover as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'

/** What `Popover` is given. */
export type PopoverProps = {
  /** The one element that opens it. */
  readonly trigger: ReactElement
  /** What it is, for screen readers. */
  readonly label: string
  readonly children: ReactNode
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  /** Already open when it is first drawn; see `onDemandMenu`. */
  readonly startOpen?: boolean
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'bottom'
  /** Without the inner space, for lists that bring their own. */
  readonly flush?: boolean
  /** As wide as the trigger, for pickers. */
  readonly fit?: boolean
}

/** Something small that belongs to a control, above the page but not over the attention. */
export function Popover({
  trigger,
  label,
  children,
  open,
  onOpenChange,
  startOpen,
  align = 'start',
  side = 'bottom',
  flush,
  fit,
}: PopoverProps) {
  return (
    <Radix.Root defaultOpen={startOpen ?? false} {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cx(
            'z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-1rem)] origin-(--radix-popover-content-transform-origin) animate-rise overflow-auto rounded-lg bg-raised shadow-float focus:outline-none forced-colors:border',
            !flush && 'p-4',
            fit && 'w-(--radix-popover-trigger-width) min-w-64',
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
