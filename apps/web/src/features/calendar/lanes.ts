import type { Span } from './clock-days.ts'

/** Where something stands beside what happens at the same time: in lane `lane` of `lanes`, and `wide` lanes wide. */
export type Laid<Item> = { readonly item: Item; readonly lane: number; readonly lanes: number; readonly wide: number }

/**
 * Puts what overlaps side by side. What hangs together by overlaps shares one number of lanes; each takes the first free lane, the longer one first, and then grows
 * into free lanes beside it.
 */
export function layLanes<Item extends Span>(items: readonly Item[]): readonly Laid<Item>[] {
  const sorted = items.toSorted((a, b) => a.from - b.from || b.until - a.until)
  return clusters(sorted).flatMap(layCluster)
}

/** Splits at every minute that nothing crosses. */
function clusters<Item extends Span>(sorted: readonly Item[]): readonly Item[][] {
  const all: Item[][] = []
  let ends = Number.NEGATIVE_INFINITY
  for (const item of sorted) {
    if (item.from >= ends) all.push([])
    all.at(-1)?.push(item)
    ends = Math.max(ends, item.until)
  }
  return all
}

function layCluster<Item extends Span>(items: readonly Item[]): readonly Laid<Item>[] {
  const lanes: Item[][] = []
  const taken = items.map((item) => {
    const free = lanes.findIndex((lane) => (lane.at(-1)?.until ?? 0) <= item.from)
    const lane = free === -1 ? lanes.length : free
    lanes[lane] = [...(lanes[lane] ?? []), item]
    return { item, lane }
  })
  return taken.map(({ item, lane }) => {
    const blocked = lanes.findIndex((others, index) => index > lane && others.some((other) => overlaps(item, other)))
    return { item, lane, lanes: lanes.length, wide: (blocked === -1 ? lanes.length : blocked) - lane }
  })
}

/** Whether two stretches share a minute; touching ends share none. */
export const overlaps = (a: Span, b: Span): boolean => a.from < b.until && b.from < a.until
