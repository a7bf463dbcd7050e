import { useId } from 'react'
import { useFormats, useWords } from '../lib/i18n.tsx'
import { cx } from './cx.ts'
import { uiWords } from './words.ts'

const fills = { accent: 'bg-solid', ok: 'bg-ok-mark', wait: 'bg-wait-mark', no: 'bg-no-mark' } as const

/** What `Progress` is given. */
export type ProgressProps = {
  readonly label: string
  readonly done: number
  /** Without a total the bar says only that something moves. */
  readonly total?: number
  /** What to expect: "About a minute. You may leave, we tell you." */
  readonly note?: string
  readonly tone?: keyof typeof fills
}

/** How far something has come, with the number in words beside the bar. For whatever takes longer than a second. */
export function Progress({ label, done, total, note, tone = 'accent' }: ProgressProps) {
  const t = useWords(uiWords)
  const formats = useFormats()
  const id = useId()
  const known = total !== undefined && total > 0
  const share = known ? Math.min(1, done / total) : 0.35
  return (
    <div className="grid gap-1">
      <p id={id} className="flex gap-3 text-sm">
        <span className="min-w-0 flex-1 font-medium">{label}</span>
        <span className="figures text-ink-2">{known ? t('progress', { done, total }) : formats.number(done)}</span>
      </p>
      <div
        role="progressbar"
        aria-labelledby={id}
        {...(known ? { 'aria-valuenow': Math.round(share * 100), 'aria-valuemin': 0, 'aria-valuemax': 100 } : {})}
        className="h-1.5 overflow-hidden rounded-full bg-fill-2 forced-colors:border"
      >
        <div
          style={{ width: `${share * 100}%` }}
          className={cx('h-full rounded-full transition-[width] forced-colors:bg-[Highlight]', fills[tone], !known && 'animate-shimmer')}
        />
      </div>
      {note && <p className="text-xs text-ink-3">{note}</p>}
    </div>
  )
}
