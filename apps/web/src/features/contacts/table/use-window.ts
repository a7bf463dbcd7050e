import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { boxHeight, drawnRows, type Extent, type Place, placeAt, ROW_PX, scrolledTo } from './window.rules.ts'

export type Window = {
  /** The rows that are drawn. */
  readonly from: number
  readonly to: number
  /** How much higher rows are drawn than they stand in the table. */
  readonly shift: number
  /** How tall the box is that scrolls. */
  readonly height: number
  /** So many rows fit into what is seen. */
  readonly page: number
  readonly onScroll: () => void
  /** Scrolls as little as brings this row into sight. */
  readonly bring: (row: number) => void
}

/** Draws the rows around what is seen of a table, however many there are. `head` px at the top are taken by titles. `start` is where the table stands first, in px. */
export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  {
    rows,
    head,
    start,
    onMoved,
  }: { readonly rows: number; readonly head: number; readonly start: number; readonly onMoved: (top: number) => void },
): Window {
  const [view, setView] = useState(() => (typeof innerHeight === 'number' ? innerHeight : 800))
  const place = useRef<Place>({ scroll: start, shift: 0 })
  const extent = useRef<Extent>({ rows, view })
  extent.current = { rows, view }
  const [drawn, setDrawn] = useState({ from: 0, to: 0, shift: 0 })
  const moved = useRef(onMoved)
  moved.current = onMoved

  const stand = useCallback(
    (next: Place) => {
      place.current = next
      const element = scroller.current
      if (element && Math.abs(element.scrollTop - next.scroll) >= 1) element.scrollTop = next.scroll
      const { from, to } = drawnRows(next, extent.current)
      const { shift } = next
      setDrawn((before) => (before.from === from && before.to === to && before.shift === shift ? before : { from, to, shift }))
      if (extent.current.rows > 0) moved.current(next.scroll + shift)
    },
    [scroller],
  )
  // More or fewer rows, or another height: the same row stays on top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is these that ask for it
  useLayoutEffect(() => {
    if (rows > 0) stand(placeAt(place.current.scroll + place.current.shift, extent.current))
  }, [rows, view, stand])
  // The box is there once there are rows.
  const there = rows > 0
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || !there) return
    const measure = () => setView(Math.max(ROW_PX, element.clientHeight - head))
    measure()
    const watcher = new ResizeObserver(measure)
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [scroller, head, there])

  return {
    ...drawn,
    height: boxHeight({ rows, view }),
    page: Math.max(1, Math.floor(view / ROW_PX) - 1),
    onScroll: () => {
      if (scroller.current) stand(scrolledTo(place.current, scroller.current.scrollTop, extent.current))
    },
    bring: (row) => {
      const top = place.current.scroll + place.current.shift
      if (row * ROW_PX < top) stand(placeAt(row * ROW_PX, extent.current))
      else if ((row + 1) * ROW_PX > top + view) stand(placeAt((row + 1) * ROW_PX - view, extent.current))
    },
  }
}
