/** A group as the table lays it out. */
export type Laid = { readonly key: string; readonly count: number }

/** The rows of a grouped table: each group has a head, and below it its people unless it is shut. */
export type Layout<Group extends Laid> = {
  readonly total: number
  /** What stands in a row: a head (`row` is -1), or so many people down its group. */
  readonly at: (index: number) => { readonly group: Group; readonly row: number } | undefined
}

/** Lays groups out below each other. */
export function layOut<Group extends Laid>(groups: readonly Group[], shut: ReadonlySet<string>): Layout<Group> {
  const starts: number[] = []
  let total = 0
  for (const { key, count } of groups) {
    starts.push(total)
    total += 1 + (shut.has(key) ? 0 : count)
  }
  return {
    total,
    at: (index) => {
      if (index < 0 || index >= total) return undefined
      let [low, high] = [0, starts.length - 1]
      while (low < high) {
        const middle = Math.ceil((low + high) / 2)
        if ((starts[middle] ?? 0) <= index) low = middle
        else high = middle - 1
      }
      const group = groups[low]
      return group && { group, row: index - (starts[low] ?? 0) - 1 }
    },
  }
}

/** Which pages of which groups are seen between two rows. */
export function pagesSeen<Group extends Laid>(
  { at }: Layout<Group>,
  { from, to }: { readonly from: number; readonly to: number },
  size: number,
): readonly { readonly group: Group; readonly page: number }[] {
  const seen = new Map<string, { readonly group: Group; readonly page: number }>()
  for (let index = from; index < to; index += 1) {
    const found = at(index)
    if (!found || found.row < 0) continue
    const page = Math.floor(found.row / size)
    seen.set(`${found.group.key} ${page}`, { group: found.group, page })
  }
  return [...seen.values()]
}

/** The groups that are shut, with one turned; as an address names them. */
export function turned(shut: string | undefined, key: string): string | undefined {
  const keys = shut ? shut.split(',') : []
  const next = keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key].slice(-25)
  return next.join(',') || undefined
}
