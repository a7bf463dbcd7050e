import { explainStart } from './explain.ts'
import { freeVisits, type Visit } from './free-visits.ts'
import { minuteMs } from './refusal.ts'
import type { SlotExplanation } from './types.ts'
import { prepareVisit, type VisitQuery } from './visit.ts'

/** Whether a visit can start at a moment, and what stands in the way of each of its steps. */
export type VisitExplanation<Id extends string = string> = {
  readonly open: boolean
  readonly visit: Visit<Id> | undefined
  /** Each step at the earliest moment it could have. */
  readonly steps: readonly SlotExplanation<Id>[]
  /** Where every step alone could be had, but not with the same person: whom each `keep` could be, and the steps that stand in her way. */
  readonly notKept: readonly {
    readonly keep: string
    readonly hosts: readonly { readonly hostId: Id; readonly closedIn: readonly number[] }[]
  }[]
}

/** Explains one wanted start of a visit. Throws `AvailabilityError` on a question out of bounds. */
export function explainVisit<Id extends string>(query: Omit<VisitQuery<Id>, 'from' | 'to'>, start: Temporal.Instant): VisitExplanation<Id> {
  const asked = { ...query, from: start, to: start.add({ milliseconds: 1 }) }
  const prepared = prepareVisit(asked)
  const visit = freeVisits(asked)[0]
  let at = start
  const steps = prepared.map((step, index) => {
    at = at.add({ milliseconds: step.leastGapMs })
    const groups = query.steps[index]?.groups
    const named = groups && new Set(groups.flatMap((group) => group.members))
    const explained = explainStart<Id>(
      {
        hosts: named ? query.hosts.filter((host) => named.has(host.id)) : query.hosts,
        service: step.rules,
        now: index === 0 ? query.now : at,
        ...(groups ? { groups } : {}),
        ...(query.travelMinutes ? { travelMinutes: query.travelMinutes } : {}),
      },
      at,
      { countedMs: (id) => step.minutesFor(id) * minuteMs, onAnyMinute: index > 0 },
    )
    at = at.add({ milliseconds: step.at.durationMs })
    return explained
  })
  const alone = visit === undefined && steps.every((step) => step.open)
  return { open: visit !== undefined, visit, steps, notKept: alone ? whoCannotBeKept(prepared, steps) : [] }
}

function whoCannotBeKept<Id extends string>(
  prepared: ReturnType<typeof prepareVisit<Id>>,
  steps: readonly SlotExplanation<Id>[],
): VisitExplanation<Id>['notKept'] {
  const words = new Set(prepared.flatMap((step) => step.groups.flatMap((group) => group.keep ?? [])))
  return [...words].map((keep) => {
    const asked = prepared.map((step) => step.groups.find((group) => group.keep === keep)?.members)
    const ids = new Set(asked.flatMap((members) => members ?? []))
    const isClosed = (id: Id, step: number): boolean => {
      const members = asked[step]
      return members !== undefined && !(members.includes(id) && steps[step]?.hostIds.includes(id))
    }
    return { keep, hosts: [...ids].map((hostId) => ({ hostId, closedIn: [...asked.keys()].filter((step) => isClosed(hostId, step)) })) }
  })
}
