/** What happened on one day. */
export type DayGroup<Item> = { readonly day: string; readonly items: readonly Item[] }

/** Groups what is already in order by its day in a zone. The day is an ISO date. */
export function groupByDay<Item extends { readonly at: string }>(items: readonly Item[], zone: string): readonly DayGroup<Item>[] {
  // ISO order of year, month and day, whatever the reader's.
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const groups: { day: string; items: Item[] }[] = []
  for (const item of items) {
    const date = day.format(Date.parse(item.at))
    if (groups.at(-1)?.day !== date) groups.push({ day: date, items: [] })
    groups.at(-1)?.items.push(item)
  }
  return groups
}
