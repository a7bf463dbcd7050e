import { checkGroup } from './refusal.ts'
import type { HostGroup, UnfilledGroup } from './types.ts'

/** Who is needed, who is free, and how much each has to do already. */
export type ChooseHosts<Id extends string = string> = {
  readonly groups: readonly HostGroup<Id>[]
  readonly isFree: (hostId: Id) => boolean
  /** Bookings of the day, or any number that grows with work; without it all count the same. */
  readonly load?: (hostId: Id) => number
}

/** The hosts for each group, or the groups that cannot be filled. */
export type HostChoice<Id extends string = string> =
  | { readonly chosen: true; readonly hostIds: readonly Id[]; readonly byGroup: readonly (readonly Id[])[] }
  | { readonly chosen: false; readonly unfilled: readonly UnfilledGroup[] }

type Place<Id> = { readonly members: ReadonlySet<Id>; readonly size: number; readonly taken: Id[] }

/**
 * Fills every group with different free hosts, the least loaded first, ties by id, so that the same facts give the same choice.
 *
 * Hosts are offered a place in order of load, and one already placed moves to another of her groups where that makes room. The sets of hosts that
 * can be placed at once form a matroid (transversal), so this order reaches the smallest total load, and fills all groups whenever that is possible.
 */
export function chooseHosts<Id extends string>({ groups, isFree, load = () => 0 }: ChooseHosts<Id>): HostChoice<Id> {
  const candidates = [...new Set(groups.flatMap((group) => group.members))].filter(isFree).map((id) => ({ id, load: load(id) }))
  candidates.sort((a, b) => a.load - b.load || byId(a.id, b.id))
  return fillGroups(
    groups,
    candidates.map((candidate) => candidate.id),
  )
}

/** Fills every group with different hosts of a list, the first of them first as far as all groups can be filled. */
export function fillGroups<Id extends string>(groups: readonly HostGroup<Id>[], inOrder: readonly Id[]): HostChoice<Id> {
  const places = groups.map((group): Place<Id> => {
    checkGroup(group)
    const members = new Set(group.members)
    return { members, size: group.required === 'all' ? members.size : group.required, taken: [] }
  })

  for (const id of inOrder) placeHost(id, places, new Set())

  const unfilled = places.flatMap((place, group) =>
    place.taken.length < place.size ? { group, required: place.size, free: inOrder.filter((id) => place.members.has(id)).length } : [],
  )
  if (unfilled.length > 0) return { chosen: false, unfilled }
  const byGroup = places.map((place) => [...place.taken].sort(byId))
  return { chosen: true, hostIds: byGroup.flat(), byGroup }
}

function placeHost<Id>(id: Id, places: readonly Place<Id>[], tried: Set<Place<Id>>): boolean {
  for (const place of places) {
    if (tried.has(place) || !place.members.has(id)) continue
    tried.add(place)
    if (place.taken.length < place.size) {
      place.taken.push(id)
      return true
    }
    const moved = place.taken.findIndex((other) => placeHost(other, places, tried))
    if (moved === -1) continue
    place.taken[moved] = id
    return true
  }
  return false
}

/** Orders ids, so that the same facts give the same choice everywhere. */
export function byId(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
