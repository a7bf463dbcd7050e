import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { cx } from './cx.ts'
import { uiWords } from './words.ts'

/** How long nothing is shown, because most answers are there by then and a flash helps nobody. */
export const SKELETON_AFTER_MS = 300

/** True once the time has passed. */
export function useLater(ms: number): boolean {
  const [later, setLater] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return later
}

/** Shows its children 300 ms late, and tells screen readers that something is loading. */
export function Waiting({ children, label }: { readonly children: ReactNode; readonly label?: string }) {
  const t = useWords(uiWords)
  const later = useLater(SKELETON_AFTER_MS)
  return (
    <div role="status" aria-busy="true">
      {later && <span className="sr-only">{label ?? t('loading')}</span>}
      {later && children}
    </div>
  )
}

/** One grey shape; its size and corners are classes. */
export function Bone({ className }: { readonly className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'block animate-shimmer bg-[linear-gradient(90deg,var(--n-3)_25%,var(--n-4)_50%,var(--n-3)_75%)] bg-[length:200%_100%]',
        className ?? 'h-3 rounded-xs',
      )}
    />
  )
}

const widths = ['w-2/5', 'w-3/5', 'w-1/2', 'w-1/3', 'w-2/3'] as const

/** Rows like those of a list: a round mark and two lines. */
export function ListSkeleton({ rows = 6 }: { readonly rows?: number }) {
  return (
    <Waiting>
      <div className="grid gap-5 p-3">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
          <div key={row} className="flex items-center gap-3">
            <Bone className="size-8 shrink-0 rounded-full" />
            <div className="grid flex-1 gap-2">
              <Bone className={cx('h-3 rounded-xs', widths[row % widths.length])} />
              <Bone className={cx('h-2.5 rounded-xs', widths[(row + 2) % widths.length])} />
            </div>
          </div>
        ))}
      </div>
    </Waiting>
  )
}

/** Lines like those of a page. */
export function TextSkeleton({ lines = 4 }: { readonly lines?: number }) {
  return (
    <Waiting>
      <div className="grid gap-3">
        {Array.from({ length: lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
          <Bone key={line} className={cx('h-3 rounded-xs', widths[line % widths.length])} />
        ))}
      </div>
    </Waiting>
  )
}
