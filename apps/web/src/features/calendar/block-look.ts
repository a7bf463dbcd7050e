import type { CSSProperties } from 'react'
import type { Span } from './clock-days.ts'
import type { Laid } from './lanes.ts'

/** Where a stretch lies in a column: classes that read the variables of `placed`. One hour is `--hour` high. */
export const placedLook =
  'absolute start-[calc(100%*var(--x)+2px)] top-[calc(var(--hour)*var(--at)+1px)] h-[calc(var(--hour)*var(--for)-2px)] w-[calc(100%*var(--w)-4px)]'

/** The same over the whole width and without the gap around blocks. */
export const bandLook = 'absolute inset-x-0 top-[calc(var(--hour)*var(--at))] h-[calc(var(--hour)*var(--for))]'

/** Grey lines for time in which nobody can be booked. */
export const hatchLook =
  'bg-[repeating-linear-gradient(135deg,var(--n-5)_0_1px,transparent_1px_6px)] bg-sunken text-ink-2 forced-colors:border forced-colors:border-dashed'

/** Lines in the colour of a booking that is only asked for, so that nobody takes it for one that stands. */
export const askedLook = 'bg-surface bg-[repeating-linear-gradient(135deg,var(--hue-tint)_0_5px,transparent_5px_10px)]'

/** The variables of `placedLook` and `bandLook`. */
export function placed({ from, until }: Span, lanes?: Omit<Laid<unknown>, 'item'>): CSSProperties {
  return {
    '--at': from / 60,
    '--for': (until - from) / 60,
    '--x': lanes ? lanes.lane / lanes.lanes : 0,
    '--w': lanes ? lanes.wide / lanes.lanes : 1,
  }
}
