import { cx } from './cx.ts'

/** What `Name` is given. */
export type NameProps = {
  readonly children: string
  /** Cut with an ellipsis, where the whole name stands elsewhere. */
  readonly cut?: boolean
  readonly className?: string
}

/**
 * A name or a message as somebody wrote it, in any script. It keeps its own direction without moving the words around it, and stands at the start of the line like
 * every other row.
 */
export function Name({ children, cut, className }: NameProps) {
  return (
    <span className={cx(cut && 'min-w-0 truncate', className)}>
      <bdi>{children}</bdi>
    </span>
  )
}
