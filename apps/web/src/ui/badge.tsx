import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'

/** What a colour means here. It is never said by the colour alone. */
export type Tone = 'neutral' | 'accent' | 'ok' | 'wait' | 'no' | 'ai'

const tones: Readonly<Record<Tone | 'outline', string>> = {
  neutral: 'bg-fill text-ink-2',
  accent: 'bg-accent-tint text-accent-ink',
  ok: 'bg-ok-tint text-ok-ink',
  wait: 'bg-wait-tint text-wait-ink',
  no: 'bg-no-tint text-no-ink',
  ai: 'bg-ai-tint text-ai-ink',
  outline: 'inset-ring inset-ring-line-strong text-ink-2',
}

/** What `Badge` is given. */
export type BadgeProps = { readonly tone?: Tone | 'outline'; readonly icon?: IconName; readonly children: ReactNode }

/** A state or a kind, in one or two words. */
export function Badge({ tone = 'neutral', icon, children }: BadgeProps) {
  return (
    <span
      className={cx(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-xs px-1.5 text-xs leading-none font-medium whitespace-nowrap forced-colors:border',
        tones[tone],
      )}
    >
      {icon && <Icon name={icon} size="xs" />}
      {children}
    </span>
  )
}

/** Stands beside everything an AI said or did. */
export function AiBadge() {
  return <Badge tone="ai">AI</Badge>
}

/** A label somebody gave, in its own hue (0 to 359). */
export function Tag({ hue, children, onRemove }: { readonly hue: number; readonly children: ReactNode; readonly onRemove?: ReactNode }) {
  return (
    <span
      data-hue
      style={{ '--h': hue }}
      className="inline-flex h-5 max-w-48 shrink-0 items-center gap-1 rounded-xs bg-hue-tint px-1.5 text-xs leading-none font-medium text-hue-ink forced-colors:border"
    >
      <span className="truncate">
        <bdi>{children}</bdi>
      </span>
      {onRemove}
    </span>
  )
}

/** How many; `loud` where somebody has to act. Give the sentence to screen readers as `label`. */
export function Count({ value, loud, label }: { readonly value: number | string; readonly loud?: boolean; readonly label?: string }) {
  return (
    <span
      className={cx(
        'figures inline-grid h-4.5 min-w-4.5 place-items-center rounded-full px-1.25 text-2xs leading-none font-strong',
        loud ? 'bg-solid text-on-solid' : 'bg-fill-2 text-ink-2',
      )}
    >
      <span aria-hidden={label ? true : undefined}>{value}</span>
      {label && <span className="sr-only">{label}</span>}
    </span>
  )
}

const dots: Readonly<Record<Tone, string>> = {
  neutral: 'bg-mark',
  accent: 'bg-accent-mark',
  ok: 'bg-ok-mark',
  wait: 'bg-wait-mark',
  no: 'bg-no-mark',
  ai: 'bg-ai-mark',
}

/** A small mark with words for those who do not see it. */
export function Dot({ tone = 'neutral', label }: { readonly tone?: Tone; readonly label: string }) {
  return (
    <span
      role="img"
      aria-label={label}
      className={cx('inline-block size-2 shrink-0 rounded-full forced-colors:bg-[CanvasText]', dots[tone])}
    />
  )
}

/** The mark of a category's hue, beside its name. */
export function HueDot({ hue }: { readonly hue: number }) {
  return <span aria-hidden="true" data-hue style={{ '--h': hue }} className="inline-block size-2 shrink-0 rounded-full bg-hue-mark" />
}
