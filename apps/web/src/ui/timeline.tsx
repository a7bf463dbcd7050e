import type { InstantLike } from '@frontdesk/i18n'
import type { ReactNode } from 'react'
import { Ago } from './ago.tsx'
import type { Tone } from './badge.tsx'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'

const marks: Readonly<Record<Tone, string>> = {
  neutral: 'bg-fill text-ink-2',
  accent: 'bg-accent-tint text-accent-ink',
  ok: 'bg-ok-tint text-ok-ink',
  wait: 'bg-wait-tint text-wait-ink',
  no: 'bg-no-tint text-no-ink',
  ai: 'bg-ai-tint text-ai-ink',
}

/** One day of a timeline, with its events below. */
export function TimelineDay({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="grid">
      <h3 className="py-3 text-xs font-medium text-ink-3">{title}</h3>
      <ol className="grid">{children}</ol>
    </section>
  )
}

/** What `TimelineEvent` is given. */
export type TimelineEventProps = {
  readonly icon: IconName
  readonly tone?: Tone
  readonly at: InstantLike
  /** Who did what, names in bold. A reader who sees only these sentences knows the story. */
  readonly sentence: ReactNode
  /** A softer line beside it: how long, how much. */
  readonly meta?: ReactNode
  /** At most one card with the content. */
  readonly children?: ReactNode
}

/** One thing that happened. */
export function TimelineEvent({ icon, tone = 'neutral', at, sentence, meta, children }: TimelineEventProps) {
  return (
    <li
      className={cx(
        'relative grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3 pb-5',
        // The thread between the marks ends with the day.
        "before:absolute before:start-3.5 before:top-8 before:bottom-1 before:w-px before:bg-line before:content-[''] last:before:hidden",
      )}
    >
      <span className={cx('grid size-7 place-items-center', tone === 'ai' ? 'rounded-[30%]' : 'rounded-full', marks[tone])}>
        <Icon name={icon} size="sm" />
      </span>
      <div className="grid min-w-0 content-start gap-2 pt-1">
        <p className="flex items-baseline gap-2 text-sm">
          <span className="min-w-0 flex-1">
            {sentence}
            {meta && <span className="ms-2 text-xs whitespace-nowrap text-ink-3">{meta}</span>}
          </span>
          <Ago at={at} className="text-xs text-ink-3" />
        </p>
        {children && <div className="grid min-w-0 gap-2 text-sm text-ink-2">{children}</div>}
      </div>
    </li>
  )
}
