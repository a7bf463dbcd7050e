import { type Intervals, intersect } from './intervals.ts'
import { possibleStarts } from './possible-starts.ts'
import { type Prepared, prepare } from './prepare.ts'
import { AvailabilityError, minuteMs } from './refusal.ts'
import { skilledGroups } from './skills.ts'
import type { Host, HostGroup, ServiceRules, TravelMinutes } from './types.ts'

/** A group of one step of a visit. Groups of several steps with the same `keep` are filled by the same host, such as one stylist for cut and colour. */
export type VisitGroup<Id extends string = string> = HostGroup<Id> & { readonly keep?: string }

/** One service of a visit. */
export type VisitStep<Id extends string = string> = {
  readonly service: Pick<ServiceRules, 'durationMinutes' | 'bufferBeforeMinutes' | 'bufferAfterMinutes' | 'skills' | 'units'>
  /** Without groups any one host will do. */
  readonly groups?: readonly VisitGroup<Id>[]
  /** How long after the end of the step before it may start, in minutes. Without it, it starts at once. */
  readonly gap?: { readonly least?: number; readonly most: number }
}

/**
 * One question: when can these services start, one after another? Between two steps the buffers of a host who does both are the visit's own: to other
 * bookings they count, to each other they do not. A visit counts once towards a limit of bookings; towards one of minutes a host needs room for
 * every step that names her, as who does what is decided later.
 */
export type VisitQuery<Id extends string = string> = {
  readonly hosts: readonly Host<Id>[]
  readonly steps: readonly VisitStep<Id>[]
  /** Notice and horizon are asked of the start of the visit, and so is the step of the clock. */
  readonly rules: Pick<ServiceRules, 'stepMinutes' | 'minimumNoticeMinutes' | 'horizonDays' | 'place'> & { readonly zone: string }
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly now: Temporal.Instant
  readonly travelMinutes?: TravelMinutes
}

/** A step of a visit as a question of its own. */
export type PreparedStep<Id extends string = string> = {
  readonly at: Prepared
  readonly rules: ServiceRules
  readonly groups: readonly VisitGroup<Id>[]
  readonly leastGapMs: number
  readonly mostGapMs: number
  /** What a host would have to do at most in the whole visit. */
  readonly minutesFor: (id: string) => number
  /** Where it can start with the host at this place of the question. */
  readonly startsOf: (place: number) => Intervals
}

/** The bounds of a visit; the last one those of the ways to choose who is kept. */
export const visitLimits = { steps: 10, gapMinutes: 1440, keptWays: 10_000 } as const

/** Checks a visit and turns each step into milliseconds. Throws `AvailabilityError`. */
export function prepareVisit<Id extends string>(query: VisitQuery<Id>): readonly PreparedStep<Id>[] {
  if (query.steps.length === 0 || query.steps.length > visitLimits.steps) {
    throw new AvailabilityError('bad_visit', `A visit has 1 to ${visitLimits.steps} services, not ${query.steps.length}.`, {
      steps: query.steps.length,
    })
  }
  const groups = visitGroups(query)
  const minutesOf = (id: string): number => minutesFor(id, query.steps, groups)
  let soonest = 0
  let latest = 0
  return query.steps.map((step, index) => {
    const least = minutesOfGap(index === 0 ? 0 : (step.gap?.least ?? 0), 0)
    const most = minutesOfGap(index === 0 ? 0 : (step.gap?.most ?? 0), least)
    soonest += least
    latest += most
    const rules = rulesOf(query, step, index)
    const from = query.from.add({ minutes: soonest })
    const asked = { hosts: query.hosts, service: rules, from, to: query.to.add({ minutes: latest }), now: index === 0 ? query.now : from }
    const at = prepare({ ...asked, groups: groups[index] ?? [], ...(query.travelMinutes ? { travelMinutes: query.travelMinutes } : {}) })
    soonest += step.service.durationMinutes
    latest += step.service.durationMinutes
    const known: Intervals[] = []
    const startsOf = (place: number): Intervals => {
      const host = query.hosts[place]
      if (!host) return []
      known[place] ??= possibleStarts(host, query.rules.zone, { ...at, countedMs: minutesOf(host.id) * minuteMs })
      return known[place]
    }
    return {
      at,
      rules,
      groups: groups[index] ?? [],
      leastGapMs: least * minuteMs,
      mostGapMs: most * minuteMs,
      minutesFor: minutesOf,
      startsOf,
    }
  })
}

/** What a host would have to do at most in this visit: every step in which somebody asks for her. */
function minutesFor(id: string, steps: readonly VisitStep[], groups: readonly (readonly VisitGroup[])[]): number {
  return steps.reduce(
    (sum, step, index) => (groups[index]?.some((group) => group.members.includes(id)) ? sum + step.service.durationMinutes : sum),
    0,
  )
}

function rulesOf({ rules }: VisitQuery, { service }: VisitStep, index: number): ServiceRules {
  const { stepMinutes, zone, place } = rules
  const everywhere = { ...service, stepMinutes, zone, ...(place === undefined ? {} : { place }) }
  return index === 0 ? { ...rules, ...service } : everywhere
}

/** The groups of each step with the members who have its skills. Throws `AvailabilityError`. */
export function visitGroups<Id extends string>(query: VisitQuery<Id>): readonly (readonly VisitGroup<Id>[])[] {
  return query.steps.map((step) => groupsOf(query, step))
}

function groupsOf<Id extends string>(query: VisitQuery<Id>, step: VisitStep<Id>): readonly VisitGroup<Id>[] {
  const { groups } = skilledGroups({
    hosts: query.hosts,
    service: { ...query.rules, ...step.service },
    ...(step.groups ? { groups: step.groups } : {}),
  })
  const members = query.hosts.map((host) => host.id)
  return (groups ?? [{ members, required: 1 }]).map((group, index): VisitGroup<Id> => {
    const keep = step.groups?.[index]?.keep
    if (keep === undefined) return group
    if (group.required === 1) return { ...group, keep }
    throw new AvailabilityError('bad_group', `"${keep}" keeps one host over the steps of a visit, so its groups require 1.`, { keep })
  })
}

function minutesOfGap(minutes: number, least: number): number {
  if (Number.isInteger(minutes) && minutes >= least && minutes <= visitLimits.gapMinutes) return minutes
  throw new AvailabilityError(
    'bad_visit',
    `A gap must be a whole number of minutes from ${least} to ${visitLimits.gapMinutes}, not ${minutes}.`,
    {
      minutes,
    },
  )
}

/** Who does what over all steps: a host, by her place in the question, for each `keep`. */
export type Kept = ReadonlyMap<string, number>

/** Every way to choose the kept hosts; one empty way where nobody is kept. */
export function waysToKeep<Id extends string>(query: VisitQuery<Id>, steps: readonly PreparedStep<Id>[]): Kept[] {
  const words = [...new Set(steps.flatMap((step) => step.groups.flatMap((group) => group.keep ?? [])))]
  let ways: Map<string, number>[] = [new Map()]
  for (const word of words) {
    const asked = steps.flatMap((step) => step.groups.filter((group) => group.keep === word))
    const places = query.hosts.flatMap((host, place) => (asked.every((group) => group.members.includes(host.id)) ? [place] : []))
    if (ways.length * places.length > visitLimits.keptWays) {
      throw new AvailabilityError('too_many_ways', 'There are too many ways to keep the same people over this visit. Name fewer.', {
        ways: visitLimits.keptWays,
      })
    }
    ways = ways.flatMap((way) => places.map((place) => new Map(way).set(word, place)))
  }
  return ways
}

/** The hosts a step keeps, or nothing where it would need one of them twice. */
export function keptIn(step: PreparedStep, kept: Kept): readonly number[] | undefined {
  const places = step.groups.flatMap((group) => (group.keep === undefined ? [] : (kept.get(group.keep) ?? [])))
  return new Set(places).size === places.length ? places : undefined
}

/** The groups that are left when those that keep somebody are filled by her. */
export function groupsBeside<Id extends string>(step: PreparedStep<Id>, keptIds: readonly string[]): HostGroup<Id>[] {
  return step.groups.flatMap(({ keep, members, required }) => {
    if (keep !== undefined) return []
    const others = members.filter((id) => !keptIds.includes(id))
    // All of a group cannot be had while one of it is busy with another part of the same step.
    return [{ members: others, required: required === 'all' ? new Set(members).size : required }]
  })
}

/** Where several hosts can start at once. */
export function allFree(step: PreparedStep, places: readonly number[], within: Intervals): Intervals {
  return places.reduce((free, place) => intersect(free, step.startsOf(place)), within)
}
