import { enoughHosts } from './enough-hosts.ts'
import { eachBlockedStretch } from './obstacles.ts'
import { startsInHours } from './possible-starts.ts'
import type { Prepared } from './prepare.ts'
import { prepare, stepZone } from './prepare.ts'
import { skilledGroups } from './skills.ts'
import { type StartLists, startLists, type Takers } from './start-lists.ts'
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

  const ids = query.hosts.map((host) => host.id)
  const slots: Slot<Id>[] = []
  for (let start = 0; start < grid.starts.length; start++) {
    const from = takers.ends[start] ?? 0
    const to = takers.ends[start + 1] ?? 0
    if (from === to || (enough && !enough(takers.places.subarray(from, to)))) continue
    const startMs = grid.starts[start] ?? 0
    slots.push({ startMs, endMs: startMs + at.durationMs, hostIds: idsAt(ids, takers.places, from, to) })
  }
  return slots
}

function idsAt<Id>(ids: readonly Id[], places: Int32Array, from: number, to: number): Id[] {
  // At its full length from the start: a thousand hosts would have these lists grow over and over.
  const at = new Array<Id>(to - from)
  for (let taker = from; taker < to; taker++) {
    const id = ids[places[taker] ?? -1]
    if (id !== undefined) at[taker - from] = id
  }
  return at
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

function takersByStart(query: AvailabilityQuery, places: readonly number[], grid: StepGrid, at: Prepared): Takers {
  const depth = new Int32Array(grid.starts.length + 1)
  const found = startLists()
  for (const place of places) {
    const host = query.hosts[place]
    if (host) addStarts(host, stepZone(host, query.service), grid, depth, at, found)
    found.endHost(place)
  }
  return found.byStart(grid.starts.length)
}

/**
 * Adds the places in the grid at which one host can start. What stands in her way is counted in and out at the grid, which needs no order: a month of
 * taken times costs one pass. `depth` is work space, as long as the grid and one more.
 */
function addStarts(host: Host, zone: string, grid: StepGrid, depth: Int32Array, at: Prepared, found: StartLists): void {
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
  let place = 0
  let inTheWay = 0
  for (let i = 0; i < fitting.length; i += 2) {
    const first = grid.placeOf(fitting[i] ?? 0)
    const end = grid.placeOf(fitting[i + 1] ?? 0)
    for (; place < first; place++) inTheWay += depth[place] ?? 0
    for (; place < end; place++) {
      inTheWay += depth[place] ?? 0
      if (inTheWay === 0 && (!on || on[place] === 1)) found.add(place)
    }
  }
}
