import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/**
 * List, detail and side of a room. Three from 1180 px, two from 1000 px (the side moves below the detail's content or into a sheet, as the room decides),
 * one below 720 px: there `open` says whether the detail or the list is the page.
 */
export function Panes({ open, children }: { readonly open: boolean; readonly children: ReactNode }) {
  return (
    <div data-open={open || undefined} className="group/panes flex h-full min-h-0 min-w-0">
      {children}
    </div>
  )
}

/** The list of a room. */
export function ListPane({
  label,
  header,
  children,
}: {
  readonly label: string
  readonly header?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section
      aria-label={label}
      className="flex min-h-0 w-list shrink-0 flex-col border-e border-line bg-backdrop phone:w-full phone:border-0 phone:bg-surface phone:group-data-open/panes:hidden"
    >
      {header}
      <div className="scroll-calm min-h-0 flex-1 overflow-auto overscroll-contain p-2 pt-1">{children}</div>
    </section>
  )
}

/** What one works on. */
export function DetailPane({
  header,
  children,
  className,
}: {
  readonly header?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}) {
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface phone:not-group-data-open/panes:hidden">
      {header}
      <div className={cx('scroll-calm min-h-0 min-w-0 flex-1 overflow-auto overscroll-contain', className)} data-scroll>
        {children}
      </div>
    </div>
  )
}

/** Next actions and rules beside the detail. Hidden below 1180 px; the room shows the same content elsewhere there. */
export function SidePane({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <aside
      aria-label={label}
      className="scroll-calm hidden min-h-0 w-side shrink-0 overflow-auto border-s border-line bg-surface three:block"
    >
      {children}
    </aside>
  )
}

/** A room without a list: one column that scrolls, as wide as reading allows. */
export function Page({ header, children, wide }: { readonly header?: ReactNode; readonly children: ReactNode; readonly wide?: boolean }) {
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col bg-surface">
      {header}
      <div className="scroll-calm min-h-0 flex-1 overflow-auto overscroll-contain" data-scroll>
        <div className={cx('mx-auto min-w-0', wide ? 'max-w-none' : 'max-w-176')}>{children}</div>
      </div>
    </div>
  )
}
