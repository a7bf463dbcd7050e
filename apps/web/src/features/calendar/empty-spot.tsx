import { type PointerEvent, useState } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { bandLook, placed } from './block-look.ts'
import { DAY_MINUTES, instantAt } from './clock-days.ts'
import type { Column } from './column-blocks.ts'
import { calendarWords } from './words.ts'

/** Minutes between two places one can point at. */
const STEP = 15

export type EmptySpotProps = {
  readonly column: Column
  readonly zone: string
  readonly onBook: (start: string, staffId: string | undefined) => void
}

/**
 * The empty ground of a column: pointing at it shows a time, pressing it books there. For the mouse alone; everybody else has the button "Book", so it has no name and
 * takes no focus.
 */
export function EmptySpot({ column, zone, onBook }: EmptySpotProps) {
  const t = useWords(calendarWords)
  const formats = useFormats(zone)
  const [minute, setMinute] = useState<number>()
  const point = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType === 'touch') return
    const { top, height } = event.currentTarget.getBoundingClientRect()
    const at = Math.floor((((event.clientY - top) / height) * DAY_MINUTES) / STEP) * STEP
    setMinute(Math.min(Math.max(0, at), DAY_MINUTES - STEP))
  }
  const start = minute === undefined ? undefined : instantAt(column.date, minute, zone)
  return (
    <div
      aria-hidden="true"
      className="absolute inset-0 cursor-copy"
      onPointerMove={point}
      onPointerLeave={() => setMinute(undefined)}
      onClick={() => start && onBook(start, column.staffId)}
    >
      {minute !== undefined && start && (
        <span
          style={placed({ from: minute, until: minute + 30 })}
          className={`${bandLook} pointer-events-none mx-0.5 rounded-sm bg-accent-tint px-2 py-0.5 text-2xs font-medium text-accent-ink`}
        >
          {t('bookAt', { time: formats.time(start) })}
        </span>
      )}
    </div>
  )
}
