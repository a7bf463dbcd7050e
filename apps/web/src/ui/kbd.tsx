import { cx } from './cx.ts'

const looks = {
  plain: 'border-line-strong bg-surface text-ink-2',
  onSolid: 'border-on-solid/35 bg-on-solid/15 text-on-solid',
} as const

/** A key to press. Hidden on the phone, which has no keys; screen readers hear `aria-keyshortcuts` of the control instead. */
export function Kbd({ children, look = 'plain' }: { readonly children: string; readonly look?: keyof typeof looks }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-grid h-5 min-w-5 place-items-center rounded-xs border px-1 font-sans text-2xs leading-none font-medium phone:hidden',
        looks[look],
      )}
    >
      {children.length === 1 ? children.toUpperCase() : children}
    </span>
  )
}
