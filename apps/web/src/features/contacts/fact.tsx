import type { ReactNode } from 'react'

/** One thing that is known of her. */
export function Fact({ term, wide, children }: { readonly term: string; readonly wide?: boolean; readonly children: ReactNode }) {
  return (
    <div className={`grid min-w-0 content-start gap-0.5 ${wide ? 'phone:col-span-full' : ''}`}>
      <dt className="text-xs text-ink-3">{term}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}
