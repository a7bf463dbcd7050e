/** Who can take each start, in one list: those of start `s` are `places[ends[s]]` to `places[ends[s + 1]]`, ascending. */
export type Takers = { readonly places: Int32Array; readonly ends: Int32Array }

/** Collects the starts of one host after another, both by their place. */
export type StartLists = {
  readonly add: (start: number) => void
  readonly endHost: (place: number) => void
  /** The hosts of each of `count` starts. */
  readonly byStart: (count: number) => Takers
}

/** Half a million starts of a thousand hosts lie in one block of numbers: as lists of their own they would be moved about by the garbage collector. */
export function startLists(): StartLists {
  let starts = new Int32Array(4096)
  let count = 0
  const hosts: { readonly place: number; readonly end: number }[] = []
  return {
    add: (start) => {
      if (count === starts.length) {
        const larger = new Int32Array(count * 2)
        larger.set(starts)
        starts = larger
      }
      starts[count++] = start
    },
    endHost: (place) => hosts.push({ place, end: count }),
    byStart: (startCount) => takersOf(starts.subarray(0, count), hosts, startCount),
  }
}

/** Turns the starts of each host into the hosts of each start, by counting. */
function takersOf(starts: Int32Array, hosts: readonly { readonly place: number; readonly end: number }[], startCount: number): Takers {
  const ends = new Int32Array(startCount + 1)
  for (const start of starts) ends[start + 1] = (ends[start + 1] ?? 0) + 1
  for (let start = 1; start <= startCount; start++) ends[start] = (ends[start] ?? 0) + (ends[start - 1] ?? 0)
  const places = new Int32Array(starts.length)
  const next = ends.slice()
  let index = 0
  for (const { place, end } of hosts) {
    for (; index < end; index++) {
      const start = starts[index] ?? 0
      const slot = next[start] ?? 0
      places[slot] = place
      next[start] = slot + 1
    }
  }
  return { places, ends }
}
