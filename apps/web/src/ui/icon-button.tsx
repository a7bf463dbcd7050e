import type { ComponentProps } from 'react'
import { type ButtonLook, buttonLook } from './button.tsx'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'
import { Spinner } from './spinner.tsx'
import { Tooltip, type TooltipSide } from './tooltip.tsx'

const squares = { sm: 'w-(--control-sm) px-0!', md: 'w-(--control) px-0!', lg: 'w-(--control-lg) px-0!' } as const

/** What `IconButton` is given. */
export type IconButtonProps = Omit<ComponentProps<'button'>, 'className' | 'aria-label' | 'children'> &
  Omit<ButtonLook, 'wide'> & {
    /** What it does, in words: spoken, and shown when the pointer rests on it. */
    readonly name: string
    readonly icon: IconName
    readonly busy?: boolean | undefined
    readonly keys?: string
    /** Where the words appear; `none` where a menu opens at once. */
    readonly tip?: TooltipSide | 'none'
  }

/** A button that is only an icon. The compiler asks for its name. */
export function IconButton({
  name,
  icon,
  variant = 'quiet',
  size = 'md',
  busy,
  keys,
  tip = 'bottom',
  type = 'button',
  onClick,
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      {...rest}
      type={type}
      onClick={busy ? undefined : onClick}
      aria-label={name}
      className={cx(buttonLook({ variant, size }), squares[size])}
      {...(busy ? { 'aria-busy': true, 'aria-disabled': true } : {})}
      {...(keys ? { 'aria-keyshortcuts': keys } : {})}
    >
      {busy ? <Spinner /> : <Icon name={icon} size={size === 'lg' ? 'lg' : 'md'} />}
    </button>
  )
  if (tip === 'none') return button
  return (
    <Tooltip text={name} side={tip} {...(keys ? { keys } : {})}>
      {button}
    </Tooltip>
  )
}
