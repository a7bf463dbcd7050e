import { cx } from './cx.ts'
import { Icon } from './icon.tsx'

/** Something is going on; the words beside it say what. With reduced motion it stands still. */
export function Spinner({ className }: { readonly className?: string }) {
  return <Icon name="spinner" className={cx('animate-spin', className)} />
}
