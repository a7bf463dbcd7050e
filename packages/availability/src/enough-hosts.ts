import { chooseHosts } from './choose-hosts.ts'
import type { Host, HostGroup } from './types.ts'

/** Whether the groups can be filled from hosts, named by their ascending places in the question. */
export function enoughHosts<Id extends string>(
  groups: readonly HostGroup<Id>[],
  hosts: readonly Host<Id>[],
): (places: ArrayLike<number>) => boolean {
  return groupOfEach(groups, hosts) ? countEachGroup(groups, hosts) : tryToFill(groups, hosts)
}

/** Groups that share nobody need no more than counting. */
function countEachGroup(groups: readonly HostGroup[], hosts: readonly Host[]): (places: ArrayLike<number>) => boolean {
  const groupOf = groupOfEach(groups, hosts) ?? []
  const sizes = groups.map(({ members, required }) => (required === 'all' ? new Set(members).size : required))
  const free = new Int32Array(groups.length)
  return (places) => {
    free.fill(0)
    for (let i = 0; i < places.length; i++) {
      const group = groupOf[places[i] ?? -1] ?? -1
      if (group >= 0) free[group] = (free[group] ?? 0) + 1
    }
    return sizes.every((size, group) => (free[group] ?? 0) >= size)
  }
}

/** The group of the host at each place, -1 for none; nothing where somebody is in two. */
function groupOfEach(groups: readonly HostGroup[], hosts: readonly Host[]): readonly number[] | undefined {
  const groupOf = new Map<string, number>()
  for (const [index, { members }] of groups.entries()) {
    for (const id of members) {
      if ((groupOf.get(id) ?? index) !== index) return undefined
      groupOf.set(id, index)
    }
  }
  return hosts.map((host) => groupOf.get(host.id) ?? -1)
}

/** The same hosts are asked about over and over, so the answers are kept. */
function tryToFill<Id extends string>(
  groups: readonly HostGroup<Id>[],
  hosts: readonly Host<Id>[],
): (places: ArrayLike<number>) => boolean {
  const known = new Map<string, boolean>()
  return (places) => {
    const key = Array.prototype.join.call(places)
    const answer = known.get(key)
    if (answer !== undefined) return answer
    const free = new Set(Array.from(places, (place) => hosts[place]?.id))
    const { chosen } = chooseHosts({ groups, isFree: (id) => free.has(id) })
    known.set(key, chosen)
    return chosen
  }
}
