/** What decides whether data of one person may be used for something. */
export type UseFacts = {
  readonly mode: 'off' | 'opt_in' | 'opt_out' | 'until_objected'
  /** The newest answer; null: none. */
  readonly answer: 'yes' | 'no' | null
  /** An objection was decided for her and ended it, and she has not said yes since. */
  readonly objected: boolean
  /** Her browser or she herself said no to selling, sharing and profiles. */
  readonly saidNoToSharing: boolean
  /** Under the age of the business. */
  readonly underAge: boolean
  /** Her data were collected under a notice that named it already. */
  readonly named: boolean
  /** She was told of it and could say no. */
  readonly told: boolean
  /** She ended offers or every contact. */
  readonly stopped: boolean
  /** Her data are only kept, or she was archived. */
  readonly inactive: boolean
}

export type UseReason =
  | 'switched_off'
  | 'inactive'
  | 'under_age'
  | 'objected'
  | 'said_no_to_sharing'
  | 'said_no'
  | 'said_yes'
  | 'opted_out'
  | 'named_when_collected'
  | 'not_asked'
  | 'told'
  | 'not_objected'
export type UseDecision = { readonly allowed: boolean; readonly reason: UseReason }

const no = (reason: UseReason): UseDecision => ({ allowed: false, reason })
const yes = (reason: UseReason): UseDecision => ({ allowed: true, reason })

/**
 * Decides on a use beyond serving her: unused until a yes, or until she was told and kept silent where the business lets silence count, or until she objected where the law lets it
 * rest on an interest of the business. A no always counts, however it was said, and people who are inactive or too young are left out.
 */
export function decideUse(facts: UseFacts): UseDecision {
  const { mode, answer, named, told, stopped } = facts
  if (mode === 'off') return no('switched_off')
  if (facts.inactive) return no('inactive')
  if (facts.underAge) return no('under_age')
  if (facts.objected) return no('objected')
  if (facts.saidNoToSharing) return no('said_no_to_sharing')
  if (answer === 'no') return no('said_no')
  if (answer === 'yes') return yes('said_yes')
  if (mode === 'until_objected') return yes('not_objected')
  if (stopped) return no('opted_out')
  if (named) return yes('named_when_collected')
  if (mode === 'opt_in') return no('not_asked')
  return told ? yes('told') : no('not_asked')
}
