import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** What `EmptyState` is given. */
export type EmptyStateProps = {
  readonly icon: IconName
  /** One sentence: what will be here. */
  readonly children: ReactNode
  /** The one button that fills it. */
  readonly action?: ReactNode
}

/** An empty room. A failure is never shown as one. */
export function EmptyState({ icon, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-3 px-6 py-10 text-center">
      <span className="grid size-12 place-items-center rounded-xl bg-fill text-ink-3">
        <Icon name={icon} size="lg" />
      </span>
      <p className="max-w-[36ch] text-ink-2">{children}</p>
      {action}
    </div>
  )
}
