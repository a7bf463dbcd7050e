import { type AssignHosts, assignHosts, type HostPick } from './assign-hosts.ts'
import { fillGroups } from './choose-hosts.ts'
import type { Visit } from './free-visits.ts'
import type { HostGroup, UnfilledGroup } from './types.ts'
import { type VisitGroup, type VisitQuery, visitGroups } from './visit.ts'

/** A visit that can be had, and how to choose among those who can take it. */
export type AssignVisit<Id extends string = string> = Pick<AssignHosts<Id>, 'rules' | 'facts'> & {
  readonly query: VisitQuery<Id>
  readonly visit: Visit<Id>
}

/** Who takes each step, with the grounds; first those who are kept over several steps. */
export type VisitAssignment<Id extends string = string> =
  | {
      readonly assigned: true
      readonly kept: readonly { readonly keep: string; readonly pick: HostPick<Id> }[]
      /** By step and by group of the step. */
      readonly steps: readonly { readonly hostIds: readonly Id[]; readonly picks: readonly HostPick<Id>[] }[]
    }
  | { readonly assigned: false; readonly step: number; readonly unfilled: readonly UnfilledGroup[] }

/** Picks hosts for every step by the rules. Who is kept is picked among those with whom all steps can be filled. */
export function assignVisit<Id extends string>({ query, visit, rules, facts }: AssignVisit<Id>): VisitAssignment<Id> {
  const steps = visitGroups(query).map((groups, index) => ({ groups, free: new Set<Id>(visit.steps[index]?.hostIds) }))
  const decided = new Map<string, Id>()
  const words = [...new Set(steps.flatMap(({ groups }) => groups.flatMap((group) => group.keep ?? [])))]
  const kept: { keep: string; pick: HostPick<Id> }[] = []
  for (const [index, keep] of words.entries()) {
    const members = [...new Set(steps.flatMap(({ groups }) => groups.flatMap((group) => (group.keep === keep ? group.members : []))))]
    const isFree = (id: Id): boolean => canBeKept(steps, new Map(decided).set(keep, id), words.slice(index + 1))
    const choice = assignHosts({ groups: [{ members, required: 1 }], isFree, rules, facts })
    const pick = choice.assigned ? choice.picks[0] : undefined
    if (!pick) break
    decided.set(keep, pick.hostId)
    kept.push({ keep, pick })
  }
  const taken: { hostIds: readonly Id[]; picks: readonly HostPick<Id>[] }[] = []
  for (const [step, { groups, free }] of steps.entries()) {
    const choice = assignHosts({ groups: groupsWith(groups, decided), isFree: (id) => free.has(id), rules, facts })
    if (!choice.assigned) return { assigned: false, step, unfilled: choice.unfilled }
    taken.push({ hostIds: choice.hostIds, picks: choice.picks })
  }
  return { assigned: true, kept, steps: taken }
}

type FreeStep<Id extends string> = { readonly groups: readonly VisitGroup<Id>[]; readonly free: ReadonlySet<Id> }

function canBeKept<Id extends string>(steps: readonly FreeStep<Id>[], decided: ReadonlyMap<string, Id>, open: readonly string[]): boolean {
  const [next, ...later] = open
  if (next === undefined) return steps.every(({ groups, free }) => fillGroups(groupsWith(groups, decided), [...free]).chosen)
  const members = new Set(steps.flatMap(({ groups }) => groups.flatMap((group) => (group.keep === next ? group.members : []))))
  return [...members].some((id) => canBeKept(steps, new Map(decided).set(next, id), later))
}

/** The groups that keep somebody take nobody else. */
function groupsWith<Id extends string>(groups: readonly VisitGroup<Id>[], decided: ReadonlyMap<string, Id>): HostGroup<Id>[] {
  return groups.map(({ keep, members, required }) => {
    const id = keep === undefined ? undefined : decided.get(keep)
    return { members: id === undefined ? members : members.filter((member) => member === id), required }
  })
}
