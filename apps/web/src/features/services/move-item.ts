/** A list with one item at another place; places beyond the ends are the ends. */
export function moveItem<Item>(items: readonly Item[], item: Item, to: number): readonly Item[] {
  const rest = items.filter((other) => other !== item)
  const index = Math.min(Math.max(0, to), rest.length)
  return [...rest.slice(0, index), item, ...rest.slice(index)]
}
