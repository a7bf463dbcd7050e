import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Name } from './name.tsx'

/** What `PageHeader` is given. */
export type PageHeaderProps = {
  readonly title: string
  /** What the browser's tab says, when it is more than the title. */
  readonly tab?: string
  /** A softer word beside the title. */
  readonly note?: ReactNode
  /** On the desk, where the pane has a larger name below: what it belongs to, before the title, which is small then. */
  readonly trail?: ReactNode
  /** The title wraps on the phone instead of being cut, where nothing else shows it whole. */
  readonly whole?: boolean
  /** The way back on the phone: one link or button. */
  readonly back?: ReactNode
  readonly actions?: ReactNode
  /** Second line: tabs, filters. */
  readonly children?: ReactNode
  /** `h1` once a screen; a list beside a detail takes `h2`, so that the detail is what the screen is about. */
  readonly level?: 'h1' | 'h2'
}

/** The head of a pane. The `h1` takes the focus after a change of screen; it also names the browser's tab. */
export function PageHeader({ title, tab, note, trail, whole, back, actions, children, level: Heading = 'h1' }: PageHeaderProps) {
  return (
    <header className="shrink-0 border-b border-line">
      {Heading === 'h1' && <title>{`${tab ?? title} · Frontdesk`}</title>}
      <div className={cx('flex min-h-13 items-center gap-2 px-4 py-1.5 phone:min-h-14', Boolean(back) && 'phone:ps-1')}>
        {back && <span className="contents desk:hidden">{back}</span>}
        {trail && <span className="flex shrink-0 items-center gap-2 text-sm text-ink-3 phone:hidden">{trail} /</span>}
        <Heading
          tabIndex={-1}
          className={cx(
            'flex min-w-0 flex-1 items-baseline gap-2 text-lg tracking-[-0.01em]',
            Boolean(trail) && 'desk:text-sm desk:tracking-normal',
          )}
        >
          <Name cut className={whole ? 'phone:wrap-anywhere phone:whitespace-normal' : undefined}>
            {title}
          </Name>
          {note && <span className="shrink-0 text-xs font-normal tracking-normal text-ink-3">{note}</span>}
        </Heading>
        {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
      </div>
      {children}
    </header>
  )
}
