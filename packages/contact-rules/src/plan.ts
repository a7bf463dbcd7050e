import { type RecordingRule, type Requirement, requirementCodes } from './decision.ts'
import type { OpenTimes } from './open-times.ts'
import type { Where } from './places.ts'
import type {
  Applies,
  CapRule,
  ConsentRule,
  HoursRule,
  Place,
  ReassignedRule,
  RecordingLaw,
  RegistryRule,
  RequireRule,
  Rule,
  Rulebook,
  StandingRule,
  WindowRule,
} from './rulebook.ts'
import type { Touch } from './touch.ts'

type Row<Body> = Rule & Body

/** The rules that hold for one kind of touch, in one set of places, at one time: what can be known before the facts. */
export type Plan = {
  readonly hours: readonly Row<HoursRule>[]
  readonly caps: readonly Row<CapRule>[]
  readonly consents: readonly Row<ConsentRule>[]
  readonly standings: readonly Row<StandingRule>[]
  readonly registries: readonly Row<RegistryRule>[]
  readonly reassigned: Row<ReassignedRule> | undefined
  readonly windows: readonly Row<WindowRule>[]
  readonly forbids: readonly Rule[]
  readonly registrations: readonly Rule[]
  readonly senders: readonly (Rule & { readonly kind: 'sender' })[]
  readonly requires: readonly Requirement[]
  /** When all its hours are open in all zones, by block; filled when first asked. */
  readonly lawTimes: Map<number, OpenTimes>
  /** By the region we call from. */
  readonly recordings: Map<string | null, RecordingRule>
}

/** Picks the rules for one kind of touch. `atMs` is any instant of the era, see `erasOf`. */
export function planOf(rulebook: Rulebook, where: Where, touch: Touch, atMs: number): Plan {
  const rules = rulebook.rules.filter(
    (rule) => holdsAt(rule, atMs) && (rule.place === '*' || where.places.has(rule.place)) && looksAt(rule.applies, touch),
  )
  const of = <K extends Rule['kind']>(kind: K) => rules.filter((rule): rule is Rule & { readonly kind: K } => rule.kind === kind)
  return {
    hours: of('hours'),
    caps: of('cap'),
    consents: of('consent'),
    standings: of('standing'),
    registries: of('registry'),
    reassigned: of('reassigned')[0],
    windows: of('window'),
    forbids: of('forbid'),
    registrations: of('registration'),
    senders: of('sender'),
    requires: requirementsOf(of('require')),
    lawTimes: new Map(),
    recordings: new Map(),
  }
}

/** The instants at which a rule begins or ends, sorted: between two of them the same rules hold. */
export function erasOf({ rules }: Rulebook): readonly number[] {
  return [
    ...new Set(rules.flatMap(({ from, to }) => [from === null ? [] : [beginsMs(from)], to === null ? [] : [endsMs(to)]].flat())),
  ].sort((a, b) => a - b)
}

// A rule begins with its day in UTC, which is earlier than in America, and ends with noon, which is later: the stricter side of both.
const beginsMs = (day: string) => Temporal.Instant.from(`${day}T00:00Z`).epochMilliseconds
const endsMs = (day: string) => Temporal.Instant.from(`${day}T12:00Z`).epochMilliseconds

/** Whether a rule is in force. */
export const holdsAt = ({ from, to }: Pick<Rule, 'from' | 'to'>, ms: number): boolean =>
  (from === null || ms >= beginsMs(from)) && (to === null || ms < endsMs(to))

function looksAt(applies: Applies, touch: Touch): boolean {
  if (applies.channels && !applies.channels.includes(touch.channel)) return false
  if (applies.purposes && !applies.purposes.includes(touch.purpose)) return false
  if (applies.about && !applies.about.includes(touch.about.type)) return false
  if (applies.voices && !(touch.channel === 'call' && applies.voices.includes(touch.voice))) return false
  return !(applies.dialing && !(touch.channel === 'call' && touch.dialing === applies.dialing))
}

/** Each thing to say once, the strictest number of each kept, in the order of the table of codes. */
function requirementsOf(rules: readonly Row<RequireRule>[]): readonly Requirement[] {
  return requirementCodes.flatMap((code): readonly Requirement[] => {
    const asking = rules.filter((rule) => rule.codes.includes(code))
    const [first] = asking
    if (!first) return []
    const params: { [name: string]: string } = {}
    for (const [name, value] of asking.flatMap((rule) => Object.entries(rule.params ?? {}))) {
      params[name] = params[name] !== undefined && Number(params[name]) > Number(value) ? params[name] : value
    }
    return [{ code, params, authority: first.law, rule: first.id }]
  })
}

/** How a call between two sides may be recorded. A place without a rule, and one that is not known, counts as one where everybody must know. */
export function recordingOf(rulebook: Rulebook, where: Where, ours: string | null, atMs: number): RecordingRule {
  const laws = rulebook.rules.filter((rule): rule is Row<RecordingLaw> => rule.kind === 'recording' && holdsAt(rule, atMs))
  const sides = new Set<string>([...where.places, ...where.foreign, ...(ours === null ? ['unknown'] : [ours.slice(0, 2), ours])])
  const lawOf = (place: string) => laws.find((law) => law.place === place)
  const asking = [...sides].filter((place) => {
    const law = lawOf(place)
    if (law) return law.consent === 'announce'
    // A state without a rule of its own has its country's.
    return !(place.includes('-') && lawOf(place.slice(0, 2)))
  })
  const rules = [...sides].flatMap((place) => lawOf(place) ?? []).filter((law) => asking.length === 0 || law.consent === 'announce')
  return { consent: asking.length > 0 ? 'announce' : 'one_party', places: asking, rules: rules.map(({ id }) => id) }
}

/** Whether a place of somebody is one of a list, such as the emergencies of a workspace. */
export const placesIn = (where: Where, list: readonly string[]): readonly string[] =>
  list.filter((place) => where.places.has(place as Place))
