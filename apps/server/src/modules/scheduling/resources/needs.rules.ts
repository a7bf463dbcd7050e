import { chooseHosts, type HostGroup } from '@frontdesk/availability'
import type { ResourceId, ServiceNeed } from '@frontdesk/contract'

/** Something a service takes, as the engine asks for it: so many of those that are in use. */
export type Need = { readonly members: readonly ResourceId[]; readonly required: number }

/** How many of a need's members are taken at once; all of them where no number stands. Those out of use count: a device that is needed is not replaced by its absence. */
export const requiredOf = (required: number | null, members: number): number => required ?? members

/** A need with all that is written down for it, in use or not. */
export const asWritten = ({ resourceIds, required }: ServiceNeed): Need => ({
  members: resourceIds,
  required: requiredOf(required === 'all' ? null : required, resourceIds.length),
})

/** The needs as groups of the engine. */
export const groupsOfNeeds = (needs: readonly Need[]): HostGroup<ResourceId>[] =>
  needs.map(({ members, required }) => ({ members: [...members], required }))

/** Needs that can never be met: too few of their members are in use, or several needs name the same ones. */
export const unmeetable = (needs: readonly Need[]): boolean => !chooseHosts({ groups: groupsOfNeeds(needs), isFree: () => true }).chosen

export type ChooseResources = {
  readonly needs: readonly Need[]
  readonly isFree: (id: ResourceId) => boolean
  /** Bookings around that time. */
  readonly load: (id: ResourceId) => number
  /** Taken before all others: what the booking has already. */
  readonly preferred?: ReadonlySet<ResourceId>
}

/**
 * Two choices of rooms and devices at most, the better one first: what is preferred, then the least used; and one that leaves those out as far as possible, for the case
 * that somebody took one of them in this very moment. None where the needs cannot be met; one empty choice where there are none.
 */
export function chooseResources({ needs, isFree, load, preferred = new Set() }: ChooseResources): readonly (readonly ResourceId[])[] {
  if (needs.length === 0) return [[]]
  const groups = groupsOfNeeds(needs)
  const best = chooseHosts({ groups, isFree, load: (id) => (preferred.has(id) ? -1 : load(id)) })
  if (!best.chosen) return []
  const taken = new Set(best.hostIds)
  const other = chooseHosts({ groups, isFree, load: (id) => (taken.has(id) ? Number.MAX_SAFE_INTEGER : load(id)) })
  const differs = other.chosen && other.hostIds.some((id) => !taken.has(id))
  return differs ? [best.hostIds, other.hostIds] : [best.hostIds]
}

/** Whether these, and no others, fill the needs. */
export function fillsExactly(needs: readonly Need[], resourceIds: readonly ResourceId[]): boolean {
  const wanted = new Set(resourceIds)
  if (wanted.size !== resourceIds.length || wanted.size !== needs.reduce((sum, need) => sum + need.required, 0)) return false
  return chooseHosts({ groups: groupsOfNeeds(needs), isFree: (id) => wanted.has(id) }).chosen
}

/** How many places of the needs can be filled at once with what is free. */
function filledPlaces(needs: readonly Need[], isFree: (id: ResourceId) => boolean): number {
  const places = needs.flatMap(({ members, required }) => Array.from({ length: required }, () => members.filter(isFree)))
  const at = new Map<ResourceId, number>()
  const fill = (place: number, tried: Set<ResourceId>): boolean =>
    (places[place] ?? []).some((id) => {
      if (tried.has(id)) return false
      tried.add(id)
      const before = at.get(id)
      if (before !== undefined && !fill(before, tried)) return false
      at.set(id, place)
      return true
    })
  return places.filter((_, place) => fill(place, new Set())).length
}

/** Those that would be taken if they were free; none where the needs can be met without them. */
export function inTheWay(needs: readonly Need[], isFree: (id: ResourceId) => boolean): ReadonlySet<ResourceId> {
  const filled = filledPlaces(needs, isFree)
  if (filled === needs.reduce((sum, { required }) => sum + required, 0)) return new Set()
  const closed = new Set(needs.flatMap(({ members }) => members.filter((id) => !isFree(id))))
  return new Set([...closed].filter((id) => filledPlaces(needs, (one) => one === id || isFree(one)) > filled))
}
