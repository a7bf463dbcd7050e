import { type PointerEvent, type RefObject, useEffect } from 'react'
import { createPortal } from 'react-dom'
import type { Span } from './clock-days.ts'
import { DragGhost } from './drag-ghost.tsx'
import type { Booking } from './queries.ts'
import type { CalendarData } from './use-calendar-data.ts'
import type { CalendarView } from './use-calendar-view.ts'
import { useDragToMove } from './use-drag-to-move.ts'

/** Begins to drag a booking. */
export type BeginDrag = (event: PointerEvent<HTMLElement>, booking: Booking, span: Span) => void

export type DragLayerProps = {
  readonly grid: RefObject<HTMLElement | null>
  readonly view: CalendarView
  readonly data: CalendarData
  /** Filled as soon as bookings can be dragged. */
  readonly begin: RefObject<BeginDrag | undefined>
  /** Which booking is on its way. */
  readonly onLift: (bookingId: string | undefined) => void
}

/** All that dragging needs. It is loaded after the days are drawn, because nobody drags before she sees them. */
export function DragLayer({ grid, view, data, begin, onLift }: DragLayerProps) {
  const dragging = useDragToMove(grid, view, data)
  const { drag, slots, dismiss, answer } = dragging
  useEffect(() => {
    begin.current = dragging.begin
  })
  const lifted = drag?.booking.id
  useEffect(() => onLift(lifted), [lifted, onLift])
  const column = drag && grid.current?.querySelectorAll('[data-column]')[drag.column]
  if (!column) return null
  return createPortal(
    <DragGhost
      drag={drag}
      zone={view.zone}
      people={data.people}
      services={data.services}
      slots={slots}
      late={drag.column >= data.columns.length / 2}
      onMove={(start, insist) => answer(drag, start, insist)}
      onDismiss={dismiss}
    />,
    column,
  )
}
