import { type Span, spanOn } from './clock-days.ts'
import { type Laid, layLanes } from './lanes.ts'
import type { Booking, TimeOff } from './queries.ts'

/** One column of the calendar: a day, or one person, room or device on a day. */
export type Column = { readonly key: string; readonly date: string; readonly staffId?: string; readonly resourceId?: string }

/** Something drawn on a day. */
export type Block = Span & ({ readonly kind: 'booking'; readonly booking: Booking } | { readonly kind: 'off'; readonly off: TimeOff })

/** What a column holds: blocks side by side, and time off that lies behind them across the whole column. */
export type ColumnBlocks = { readonly laid: readonly Laid<Block>[]; readonly behind: readonly (Span & { readonly off: TimeOff })[] }

/** No block is drawn lower than this, so that every name can be read and every block can be hit. */
const LEAST_MINUTES = 20

/**
 * Lays out one column. Time off of everybody, of the column's own person or room, or of the only person in sight lies behind; that of one among several, and of a room among
 * people, stands beside the bookings of the others.
 */
export function columnBlocks(
  column: Column,
  {
    bookings,
    timeOff,
    onlyPerson,
  }: { readonly bookings: readonly Booking[]; readonly timeOff: readonly TimeOff[]; readonly onlyPerson: boolean },
  zone: string,
): ColumnBlocks {
  const blocks: Block[] = bookings.flatMap((booking) => {
    const span = isBookedIn(column, booking) ? spanOn(booking.start, booking.end, column.date, zone) : undefined
    return span ? [{ ...atLeast(span), kind: 'booking' as const, booking }] : []
  })
  const behind: (Span & { off: TimeOff })[] = []
  for (const off of timeOff) {
    const span = isClosedIn(column, off) ? spanOn(off.start, off.end, column.date, zone) : undefined
    if (!span) continue
    const wholly =
      isForAll(off) || column.resourceId !== undefined || (off.resourceId === null && (column.staffId !== undefined || onlyPerson))
    if (wholly) behind.push({ ...span, off })
    else blocks.push({ ...atLeast(span), kind: 'off', off })
  }
  return { laid: layLanes(blocks).toSorted((a, b) => a.item.from - b.item.from || a.lane - b.lane), behind }
}

function isBookedIn({ staffId, resourceId }: Column, booking: Booking): boolean {
  if (resourceId !== undefined) return booking.resources.some(({ id }) => id === resourceId)
  return staffId === undefined || booking.staff.id === staffId
}

/** A closed room closes nobody; it is seen where all are, and in its own column. */
function isClosedIn({ staffId, resourceId }: Column, off: TimeOff): boolean {
  if (isForAll(off)) return true
  if (resourceId !== undefined) return off.resourceId === resourceId
  return staffId === undefined || off.staffId === staffId
}

/** Whether a time is closed for everybody. */
export const isForAll = ({ staffId, resourceId }: Pick<TimeOff, 'staffId' | 'resourceId'>): boolean =>
  staffId === null && resourceId === null

const atLeast = ({ from, until }: Span): Span => {
  const lower = Math.min(from, 1440 - LEAST_MINUTES)
  return { from: lower, until: Math.max(until, lower + LEAST_MINUTES) }
}
