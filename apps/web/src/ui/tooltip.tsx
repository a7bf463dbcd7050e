import { Direction, Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

/** Stands once around the app, so that moving along a row of buttons shows the next tip at once. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={300}>
      {children}
    </Radix.Provider>
  )
}

/** Along the line of reading, so that a tip stands on the right side in every language. */
export type TooltipSide = 'top' | 'bottom' | 'start' | 'end'

export type TooltipProps = {
  readonly text: ReactNode
  readonly keys?: string
  readonly side?: TooltipSide
  /** One element that takes the pointer and the focus. */
  readonly children: ReactElement
}

/** A few words about a control. Never the only place where something is said: a finger has no hover. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  const rtl = Direction.useDirection() === 'rtl'
  const sides = { top: 'top', bottom: 'bottom', start: rtl ? 'right' : 'left', end: rtl ? 'left' : 'right' } as const
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={sides[side]}
          sideOffset={6}
          collisionPadding={8}
          className="z-60 flex max-w-72 animate-appear items-center gap-2 rounded-sm bg-raised px-2 py-1 text-xs text-ink shadow-near phone:hidden"
        >
          {text}
          {keys && <Kbd>{keys}</Kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
