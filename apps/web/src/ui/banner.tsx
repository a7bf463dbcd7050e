import type { ReactNode } from 'react'
import type { Tone } from './badge.tsx'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'

type BannerTone = Extract<Tone, 'wait' | 'no' | 'neutral'>

const banners: Readonly<Record<BannerTone, { readonly look: string; readonly ink: string; readonly icon: IconName }>> = {
  wait: { look: 'border-wait-line bg-wait-tint', ink: 'text-wait-ink', icon: 'alert' },
  no: { look: 'border-no-line bg-no-tint', ink: 'text-no-ink', icon: 'alert' },
  neutral: { look: 'border-line bg-sunken', ink: 'text-ink-3', icon: 'info' },
}

/** What `Banner` is given. */
export type BannerProps = {
  readonly tone?: BannerTone
  readonly icon?: IconName
  /** What is the matter, and what it means for the person. */
  readonly children: ReactNode
  /** The one thing to do about it. */
  readonly action?: ReactNode
}

/** Something that stays true until somebody changes it, across the top of the work. */
export function Banner({ tone = 'wait', icon, children, action }: BannerProps) {
  const { look, ink, icon: usual } = banners[tone]
  return (
    <div role="status" className={cx('flex items-center gap-3 min-h-10 border-b px-4 py-1 text-sm', look)}>
      <Icon name={icon ?? usual} className={ink} />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  )
}

const notes: Readonly<Record<Exclude<Tone, 'accent'>, { readonly look: string; readonly ink: string; readonly icon: IconName }>> = {
  neutral: { look: 'bg-fill', ink: 'text-ink-3', icon: 'info' },
  ok: { look: 'bg-ok-tint', ink: 'text-ok-ink', icon: 'check' },
  wait: { look: 'bg-wait-tint', ink: 'text-wait-ink', icon: 'clock' },
  no: { look: 'bg-no-tint', ink: 'text-no-ink', icon: 'alert' },
  ai: { look: 'bg-ai-tint', ink: 'text-ai-ink', icon: 'bot' },
}

/** What `Note` is given. */
export type NoteProps = {
  readonly tone?: keyof typeof notes
  readonly icon?: IconName
  readonly children: ReactNode
  readonly role?: 'status' | 'alert'
}

/** A sentence that belongs to what stands around it: a reason, a condition, what was kept. */
export function Note({ tone = 'neutral', icon, children, role }: NoteProps) {
  const { look, ink, icon: usual } = notes[tone]
  return (
    <div role={role} className={cx('flex gap-2 rounded-md px-3 py-2 text-sm forced-colors:border', look)}>
      <Icon name={icon ?? usual} className={cx('mt-0.5', ink)} />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}
