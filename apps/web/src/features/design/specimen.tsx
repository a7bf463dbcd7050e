import { type ReactNode, useId } from 'react'

/** One chapter of the gallery. */
export function Specimen({ title, note, children }: { readonly title: string; readonly note?: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
      <h2 id={id} className="text-lg">
        {title}
        {note && <span className="ms-2 text-xs font-normal text-ink-3">{note}</span>}
      </h2>
      {children}
    </section>
  )
}

/** Things side by side, as many as fit. */
export function Columns({ children }: { readonly children: ReactNode }) {
  return <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,26rem),1fr))] items-start gap-6">{children}</div>
}

/** Things in a row that wraps. */
export function Row({ children }: { readonly children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>
}
