import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { addMinutes, DAY_MINUTES, instantAt, minutesBetween, type Span } from './clock-days.ts'
import type { Column } from './column-blocks.ts'
import type { Drop, Verdict } from './judge-drop.ts'
import type { Booking, Slot } from './queries.ts'

/** A booking on its way over the calendar, or let go where it cannot stay and waiting for an answer. */
export type Drag = Span & {
  readonly booking: Booking
  readonly column: number
  readonly drop: Drop
  readonly verdict: Verdict
  readonly phase: 'moving' | 'asking'
  /** What the server offered instead, when it was the server that refused. */
  readonly offered?: readonly Slot[]
}

export type DragSettings = {
  /** Holds one element with `data-column` for each column, each a whole day high. */
  readonly grid: RefObject<HTMLElement | null>
  readonly columns: readonly Column[]
  readonly zone: string
  /** Minutes between two places where something can be let go. */
  readonly stepOf: (booking: Booking) => number
  readonly judge: (booking: Booking, drop: Drop) => Verdict
  /** Let go where it can be had. */
  readonly onDrop: (drag: Drag) => void
}

/** A pointer that moves less than this clicks. */
const SLACK_PX = 5
/** So near to the edge the calendar scrolls along. */
const EDGE_PX = 36

/**
 * Moves bookings with a mouse or a pen. Fingers scroll instead; they, and the keyboard, have "Move…". `begin` goes on the block; what is asked afterwards is closed
 * with `dismiss`.
 */
export function useDrag(settings: DragSettings): {
  readonly drag: Drag | undefined
  readonly begin: (event: ReactPointerEvent<HTMLElement>, booking: Booking, span: Span) => void
  readonly ask: (drag: Drag) => void
  readonly dismiss: () => void
} {
  const [drag, setDrag] = useState<Drag>()
  const latest = useRef(settings)
  latest.current = settings
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])

  const begin = (event: ReactPointerEvent<HTMLElement>, booking: Booking, span: Span) => {
    if (event.button !== 0 || event.pointerType === 'touch' || !movable.has(booking.status)) return
    const { clientX, clientY } = event
    const top = event.currentTarget.getBoundingClientRect().top
    const ending = new AbortController()
    const { signal } = ending
    let current: Drag | undefined

    const end = () => {
      ending.abort()
      stop.current = undefined
    }
    const move = (at: PointerEvent) => {
      if (!current && Math.hypot(at.clientX - clientX, at.clientY - clientY) < SLACK_PX) return
      scrollAlong(latest.current.grid.current, at.clientY)
      current = place(latest.current, booking, span, at, clientY - top) ?? current
      setDrag(current)
    }
    const letGo = () => {
      end()
      if (!current) return
      // The link below must not be followed as well.
      addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0)
      const { kind } = current.verdict
      if (kind === 'same') return setDrag(undefined)
      if (kind !== 'offered') return setDrag({ ...current, phase: 'asking' })
      setDrag(undefined)
      latest.current.onDrop(current)
    }
    const cancel = () => {
      end()
      setDrag(undefined)
    }
    stop.current = end
    addEventListener('pointermove', move, { signal })
    addEventListener('pointerup', letGo, { signal })
    addEventListener('pointercancel', cancel, { signal })
    addEventListener(
      'keydown',
      (key) => {
        if (key.key !== 'Escape') return
        key.preventDefault()
        cancel()
      },
      { signal, capture: true },
    )
  }
  return { drag, begin, ask: setDrag, dismiss: () => setDrag(undefined) }
}

/** What may still be moved. */
export const movable: ReadonlySet<Booking['status']> = new Set(['held', 'pending', 'confirmed'])

/** Where on the calendar the pointer is, as a place for the booking. */
function place(
  { grid, columns, zone, stepOf, judge }: DragSettings,
  booking: Booking,
  span: Span,
  at: PointerEvent,
  grip: number,
): Drag | undefined {
  const areas = [...(grid.current?.querySelectorAll('[data-column]') ?? [])].map((element) => element.getBoundingClientRect())
  const under = areas.findIndex((area) => at.clientX >= area.left && at.clientX < area.right)
  const index = under === -1 ? nearest(areas, at.clientX) : under
  const [area, column] = [areas[index], columns[index]]
  if (!area || !column) return undefined
  const length = span.until - span.from
  const step = stepOf(booking)
  const minute = ((at.clientY - grip - area.top) / area.height) * DAY_MINUTES
  const from = Math.min(Math.max(0, Math.round(minute / step) * step), DAY_MINUTES - step)
  const start = instantAt(column.date, from, zone)
  const drop = {
    start,
    end: addMinutes(start, minutesBetween(booking.start, booking.end)),
    staffId: column.staffId ?? booking.staff.id,
  }
  return {
    booking,
    column: index,
    from,
    until: Math.min(DAY_MINUTES, from + length),
    drop,
    verdict: judge(booking, drop),
    phase: 'moving',
  }
}

function nearest(areas: readonly DOMRect[], x: number): number {
  const gaps = areas.map((area) => Math.max(area.left - x, x - area.right))
  return gaps.indexOf(Math.min(...gaps))
}

function scrollAlong(grid: HTMLElement | null, y: number): void {
  const scroller = grid?.closest('[data-scroll]')
  if (!scroller) return
  const { top, bottom } = scroller.getBoundingClientRect()
  if (y > bottom - EDGE_PX) scroller.scrollTop += 12
  else if (y < top + EDGE_PX * 2) scroller.scrollTop -= 12
}

const swallow = (event: MouseEvent) => {
  event.preventDefault()
  event.stopPropagation()
}
