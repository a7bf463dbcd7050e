import type { Applies, Certainty, Place, Rule, RuleBody } from '../rulebook.ts'
import type { Purpose } from '../touch.ts'

/** When the whole reference was last read. */
export const readOn = '2026-11-21'

export type Origin = {
  readonly law: string
  readonly source?: string
  readonly certainty: Certainty
  /** When we last looked, where that was later than at the whole reference. */
  readonly asOf?: string
  readonly from?: string
  readonly to?: string
}

/** One row of the rulebook, with what is the same in most. */
export function row(
  id: string,
  place: Place,
  { law, source = law, certainty, asOf = readOn, from, to }: Origin,
  body: { readonly applies: Applies; readonly does: string; readonly strict?: string } & RuleBody,
): Rule {
  return { id, place, law, source, asOf, certainty, from: from ?? null, to: to ?? null, ...body }
}

/** Offers, and questions after a visit: what the hours and caps of telephone selling bind. */
export const offers: readonly Purpose[] = ['feedback', 'marketing']

/** Minutes since midnight of a wall clock such as `21:30`. */
export function at(clock: string): number {
  const [hour = '0', minute = '0'] = clock.split(':')
  return Number(hour) * 60 + Number(minute)
}

/** The same hours on every day. */
export const daily = (from: string, to: string) => {
  const day = [at(from), at(to)] as const
  return [day, day, day, day, day, day, day] as const
}

/** Monday to Friday, Saturday, Sunday; null is closed. */
export const week = (
  workdays: readonly [string, string],
  saturday: readonly [string, string] | null,
  sunday: readonly [string, string] | null,
) => {
  const of = (pair: readonly [string, string] | null) => (pair ? ([at(pair[0]), at(pair[1])] as const) : null)
  const day = of(workdays)
  return [day, day, day, day, day, of(saturday), of(sunday)] as const
}
