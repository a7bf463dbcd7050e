import { useEffect, useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { sensitiveWords } from './words.ts'

export type ShownValueProps = {
  readonly label: string
  readonly value: string
  /** For how long it is shown, in seconds. */
  readonly showFor: number
  readonly onHide: () => void
}

/** A value in full, for a short while: it hides by itself, when it is hidden, and when the window is left. */
export function ShownValue({ label, value, showFor, onHide }: ShownValueProps) {
  const t = useWords(sensitiveWords)
  const [left, setLeft] = useState(showFor)
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => before - 1), 1000)
    const leave = () => document.visibilityState === 'hidden' && onHide()
    document.addEventListener('visibilitychange', leave)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', leave)
    }
  }, [onHide])
  useEffect(() => {
    if (left <= 0) onHide()
  }, [left, onHide])
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-md bg-sunken px-3 py-2">
      <output aria-label={label} className="min-w-0 flex-1 text-md font-medium tabular-nums wrap-anywhere phone:basis-full">
        <bdi>{value}</bdi>
      </output>
      <span className="text-xs text-ink-3 tabular-nums">{t('hidesIn', { count: left })}</span>
      <Button size="sm" icon="hidden" onClick={onHide}>
        {t('hide')}
      </Button>
    </div>
  )
}
