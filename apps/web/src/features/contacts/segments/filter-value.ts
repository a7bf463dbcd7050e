import type { ContactFilter, FilterCondition, FilterGroup, FilterPart } from '@frontdesk/contract'

/** How the parts of a filter are joined. */
export type Join = 'all' | 'any' | 'none'
const joins: readonly Join[] = ['all', 'any', 'none']

/** Whether a part is a condition. */
export const isCondition = (part: FilterPart): part is FilterCondition => 'on' in part

/** How a group joins its parts, and the parts. */
export function partsOf(group: FilterGroup): { readonly join: Join; readonly parts: readonly FilterPart[] } {
  if ('all' in group) return { join: 'all', parts: group.all }
  return 'any' in group ? { join: 'any', parts: group.any } : { join: 'none', parts: group.none }
}

/** A filter of these parts; undefined where none is left. */
export function filterOf(join: Join, parts: readonly FilterPart[]): ContactFilter | undefined {
  return parts.length === 0 ? undefined : ({ [join]: parts } as unknown as ContactFilter)
}

/** As much as an address carries. */
const LONGEST = 6000

/** Reads a filter out of an address; what is none is left out. What it means the server looks at. */
export function readFilter(value: unknown): ContactFilter | undefined {
  if (!isGroup(value, 3) || JSON.stringify(value).length > LONGEST) return undefined
  return value as unknown as ContactFilter
}

function isGroup(value: unknown, deep: number): value is FilterGroup {
  if (typeof value !== 'object' || value === null || deep === 0) return false
  const [join, ...others] = Object.keys(value)
  const parts: unknown = Object.values(value)[0]
  return (
    others.length === 0 &&
    joins.some((one) => one === join) &&
    Array.isArray(parts) &&
    parts.length > 0 &&
    parts.every((part) => (typeof part === 'object' && part !== null && 'on' in part) || isGroup(part, deep - 1))
  )
}

/** Whether two filters are the same. */
export const sameFilter = (one: ContactFilter | undefined, other: ContactFilter | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
