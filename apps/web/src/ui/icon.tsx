import { cx } from './cx.ts'
import { directedIcons, type IconName, iconShapes } from './icon-shapes.ts'

export type { IconName } from './icon-shapes.ts'

const sizes = { xs: 'size-3', sm: 'size-3.5', md: 'size-4', lg: 'size-5', xl: 'size-7' } as const

/** What `Icon` is given. */
export type IconProps = {
  readonly name: IconName
  /** 12, 14, 16 (the default), 20 or 28 px. */
  readonly size?: keyof typeof sizes
  readonly className?: string
}

/** One of our own icons. It never speaks: the words stand beside it, or on the button around it. */
export function Icon({ name, size = 'md', className }: IconProps) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      className={cx(
        'shrink-0 fill-none stroke-current stroke-[1.5] [stroke-linecap:round] [stroke-linejoin:round]',
        sizes[size],
        directedIcons.has(name) && 'rtl:-scale-x-100',
        className,
      )}
    >
      <path d={iconShapes[name]} />
    </svg>
  )
}
