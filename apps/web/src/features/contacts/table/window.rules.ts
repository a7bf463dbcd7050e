/** The height of a row, in px. */
export const ROW_PX = 36
/** Browsers lay out no taller boxes than about 17 million px; a table with more rows than fit moves its rows instead. */
const TALLEST_PX = 12_000_000
/** At both ends one px of the scroll bar is one px of the table. */
const EDGE_PX = 200_000

/** Where the scroll bar stands, and how much farther the table is than it: zero for a table that fits. */
export type Place = { readonly scroll: number; readonly shift: number }

/** The rows a table has, and how much of it is seen. */
export type Extent = { readonly rows: number; readonly view: number; readonly tallest?: number; readonly edge?: number }

/** How tall the box that scrolls is. */
export const boxHeight = ({ rows, tallest = TALLEST_PX }: Extent): number => Math.min(rows * ROW_PX, tallest)

type Measures = { readonly farthest: number; readonly farthestBox: number; readonly edge: number }

/** Undefined for a table that fits, where nothing has to be reckoned. */
function measures(extent: Extent): Measures | undefined {
  const full = extent.rows * ROW_PX
  const box = boxHeight(extent)
  if (full <= box) return undefined
  const farthestBox = box - extent.view
  return { farthest: full - extent.view, farthestBox, edge: Math.min(extent.edge ?? EDGE_PX, farthestBox / 4) }
}

/** Where the scroll bar belongs for a place in the table: exactly at both ends, and in proportion between them. */
function barOf(top: number, { farthest, farthestBox, edge }: Measures): number {
  if (top <= edge) return top
  if (top >= farthest - edge) return farthestBox - (farthest - top)
  return edge + ((top - edge) / (farthest - 2 * edge)) * (farthestBox - 2 * edge)
}

/** The other way round. */
function topOf(bar: number, { farthest, farthestBox, edge }: Measures): number {
  if (bar <= edge) return bar
  if (bar >= farthestBox - edge) return farthest - (farthestBox - bar)
  return edge + ((bar - edge) / (farthestBox - 2 * edge)) * (farthest - 2 * edge)
}

/** Puts the table where its `top` px are passed. */
export function placeAt(top: number, extent: Extent): Place {
  const known = measures(extent)
  const most = Math.max(0, extent.rows * ROW_PX - extent.view)
  const wanted = Math.round(Math.min(Math.max(0, top), most))
  if (!known) return { scroll: wanted, shift: 0 }
  const scroll = Math.round(barOf(wanted, known))
  return { scroll, shift: wanted - scroll }
}

/**
 * Where the table is after the scroll bar moved: a little is as much in the table, far is a jump to that part of it. Where the result has another `scroll` than was
 * told, the bar has drifted from its place and has to be set there.
 */
export function scrolledTo(before: Place, scroll: number, extent: Extent): Place {
  const known = measures(extent)
  if (!known) return { scroll, shift: 0 }
  if (Math.abs(scroll - before.scroll) > 2 * extent.view) return { scroll, shift: Math.round(topOf(scroll, known)) - scroll }
  const top = scroll + before.shift
  const atEnd = top <= known.edge / 2 || top >= known.farthest - known.edge / 2
  const outOfBar = scroll < known.edge / 2 || scroll > known.farthestBox - known.edge / 2
  if (atEnd || outOfBar) return placeAt(top, extent)
  return { scroll, shift: before.shift }
}

/** Rows that are drawn beyond what is seen, so that fast fingers meet no gap. */
const BEYOND = 6

/** The rows that are drawn: from the first up to, without, the last. */
export function drawnRows({ scroll, shift }: Place, { rows, view }: Extent): { readonly from: number; readonly to: number } {
  const first = Math.floor((scroll + shift) / ROW_PX)
  return { from: Math.max(0, first - BEYOND), to: Math.min(rows, first + Math.ceil(view / ROW_PX) + 1 + BEYOND) }
}
