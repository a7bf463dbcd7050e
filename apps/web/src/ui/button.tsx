import type { ComponentProps, MouseEvent } from 'react'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import { Spinner } from './spinner.tsx'

const variants = {
  solid: 'border-transparent bg-solid text-on-solid shadow-rest hover:bg-solid-hover active:shadow-none',
  plain:
    'border-line-strong bg-raised text-ink shadow-rest hover:bg-[linear-gradient(var(--hover),var(--hover))] active:bg-[linear-gradient(var(--press),var(--press))] active:shadow-none',
  quiet: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink active:bg-press',
  danger: 'border-transparent bg-danger text-on-solid shadow-rest hover:bg-danger-hover active:shadow-none',
} as const

const sizes = {
  sm: 'h-control-sm rounded-sm px-2 text-xs',
  md: 'h-control rounded-md px-3 text-sm',
  lg: 'h-control-lg rounded-md px-4 text-md',
} as const

/** How a button looks: `solid` once a view, `plain` for the rest, `quiet` among other things, `danger` only where something cannot be undone. */
export type ButtonLook = {
  readonly variant?: keyof typeof variants
  readonly size?: keyof typeof sizes
  /** As wide as the column. */
  readonly wide?: boolean
}

/** The class names of a button, for links that look like one. */
export function buttonLook({ variant = 'plain', size = 'md', wide }: ButtonLook = {}): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 border font-medium whitespace-nowrap no-underline transition-colors select-none',
    'disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-3 disabled:shadow-none',
    'aria-disabled:cursor-default forced-colors:disabled:text-[GrayText]',
    variants[variant],
    sizes[size],
    wide && 'w-full',
  )
}

/** What `Button` is given. */
export type ButtonProps = Omit<ComponentProps<'button'>, 'className'> &
  ButtonLook & {
    readonly icon?: IconName
    /** Its work is running: it stays in reach of the keyboard but does nothing. */
    readonly busy?: boolean | undefined
    /** The key that does the same, shown on the desk. */
    readonly keys?: string
  }

/** A button. Its text is a verb. */
export function Button({ variant, size, wide, icon, busy, keys, children, onClick, type = 'button', ...rest }: ButtonProps) {
  const solid = variant === 'solid' || variant === 'danger'
  const act = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...rest}
      type={type}
      onClick={act}
      className={buttonLook({ variant, size, wide })}
      {...(busy ? { 'aria-busy': true, 'aria-disabled': true } : {})}
      {...(keys ? { 'aria-keyshortcuts': keys } : {})}
    >
      {busy ? <Spinner /> : icon && <Icon name={icon} className={solid ? undefined : 'text-ink-2'} />}
      {children}
      {keys && <Kbd look={solid ? 'onSolid' : 'plain'}>{keys}</Kbd>}
    </button>
  )
}
