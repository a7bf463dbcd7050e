import type { MemberId } from '@frontdesk/contract'

/** Whom somebody is given first: those of these places, who speak one of these languages, with one of these tags. An empty list asks nothing. */
export type Serves = { readonly regions: readonly string[]; readonly languages: readonly string[]; readonly tags: readonly string[] }

/** Somebody who is given leads. */
export type Candidate = Serves & {
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
  /** What is known of the contact: where she is (ISO 3166), what she speaks (BCP 47), her tags. */
  readonly contact: { readonly places: readonly string[]; readonly locale: string | null; readonly tags: readonly string[] }
  readonly candidates: readonly Candidate[]
}

/** Who is given a new lead, and why. */
export type Routed = { readonly memberId: MemberId; readonly because: 'previous_owner' | 'turn' | 'least_work' }

/**
 * Chooses who is given a new lead; undefined where nobody is. Those who serve such a contact come first, and of them those who say so most closely; where nobody does, everybody takes part, for a lead that
 * waits for the right person is lost to the first one who answers. The same facts give the same answer.
 */
export function chooseOwner({ way, previousFirst, previous, contact, candidates }: RoutingFacts): Routed | undefined {
  if (way === 'nobody') return undefined
  const before = previousFirst ? candidates.find(({ memberId }) => memberId === previous) : undefined
  if (before) return { memberId: before.memberId, because: 'previous_owner' }
  const fitting = candidates.filter((one) => serves(one, contact))
  const closest = Math.max(0, ...fitting.map(asks))
  const served = fitting.filter((one) => asks(one) === closest)
  const [next] = (served.length > 0 ? served : candidates).toSorted(
    (one, other) => (way === 'load' ? one.open - other.open : 0) || byTurn(one, other),
  )
  return next && { memberId: next.memberId, because: way === 'load' ? 'least_work' : 'turn' }
}

function serves({ regions, languages, tags }: Serves, { places, locale, tags: hers }: RoutingFacts['contact']): boolean {
  const isIn = (place: string) => regions.some((region) => place === region || place.startsWith(`${region}-`))
  const language = locale?.split('-')[0]?.toLowerCase()
  return (
    (regions.length === 0 || places.some(isIn)) &&
    (languages.length === 0 || (language !== undefined && languages.includes(language))) &&
    (tags.length === 0 || hers.some((tag) => tags.some((one) => one.toLowerCase() === tag.toLowerCase())))
  )
}

/** How many things she asks of a lead. */
const asks = ({ regions, languages, tags }: Serves): number => [regions, languages, tags].filter((list) => list.length > 0).length

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
