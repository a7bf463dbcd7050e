import { byId, fillGroups } from './choose-hosts.ts'
import type { HostGroup, UnfilledGroup } from './types.ts'

/**
 * How to tell who comes first. `rotation`: whose turn is next after the last one; a turn passes over who is not free. `least_recent`: whose last booking
 * was made longest ago, never being longest. `least_loaded`: who has least to do for her weight: with weight 2 twice as much is the same.
 * `priority`: the lowest number. `customers_choice` and `previous_host`: who was asked for, who gave it to this customer before.
 */
export type AssignmentRule = 'rotation' | 'least_recent' | 'least_loaded' | 'priority' | 'customers_choice' | 'previous_host'

/** What the rules ask about. A rule without its facts tells nobody apart. */
export type AssignmentFacts<Id extends string = string> = {
  /** The order of turns, and who had the last one. */
  readonly turns?: { readonly order: readonly Id[]; readonly last?: Id | undefined }
  readonly lastAssignedMs?: (hostId: Id) => number | undefined
  /** Bookings, minutes, or any number that grows with work. */
  readonly load?: (hostId: Id) => number
  /** Her share of the work beside the others'; 1 unless said, 0 for only when nobody else can. */
  readonly weight?: (hostId: Id) => number
  /** 1 comes before 2; without a number last. */
  readonly priority?: (hostId: Id) => number | undefined
  /** Whom the customer asks for, first wish first. */
  readonly wanted?: readonly Id[]
  /** Who gave it to this customer before, the latest first. */
  readonly previous?: readonly Id[]
}

/** Who is needed, who is free, and how to choose: the first rule that tells two hosts apart decides, then the next, then the id. */
export type AssignHosts<Id extends string = string> = {
  readonly groups: readonly HostGroup<Id>[]
  readonly isFree: (hostId: Id) => boolean
  readonly rules: readonly AssignmentRule[]
  readonly facts: AssignmentFacts<Id>
}

/** Why a member of a group was not picked for it. */
export type PassedOver<Id extends string = string> = {
  readonly hostId: Id
  /** `placed`: she has a place in another group; a rule: she comes after the one picked by it; `tie`: the same by every rule. */
  readonly because: 'not_free' | 'placed' | AssignmentRule | 'tie'
}

/** One host picked for one group. */
export type HostPick<Id extends string = string> = {
  readonly group: number
  readonly hostId: Id
  /** What told her from the next one who was free: a rule; `tie`, so by id; `only_one_free`; or `all_needed`, as everybody free has a place. */
  readonly because: AssignmentRule | 'tie' | 'only_one_free' | 'all_needed'
  /** What that rule counted for her: turns to wait, the moment of her last booking, load for her weight, her number, the place among the wishes. */
  readonly counted?: number
  readonly passedOver: readonly PassedOver<Id>[]
}

/** The picks with their grounds, or the groups that cannot be filled. */
export type Assignment<Id extends string = string> =
  | { readonly assigned: true; readonly hostIds: readonly Id[]; readonly picks: readonly HostPick<Id>[] }
  | { readonly assigned: false; readonly unfilled: readonly UnfilledGroup[] }

/**
 * Picks different hosts for all groups, who comes first by the rules first, and says of each why it was her and why not the others. Filling all groups goes
 * before the rules: who is the only one for a second group is not given to the first.
 */
export function assignHosts<Id extends string>({ groups, isFree, rules, facts }: AssignHosts<Id>): Assignment<Id> {
  const counted = countersOf(facts)
  const standing = new Map([...new Set(groups.flatMap((group) => group.members))].map((id) => [id, rules.map((rule) => counted[rule](id))]))
  const order = (a: Id, b: Id): number => {
    const rule = firstDifference(standing.get(a) ?? [], standing.get(b) ?? [])
    return rule === -1 ? byId(a, b) : compare(standing.get(a)?.[rule] ?? 0, standing.get(b)?.[rule] ?? 0)
  }
  const choice = fillGroups(groups, [...standing.keys()].filter(isFree).sort(order))
  if (!choice.chosen) return { assigned: false, unfilled: choice.unfilled }

  const placed = new Set(choice.hostIds)
  const names: readonly string[] = rules
  const telling = (hostId: Id, other: Id): AssignmentRule | 'tie' =>
    rules[firstDifference(standing.get(hostId) ?? [], standing.get(other) ?? [])] ?? 'tie'
  const picks = choice.byGroup.flatMap((taken, group) => {
    const members = [...new Set(groups[group]?.members)]
    const others = members.filter((id) => !taken.includes(id)).sort(order)
    const next = others.find((id) => isFree(id) && !placed.has(id))
    return [...taken].sort(order).map((hostId): HostPick<Id> => {
      const because = next === undefined ? (members.filter(isFree).length === 1 ? 'only_one_free' : 'all_needed') : telling(hostId, next)
      const count = standing.get(hostId)?.[names.indexOf(because)]
      return {
        group,
        hostId,
        because,
        ...(count === undefined ? {} : { counted: count }),
        passedOver: others.map((id) => ({
          hostId: id,
          because: isFree(id) ? (placed.has(id) ? 'placed' : telling(hostId, id)) : 'not_free',
        })),
      }
    })
  })
  return { assigned: true, hostIds: choice.hostIds, picks }
}

type Counters<Id extends string> = { readonly [Rule in AssignmentRule]: (hostId: Id) => number }

/** What each rule counts for a host; who has less comes first. */
function countersOf<Id extends string>(facts: AssignmentFacts<Id>): Counters<Id> {
  const { turns, lastAssignedMs, load = () => 0, weight = () => 1, priority, wanted = [], previous = [] } = facts
  const placeIn = (list: readonly Id[], id: Id): number => (list.includes(id) ? list.indexOf(id) : Number.POSITIVE_INFINITY)
  return {
    rotation: (id) => turnsToWait(turns, id),
    least_recent: (id) => lastAssignedMs?.(id) ?? Number.NEGATIVE_INFINITY,
    least_loaded: (id) => {
      const share = weight(id)
      return share > 0 ? load(id) / share : Number.POSITIVE_INFINITY
    },
    priority: (id) => priority?.(id) ?? Number.POSITIVE_INFINITY,
    customers_choice: (id) => placeIn(wanted, id),
    previous_host: (id) => placeIn(previous, id),
  }
}

function turnsToWait<Id extends string>(turns: AssignmentFacts<Id>['turns'], id: Id): number {
  const place = turns?.order.indexOf(id) ?? -1
  if (!turns || place === -1) return Number.POSITIVE_INFINITY
  const last = turns.last === undefined ? -1 : turns.order.indexOf(turns.last)
  const ahead = place - last
  return ahead > 0 ? ahead : ahead + turns.order.length
}

function firstDifference(a: readonly number[], b: readonly number[]): number {
  return a.findIndex((count, index) => count !== b[index])
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
