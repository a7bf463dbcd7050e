import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'

/** Says that a part is in order, without the room that an empty page takes. */
export function Calm({ children }: { readonly children: ReactNode }) {
  return (
    <p className="flex items-center gap-2 text-sm text-ink-2">
      <Icon name="check" className="text-ok-ink" />
      {children}
    </p>
  )
}
