import type { MemberId } from '@frontdesk/contract'

/** Somebody who is given leads. */
export type Candidate = {
  readonly memberId: MemberId
  /** How many open leads she works on. */
  readonly open: number
  /** Her last turn: the higher, the later; null: never. */
  readonly lastTurn: number | null
}

export type RoutingFacts = {
  readonly way: 'nobody' | 'rotation' | 'load'
  readonly previousFirst: boolean
  /** Who worked on the contact's earlier lead. */
  readonly previous: MemberId | null
  readonly candidates: readonly Candidate[]
}

/** Who is given a new lead, and why. */
export type Routed = { readonly memberId: MemberId; readonly because: 'previous_owner' | 'turn' | 'least_work' }

/** Chooses who is given a new lead; undefined where nobody is. The same facts give the same answer. */
export function chooseOwner({ way, previousFirst, previous, candidates }: RoutingFacts): Routed | undefined {
  if (way === 'nobody') return undefined
  const before = previousFirst ? candidates.find(({ memberId }) => memberId === previous) : undefined
  if (before) return { memberId: before.memberId, because: 'previous_owner' }
  const [next] = candidates.toSorted((one, other) => (way === 'load' ? one.open - other.open : 0) || byTurn(one, other))
  return next && { memberId: next.memberId, because: way === 'load' ? 'least_work' : 'turn' }
}

/** Whose turn is the longest ago; who never had one comes first, and of those the one who has been here longer. */
function byTurn(one: Candidate, other: Candidate): number {
  return (one.lastTurn ?? -1) - (other.lastTurn ?? -1) || (one.memberId < other.memberId ? -1 : 1)
}

/** When so many minutes of the open hours have passed since a moment; undefined where these hours are fewer. */
export function afterOpenMinutes(
  open: readonly { readonly startMs: number; readonly endMs: number }[],
  from: Temporal.Instant,
  minutes: number,
): Temporal.Instant | undefined {
  let left = minutes * 60_000
  for (const { startMs, endMs } of open) {
    const begins = Math.max(startMs, from.epochMilliseconds)
    if (endMs <= begins) continue
    if (endMs - begins >= left) return Temporal.Instant.fromEpochMilliseconds(begins + left)
    left -= endMs - begins
  }
  return undefined
}
