/** What decides whether data of one person may be used for something. */
export type UseFacts = {
  readonly mode: 'off' | 'opt_in' | 'opt_out'
  /** The newest answer; null: none. */
  readonly answer: 'yes' | 'no' | null
  /** Her data were collected under a notice that named it already. */
  readonly named: boolean
  /** She was told of it and could say no. */
  readonly told: boolean
  /** She ended offers or every contact. */
  readonly stopped: boolean
  /** Her data are only kept, or she was archived. */
  readonly inactive: boolean
}

export type UseReason = 'switched_off' | 'said_no' | 'said_yes' | 'inactive' | 'opted_out' | 'named_when_collected' | 'not_asked' | 'told'
export type UseDecision = { readonly allowed: boolean; readonly reason: UseReason }

const no = (reason: UseReason): UseDecision => ({ allowed: false, reason })
const yes = (reason: UseReason): UseDecision => ({ allowed: true, reason })

/** Decides on a new use: unused until a yes, or until she was told and kept silent where the business lets silence count. A no always counts, and inactive people are left out. */
export function decideUse({ mode, answer, named, told, stopped, inactive }: UseFacts): UseDecision {
  if (mode === 'off') return no('switched_off')
  if (inactive) return no('inactive')
  if (answer === 'no') return no('said_no')
  if (answer === 'yes') return yes('said_yes')
  if (stopped) return no('opted_out')
  if (named) return yes('named_when_collected')
  if (mode === 'opt_in') return no('not_asked')
  return told ? yes('told') : no('not_asked')
}
