import { enoughHosts } from './enough-hosts.ts'
import { eachBlockedStretch } from './obstacles.ts'
import { startsInHours } from './possible-starts.ts'
import type { Prepared } from './prepare.ts'
import { prepare, stepZone } from './prepare.ts'
import { skilledGroups } from './skills.ts'
import type { StepGrid } from './step-grid.ts'
import { stepGrid } from './step-grid.ts'
import type { AvailabilityQuery, Host, HostGroup, Slot } from './types.ts'

/**
 * Every start in the range that can be booked, in order, with the hosts able to take it. Starts are cut per host and then united: cutting the
 * united free time would offer starts that no single host can serve. Throws `AvailabilityError` on a question out of bounds.
 */
export function freeSlots<Id extends string>(query: AvailabilityQuery<Id>): readonly Slot<Id>[] {
  const at = prepare(query)
  const { groups } = skilledGroups(query)
  const places = placesOfWanted(query.hosts, groups)
  const zones = new Set(places.flatMap((place) => zoneAt(query, place) ?? []))
  const grid = stepGrid(zones, at, query.service.stepMinutes)
  const takers = takersByStart(query, places, grid, at)
  const enough = groups ? enoughHosts(groups, query.hosts) : undefined

  const slots: Slot<Id>[] = []
  for (let start = 0; start < grid.starts.length; start++) {
    const from = takers.ends[start] ?? 0
    const to = takers.ends[start + 1] ?? 0
    if (from === to || (enough && !enough(takers.places.subarray(from, to)))) continue
    const startMs = grid.starts[start] ?? 0
    const hostIds: Id[] = []
    for (let taker = from; taker < to; taker++) {
      const host = query.hosts[takers.places[taker] ?? -1]
      if (host) hostIds.push(host.id)
    }
    slots.push({ startMs, endMs: startMs + at.durationMs, hostIds })
  }
  return slots
}

/** The hosts that matter, by their place in the question. */
function placesOfWanted<Id extends string>(hosts: readonly Host<Id>[], groups: readonly HostGroup<Id>[] | undefined): number[] {
  const wanted = groups && new Set(groups.flatMap((group) => group.members))
  return hosts.flatMap((host, place) => (!wanted || wanted.has(host.id) ? [place] : []))
}

function zoneAt({ hosts, service }: AvailabilityQuery, place: number): string | undefined {
  const host = hosts[place]
  return host && stepZone(host, service)
}

/** Who can take each start, in one list: those of start `s` are `places[ends[s]]` to `places[ends[s + 1]]`, ascending. */
type Takers = { readonly places: Int32Array; readonly ends: Int32Array }

function takersByStart(query: AvailabilityQuery, places: readonly number[], grid: StepGrid, at: Prepared): Takers {
  const ends = new Int32Array(grid.starts.length + 1)
  const depth = new Int32Array(grid.starts.length + 1)
  const startsOf = places.map((place) => {
    const host = query.hosts[place]
    const starts = host ? startsOnGrid(host, stepZone(host, query.service), grid, depth, at) : []
    for (const start of starts) ends[start + 1] = (ends[start + 1] ?? 0) + 1
    return starts
  })
  for (let start = 1; start < ends.length; start++) ends[start] = (ends[start] ?? 0) + (ends[start - 1] ?? 0)
  const taken = new Int32Array(ends[grid.starts.length] ?? 0)
  const next = ends.slice()
  startsOf.forEach((starts, index) => {
    const place = places[index] ?? -1
    for (const start of starts) {
      const slot = next[start] ?? 0
      taken[slot] = place
      next[start] = slot + 1
    }
  })
  return { places: taken, ends }
}

/**
 * The places in the grid at which one host can start. What stands in her way is counted in and out at the grid, which needs no order: a month of
 * taken times costs one pass. `depth` is work space, as long as the grid and one more.
 */
function startsOnGrid(host: Host, zone: string, grid: StepGrid, depth: Int32Array, at: Prepared): number[] {
  const fitting = startsInHours(host, zone, at)
  depth.fill(0)
  eachBlockedStretch(host, at, (startMs, endMs) => {
    const from = grid.placeOf(startMs)
    const to = grid.placeOf(endMs)
    if (from >= to) return
    depth[from] = (depth[from] ?? 0) + 1
    depth[to] = (depth[to] ?? 0) - 1
  })
  const on = grid.onStep.get(zone)
  const starts: number[] = []
  let place = 0
  let inTheWay = 0
  for (let i = 0; i < fitting.length; i += 2) {
    const first = grid.placeOf(fitting[i] ?? 0)
    const end = grid.placeOf(fitting[i + 1] ?? 0)
    for (; place < first; place++) inTheWay += depth[place] ?? 0
    for (; place < end; place++) {
      inTheWay += depth[place] ?? 0
      if (inTheWay === 0 && (!on || on[place] === 1)) starts.push(place)
    }
  }
  return starts
}
