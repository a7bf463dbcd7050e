import { hasSkills, hostByTemporal } from '../../packages/availability/src/temporal-oracle.fixture.ts'
import type { Host } from '../../packages/availability/src/types.ts'
import type { VisitGroup, VisitQuery } from '../../packages/availability/src/visit.ts'

/** Visits the slow way: every minute for every step, every person for every place, no code of the engine. */

const minute = 60_000

export type VisitByTemporal = { readonly startMs: number; readonly steps: { readonly startMs: number; readonly hostIds: string[] }[] }

/** Every visit of the range, each the one that ends first, for whole-minute facts. */
export function visitsByTemporal(query: VisitQuery): VisitByTemporal[] {
  const { rules } = query
  const groupsOf = query.steps.map(
    (step): readonly VisitGroup[] =>
      step.groups ?? [{ members: query.hosts.map((host) => host.id), required: 1, skills: step.service.skills ?? [] }],
  )
  const able = (group: VisitGroup) => query.hosts.filter((host) => group.members.includes(host.id) && hasSkills(host, group.skills))
  const minutesOf = (host: Host) =>
    query.steps.reduce(
      (sum, step, index) => sum + (groupsOf[index]!.some((group) => able(group).includes(host)) ? step.service.durationMinutes : 0),
      0,
    )
  const isFree = query.steps.map(({ service }, index) => {
    const { zone, place, stepMinutes } = rules
    const asked = {
      hosts: query.hosts,
      service: { ...(index === 0 ? rules : { zone, stepMinutes, ...(place === undefined ? {} : { place }) }), ...service },
      from: query.from,
      to: query.to.add({ hours: 24 }),
      now: index === 0 ? query.now : Temporal.Instant.fromEpochMilliseconds(0),
      ...(query.travelMinutes ? { travelMinutes: query.travelMinutes } : {}),
    }
    return new Map(query.hosts.map((host) => [host, remember(hostByTemporal(asked, host, minutesOf(host)))]))
  })
  const freeAt = (step: number, host: Host, ms: number) => isFree[step]!.get(host)!(ms)

  /** Every way to give each place of each step to somebody, with the same one for the same word. */
  const waysAt = (starts: readonly number[]): Map<string, Host>[] => {
    const places = groupsOf.flatMap((groups, step) =>
      groups.flatMap((group) => {
        const count = group.required === 'all' ? Math.max(able(group).length, Math.min(group.members.length, 1)) : group.required
        return Array.from({ length: count }, () => ({ step, group }))
      }),
    )
    const ways = new Map<string, Map<string, Host>>()
    const fill = (index: number, used: readonly { step: number; host: Host }[], kept: Map<string, Host>): void => {
      const place = places[index]
      if (!place) {
        ways.set(
          [...kept]
            .map(([word, host]) => `${word} ${host.id}`)
            .sort()
            .join(),
          kept,
        )
        return
      }
      const { keep } = place.group
      const decided = keep === undefined ? undefined : kept.get(keep)
      for (const host of decided ? able(place.group).filter((one) => one === decided) : able(place.group)) {
        if (!freeAt(place.step, host, starts[place.step]!) || used.some((one) => one.step === place.step && one.host === host)) continue
        fill(index + 1, [...used, { step: place.step, host }], keep === undefined ? kept : new Map(kept).set(keep, host))
      }
    }
    fill(0, [], new Map())
    return [...ways.values()]
  }

  const visits: VisitByTemporal[] = []
  const first = Math.ceil(query.from.epochMilliseconds / minute) * minute
  for (let startMs = first; startMs < query.to.epochMilliseconds; startMs += minute) {
    const wall = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(rules.zone)
    if ((wall.hour * 60 + wall.minute) % rules.stepMinutes !== 0 || wall.second !== 0) continue
    if (!query.hosts.some((host) => freeAt(0, host, startMs))) continue
    const timings = timingsFrom(query, startMs).sort((a, b) => a.map((start, index) => start - b[index]!).findLast((by) => by !== 0) ?? 0)
    for (const starts of timings) {
      const ways = waysAt(starts)
      if (ways.length === 0) continue
      const steps = starts.map((ms, step) => {
        const kept = groupsOf[step]!.flatMap((group) => (group.keep === undefined ? [] : ways.map((way) => way.get(group.keep!))))
        const others = groupsOf[step]!.flatMap((group) =>
          group.keep === undefined ? able(group).filter((host) => freeAt(step, host, ms)) : [],
        )
        return { startMs: ms, hostIds: query.hosts.filter((host) => kept.includes(host) || others.includes(host)).map((host) => host.id) }
      })
      visits.push({ startMs, steps })
      break
    }
  }
  return visits
}

/** Every choice of a minute for each step that keeps the gaps. */
function timingsFrom(query: VisitQuery, startMs: number): number[][] {
  let timings = [[startMs]]
  for (const [index, step] of query.steps.entries()) {
    if (index === 0) continue
    const before = query.steps[index - 1]!.service.durationMinutes
    const least = step.gap?.least ?? 0
    const count = (step.gap?.most ?? 0) - least + 1
    timings = timings.flatMap((starts) =>
      Array.from({ length: count }, (_, extra) => [...starts, starts.at(-1)! + (before + least + extra) * minute]),
    )
  }
  return timings
}

function remember(reasons: (ms: number) => readonly string[]): (ms: number) => boolean {
  const known = new Map<number, boolean>()
  return (ms) => {
    const answer = known.get(ms) ?? reasons(ms).length === 0
    known.set(ms, answer)
    return answer
  }
}
