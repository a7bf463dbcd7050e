import type { ContactFilter, FilterCondition, FilterGroup, FilterPart } from '@frontdesk/contract'
import { filterOf, isCondition, type Join, partsOf } from './filter-value.ts'

/** Where a part stands: its place in each group on the way to it; empty for the filter itself. */
export type Path = readonly number[]

/** Groups stand in groups, three deep; the server looks at the same bounds. */
export const bounds = { deep: 3, inGroup: 25, conditions: 40 } as const

const groupOf = (join: Join, parts: readonly FilterPart[]): FilterGroup => ({ [join]: parts }) as unknown as FilterGroup

/** The part at a path. */
export function partAt(filter: FilterGroup, path: Path): FilterPart | undefined {
  let part: FilterPart | undefined = filter
  for (const at of path) part = part && !isCondition(part) ? partsOf(part).parts[at] : undefined
  return part
}

/** The filter with other parts in the group at a path. */
function withParts(filter: FilterGroup, path: Path, change: (join: Join, parts: readonly FilterPart[]) => FilterGroup): FilterGroup {
  const { join, parts } = partsOf(filter)
  const [first, ...rest] = path
  if (first === undefined) return change(join, parts)
  return groupOf(
    join,
    parts.map((part, at) => (at === first && !isCondition(part) ? withParts(part, rest, change) : part)),
  )
}

const parentOf = (path: Path): Path => path.slice(0, -1)
const placeOf = (path: Path): number => path.at(-1) ?? 0

/** The group at a path joins its parts otherwise. */
export const joined = (filter: FilterGroup, path: Path, join: Join): FilterGroup =>
  withParts(filter, path, (_, parts) => groupOf(join, parts))

/** One more part at the end of the group at a path. */
export const added = (filter: FilterGroup, path: Path, part: FilterPart): FilterGroup =>
  withParts(filter, path, (join, parts) => groupOf(join, [...parts, part]))

/** Another part in place of the one at a path; undefined takes it away. */
export const replaced = (filter: FilterGroup, path: Path, part: FilterPart | undefined): FilterGroup =>
  withParts(filter, parentOf(path), (join, parts) =>
    groupOf(join, parts.toSpliced(placeOf(path), 1, ...(part === undefined ? [] : [part]))),
  )

/** The part at a path in a group of its own, which can grow. */
export function wrapped(filter: FilterGroup, path: Path, join: Join): FilterGroup {
  const part = partAt(filter, path)
  return part === undefined ? filter : replaced(filter, path, groupOf(join, [part]))
}

/** The parts of the group at a path stand where it stood. */
export function dissolved(filter: FilterGroup, path: Path): FilterGroup {
  const part = partAt(filter, path)
  if (part === undefined || isCondition(part) || path.length === 0) return filter
  return withParts(filter, parentOf(path), (join, parts) => groupOf(join, parts.toSpliced(placeOf(path), 1, ...partsOf(part).parts)))
}

/** A condition stands at the end of another group instead. */
export function movedTo(filter: FilterGroup, from: Path, to: Path): FilterGroup {
  const part = partAt(filter, from)
  if (part === undefined) return filter
  // First it is added, so that the path it comes from still leads to it.
  return replaced(added(filter, to, part), from, undefined)
}

/** Every group with its path, the filter itself first. */
export function groupsOf(filter: FilterGroup, path: Path = []): readonly Path[] {
  return [path, ...partsOf(filter).parts.flatMap((part, at) => (isCondition(part) ? [] : groupsOf(part, [...path, at])))]
}

/** How many groups stand in a part, one in the other. */
export const depthOf = (part: FilterPart): number => (isCondition(part) ? 0 : 1 + Math.max(0, ...partsOf(part).parts.map(depthOf)))

const conditionsIn = (part: FilterPart): readonly FilterCondition[] =>
  isCondition(part) ? [part] : partsOf(part).parts.flatMap(conditionsIn)

/** Without groups in which nothing stands; undefined where nothing is left. */
export function pruned(filter: FilterGroup): ContactFilter | undefined {
  const { join, parts } = partsOf(filter)
  return filterOf(
    join,
    parts.flatMap((part): readonly FilterPart[] => (isCondition(part) ? [part] : ([pruned(part) ?? []].flat() as FilterPart[]))),
  )
}

/** Why nothing more can be put into the group at a path; undefined where it can. */
export function fullBecause(filter: FilterGroup, path: Path): 'inGroup' | 'conditions' | undefined {
  const group = partAt(filter, path)
  if (conditionsIn(filter).length >= bounds.conditions) return 'conditions'
  return group && !isCondition(group) && partsOf(group).parts.length >= bounds.inGroup ? 'inGroup' : undefined
}
