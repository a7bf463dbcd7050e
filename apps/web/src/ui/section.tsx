import { type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

/** What `Section` is given. */
export type SectionProps = {
  readonly title: string
  /** A softer word beside the title: how many, since when. */
  readonly note?: ReactNode
  readonly actions?: ReactNode
  /** One sentence below the title. */
  readonly intro?: ReactNode
  readonly children: ReactNode
  /** Without inner space, for lists and tables that bring their own. */
  readonly flush?: boolean
}

/** A part of a page, parted from the next by a hairline instead of a box. */
export function Section({ title, note, actions, intro, children, flush }: SectionProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={cx('grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 border-b border-line last:border-b-0', !flush && 'p-4')}
    >
      <header className={cx('grid gap-1', flush && 'px-4 pt-4')}>
        <div className="flex min-h-7 flex-wrap items-center gap-2">
          <h2 id={id} className="min-w-0 flex-1 font-strong">
            {title}
            {note && <span className="ms-2 text-xs font-normal text-ink-3">{note}</span>}
          </h2>
          {actions}
        </div>
        {intro && <p className="max-w-[64ch] text-sm text-ink-2">{intro}</p>}
      </header>
      {children}
    </section>
  )
}

/** Facts in two columns: what it is, and what it says. */
export function Facts({
  items,
  label,
}: {
  readonly label?: string
  readonly items: readonly { readonly term: string; readonly value: ReactNode }[]
}) {
  return (
    <dl aria-label={label} className="grid grid-cols-[minmax(5rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
      {items.map(({ term, value }) => (
        <div key={term} className="col-span-full grid grid-cols-subgrid">
          <dt className="text-ink-3">{term}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
